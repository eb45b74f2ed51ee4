import { type Provider, providerOfBot, providerOfSite } from '../../domain/hosting/providers.ts';
import { readAddress } from './address.ts';
import { type Considered, type PreviewCandidate, pending, reject } from './candidate.ts';
import { type Circumstances, isConfigured } from './circumstances.ts';
import { type CommentEntry, commentEntries } from './comment-entries.ts';
import { linksIn, ownWords } from './links.ts';
import type { CommentSign, PreviewSigns } from './ports.ts';
import { readVercelComment } from './read-vercel-comment.ts';

/** Writes what the workflows of the repository make it write. */
const WORKFLOWS = 'github-actions[bot]';
const SPEAKS_OF_SITE = /preview|deploy|staging|stage site|review app/iu;
const OWN_MARKER = '<!-- firsthand:';

type About = Circumstances & { readonly committedAt?: string };

/**
 * What the comments of the conversation are worth as previews.
 *
 * Believed are the apps of hosting services, and less so workflows of the repository, for sites of a known service only. Anybody
 * can write a comment: a person's address is named, and tried only when somebody with write access says `/verify` with it.
 */
export function readComments(
  { comments, committedAt }: Pick<PreviewSigns, 'comments' | 'committedAt'>,
  around: Circumstances,
): readonly Considered[] {
  const about: About = { ...around, ...(committedAt === undefined ? {} : { committedAt }) };
  return comments.flatMap((comment) => {
    if (comment.body.includes(OWN_MARKER)) return [];
    const provider = comment.isBot ? providerOfBot(comment.author) : undefined;
    if (provider !== undefined) return readProviders(comment, provider, about);
    if (comment.isBot && comment.author === WORKFLOWS) return readWorkflows(comment, about);
    return readStrangers(comment);
  });
}

/** What the description names; believed least, and not at all from a fork or a bot that quotes other projects. */
export function readDescription(around: Circumstances): readonly Considered[] {
  const { pull } = around;
  const lines = ownWords(pull.description ?? '').split('\n');
  const url = lines
    .filter((line) => SPEAKS_OF_SITE.test(line.replace(/https?:\/\/\S+/gu, '')))
    .flatMap(linksIn)
    .find((link) => providerOfSite(link) !== undefined || isConfigured(link, around));
  if (url === undefined) return [];
  if (pull.isFromFork) return [reject(url.href, unbelieved('the description of a pull request from a fork'))];
  if (pull.author.endsWith('[bot]')) return [reject(url.href, unbelieved('the description by a bot'))];
  const provider = providerOfSite(url)?.name;
  return [
    {
      kind: 'candidate',
      url: url.href,
      source: 'description',
      ...(provider === undefined ? {} : { provider }),
      project: '',
      isKnown: isConfigured(url, around),
      why: 'what the description of the pull request names as its preview',
    },
  ];
}

function readProviders(comment: CommentSign, provider: Provider, about: About): readonly Considered[] {
  const projects = provider.name === 'Vercel' ? readVercelComment(comment.body) : undefined;
  if (projects === undefined) {
    return commentEntries(comment.body).map((entry) =>
      readEntry(entry, comment, { ...about, sites: provider.sites, provider, isKnown: true }),
    );
  }
  return projects.map(({ name, previewUrl, status, rootDirectory }) => {
    const what = `${provider.name}'s comment on “${name.slice(0, 80)}”`;
    const state = VERCEL_STATES.get(status.toUpperCase());
    if (state === 'under-way') return pending(what, 'it is still being built');
    // Vercel writes the address without its scheme, also one of the customer's own domain.
    const url = readAddress(/^https?:/iu.test(previewUrl) ? previewUrl : `https://${previewUrl}`);
    if (state !== 'ready') return reject(what, `it ended as ${status.slice(0, 20).toLowerCase()}`);
    if (url === undefined) return reject(what, 'it names no address');
    const candidate = toCandidate(url, comment, { about, provider, project: name, isKnown: true });
    return candidate.kind === 'candidate' && rootDirectory !== undefined
      ? { ...candidate, rootDirectory }
      : candidate;
  });
}

