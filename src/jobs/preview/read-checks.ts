import { branchLabel, providerOfBot, providerOfSite, whoseConsole } from '../../domain/hosting/providers.ts';
import { readAddress } from './address.ts';
import { type Considered, pending, reject } from './candidate.ts';
import { type Circumstances, isConfigured } from './circumstances.ts';
import { linksIn } from './links.ts';
import type { CheckSign, StatusSign } from './ports.ts';
import { projectName } from './project-name.ts';

/** Contexts and names that speak of a deployed site. */
const SPEAKS_OF_SITE =
  /preview|deploy|review[ -]?app|staging|storybook|vercel|netlify|cloudflare|\brender\b|railway|amplify|heroku/iu;
const SERVICES = [
  'vercel',
  'netlify',
  'cloudflare pages',
  'cloudflare',
  'workers builds:',
  'render',
  'railway',
];

/** What the commit statuses of the head are worth as previews; those that speak of something else are left out. */
export function readStatuses(signs: readonly StatusSign[], around: Circumstances): readonly Considered[] {
  return signs.flatMap(({ context, state, url, creator = '', createdAt }) => {
    const link = readAddress(url);
    const outcome =
      state === 'success' ? ('done' as const) : state === 'pending' ? ('pending' as const) : state;
    const links = link === undefined ? [] : [link];
    return readReport({ kind: 'status', name: context, outcome, links, creator, createdAt }, around);
  });
}

/**
 * What the check runs of the head are worth as previews. The links of an output count only when the app of a hosting
 * service wrote it: others quote what the pull request says.
 */
export function readChecks(signs: readonly CheckSign[], around: Circumstances): readonly Considered[] {
  return signs.flatMap(({ name, status, conclusion = '', url, creator, output, createdAt }) => {
    const outcome =
      status !== 'completed'
        ? ('pending' as const)
        : conclusion === 'success' || conclusion === 'neutral'
          ? ('done' as const)
          : conclusion;
    const provider = providerOfBot(creator);
    const own =
      provider === undefined ? [] : linksIn(output).filter((link) => provider.sites.test(link.hostname));
    const details = readAddress(url);
    const links = details === undefined ? own : [details, ...own];
    return readReport({ kind: 'check', name, outcome, links, creator, createdAt }, around);
  });
}

interface Report {
  readonly kind: 'status' | 'check';
  readonly name: string;
  readonly outcome: string;
  readonly links: readonly URL[];
  readonly creator: string;
  readonly createdAt: string;
}

function readReport(report: Report, around: Circumstances): readonly Considered[] {
  const { kind, name, outcome, links, creator, createdAt } = report;
  const byProvider = providerOfBot(creator);
  const url =
    links.find((link) => providerOfSite(link) !== undefined) ??
    links.find((link) => whoseConsole(link, around.github) === undefined);
  const host = url === undefined ? undefined : providerOfSite(url);
  const provider = byProvider ?? host;
  const what = `${kind === 'check' ? 'check run' : 'status'} “${name.slice(0, 80)}”`;
  // Most are about tests, some with a report on the host of a hosting service: no candidates, and not worth a line.
  if (byProvider === undefined && !SPEAKS_OF_SITE.test(name)) return [];
  if (outcome === 'pending') return [pending(what, 'it is not finished')];
  if (outcome !== 'done') return [reject(what, `it ended as ${outcome.slice(0, 20)}`)];
  if (url === undefined) return [reject(what, noSite(links[0], around))];
  const { pull } = around;
  return [
    {
      kind: 'candidate',
      url: url.href,
      source: kind,
      ...(provider === undefined ? {} : { provider: provider.name }),
      project: projectName(name, [pull.headRef, branchLabel(pull.headRef), ...SERVICES]),
      createdAt,
      isKnown: isConfigured(url, around) || (host !== undefined && (byProvider === host || !pull.isFromFork)),
      why: `what the ${what} of ${pull.headSha.slice(0, 7)} links to`,
    },
  ];
}

function noSite(link: URL | undefined, { github }: Circumstances): string {
  if (link === undefined) return 'it links to no site';
  return `it links to a page of ${whoseConsole(link, github) ?? 'its host'}: ${link.href.slice(0, 200)}`;
}