const VERCEL_STATES: ReadonlyMap<string, CommentEntry['state']> = new Map([
  ['DEPLOYED', 'ready'],
  ['READY', 'ready'],
  ['PENDING', 'under-way'],
  ['BUILDING', 'under-way'],
  ['QUEUED', 'under-way'],
  ['INITIALIZING', 'under-way'],
]);

function readWorkflows(comment: CommentSign, about: About): readonly Considered[] {
  if (!SPEAKS_OF_SITE.test(ownWords(comment.body))) return [];
  return commentEntries(comment.body)
    .filter(({ links }) => links.some((link) => providerOfSite(link) !== undefined))
    .slice(0, 5)
    .map((entry) => readEntry(entry, comment, { ...about, isKnown: false }));
}

function readStrangers({ author, body }: CommentSign): readonly Considered[] {
  const words = ownWords(body);
  if (!SPEAKS_OF_SITE.test(words.replace(/https?:\/\/\S+/gu, ''))) return [];
  const link = linksIn(words).find((one) => providerOfSite(one) !== undefined);
  return link === undefined ? [] : [reject(link.href, unbelieved(`a comment by ${author.slice(0, 60)}`))];
}

function unbelieved(where: string): string {
  return `it stands in ${where}, which anybody could have written; comment /verify with the address to have it tried`;
}

function readEntry(
  entry: CommentEntry,
  comment: CommentSign,
  how: About & { readonly provider?: Provider; readonly sites?: RegExp; readonly isKnown: boolean },
): Considered {
  const { project, state, commit, links } = entry;
  const name = project === '' ? '' : ` on “${project.slice(0, 80)}”`;
  const what = `comment by ${comment.author.slice(0, 60)}${name}`;
  if (state === 'under-way') return pending(what, 'it is still being built');
  if (state === 'failed') return reject(what, 'it says that the deployment failed or was removed');
  const url = links.find((link) =>
    how.sites === undefined ? providerOfSite(link) !== undefined : how.sites.test(link.hostname),
  );
  if (url === undefined) return reject(what, 'it names no address of a deployed site');
  const provider = how.provider ?? providerOfSite(url);
  const named = {
    about: how,
    project,
    isKnown: how.isKnown,
    ...(provider === undefined ? {} : { provider }),
  };
  return toCandidate(url, comment, { ...named, ...(commit === undefined ? {} : { commit }) });
}

function toCandidate(
  url: URL,
  { author, updatedAt }: CommentSign,
  how: {
    readonly about: About;
    readonly provider?: Provider;
    readonly project: string;
    readonly commit?: string;
    readonly isKnown: boolean;
  },
): Considered {
  const { about, provider, project, commit } = how;
  const { headSha } = about.pull;
  if (commit !== undefined && !headSha.startsWith(commit)) {
    return reject(
      url.href,
      `the comment by ${author.slice(0, 60)} is about ${commit.slice(0, 7)}, not the head`,
    );
  }
  if (commit === undefined && isBefore(updatedAt, about.committedAt)) {
    return reject(url.href, `the comment by ${author.slice(0, 60)} is older than the head commit`);
  }
  const which = commit === undefined ? ', which names no commit' : ` on ${headSha.slice(0, 7)}`;
  return {
    kind: 'candidate',
    url: url.href,
    source: commit === undefined ? 'undated-comment' : 'comment',
    ...(provider === undefined ? {} : { provider: provider.name }),
    project: project.toLowerCase(),
    createdAt: updatedAt,
    isKnown: how.isKnown || isConfigured(url, about),
    why: `what the comment by ${author.slice(0, 60)}${which} links to`,
  } satisfies PreviewCandidate;
}

/** The head commit says itself when it was made; a false word only makes it wait for something newer. */
function isBefore(updatedAt: string, committedAt: string | undefined): boolean {
  if (committedAt === undefined) return false;
  return Date.parse(updatedAt) < Date.parse(committedAt);
}
