import { UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { Installation } from '../jobs/ports.ts';
import type { CheckSign, CommentSign, PreviewSigns, StatusSign } from '../jobs/preview/ports.ts';
import { type GitHubClient, listPages } from './github-client.ts';
import { listDeployments } from './list-deployments.ts';

/** A commit with more statuses or check runs than these has them from its tests. */
const MAX_PAGES = 3;
/** The app of a hosting service comments early and edits what it wrote. */
const MAX_COMMENT_PAGES = 10;
const MAX_OUTPUT = 20_000;
const MAX_BODY = 65_536;
/** 404: there is no such list, as on older servers. 422: the commit is gone after a force-push. */
const EXPECTED = [404, 422];

export function createPreviewSigns(
  client: GitHubClient,
  logger: Logger,
): Pick<Installation, 'listPreviewSigns'> {
  return {
    async listPreviewSigns(pull, signal) {
      const unread: { what: string; why: string }[] = [];
      /** What is refused is named, and the rest is read all the same: an older installation lacks a permission. */
      const orNone = async <Item>(what: string, read: Promise<readonly Item[] | undefined>) => {
        try {
          return (await read) ?? [];
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const { owner, repo } = pull;
          logger.warn(`could not read the ${what}`, { repository: `${owner}/${repo}`, error });
          unread.push({ what, why: error.message });
          return [];
        }
      };
      const [deployments, statuses, checks, comments] = await Promise.all([
        orNone('deployments', readDeployments(client, pull, signal)),
        orNone('commit statuses', readStatuses(client, pull, signal)),
        orNone('check runs', readChecks(client, pull, signal)),
        orNone('comments', readComments(client, pull, signal)),
      ]);
      // Only what a comment says needs to be held against the age of the head.
      const isAsked = comments.some(({ isBot }) => isBot);
      const committedAt = isAsked ? await readCommittedAt(client, pull, signal) : undefined;
      return {
        deployments,
        statuses,
        checks,
        comments,
        unread,
        ...(committedAt === undefined ? {} : { committedAt }),
      } satisfies PreviewSigns;
    },
  };
}

async function readDeployments(client: GitHubClient, pull: PullRequest, signal: AbortSignal) {
  const reply = await listDeployments(client, pull, { sha: pull.headSha }, signal);
  return reply.kind === 'ok' ? reply.data : undefined;
}

/** GitHub lists all that were ever set, the newest first; of each context the newest counts. */
async function readStatuses(
  client: GitHubClient,
  { owner, repo, headSha }: PullRequest,
  signal: AbortSignal,
): Promise<readonly StatusSign[] | undefined> {
  const input = { owner, repo, ref: headSha };
  const all = await listPages(
    (page) => client.tryCall('repos.listCommitStatusesForRef', { ...input, ...page }, EXPECTED, signal),
    MAX_PAGES,
  );
  if (all === undefined) return undefined;
  const newest = new Map([...all].sort((a, b) => a.id - b.id).map((status) => [status.context, status]));
  return [...newest.values()].reverse().map((status) => ({
    context: status.context,
    state: status.state,
    ...(status.target_url ? { url: status.target_url } : {}),
    ...(status.creator?.login === undefined ? {} : { creator: status.creator.login }),
    createdAt: status.updated_at,
  }));
}

async function readChecks(
  client: GitHubClient,
  { owner, repo, headSha }: PullRequest,
  signal: AbortSignal,
): Promise<readonly CheckSign[] | undefined> {
  const input = { owner, repo, ref: headSha, filter: 'latest' } as const;
  const runs = await listPages(async (page) => {
    const reply = await client.tryCall('checks.listForRef', { ...input, ...page }, EXPECTED, signal);
    return reply.kind === 'ok' ? { ...reply, data: reply.data.check_runs } : reply;
  }, MAX_PAGES);
  return runs?.map(({ name, status, conclusion, details_url: url, app, output, ...run }) => ({
    name,
    status,
    ...(conclusion === null ? {} : { conclusion }),
    ...(url ? { url } : {}),
    creator: app?.slug === undefined ? '' : `${app.slug}[bot]`,
    output: [output.title, output.summary, output.text]
      .filter((text) => typeof text === 'string')
      .join('\n\n')
      .slice(0, MAX_OUTPUT),
    createdAt: run.completed_at ?? run.started_at ?? '',
  }));
}

async function readComments(
  client: GitHubClient,
  { owner, repo, number }: PullRequest,
  signal: AbortSignal,
): Promise<readonly CommentSign[] | undefined> {
  const input = { owner, repo, issue_number: number };
  const comments = await listPages(
    (page) => client.tryCall('issues.listComments', { ...input, ...page }, EXPECTED, signal),
    MAX_COMMENT_PAGES,
  );
  return comments
    ?.map(({ user, body = '', updated_at: updatedAt }) => ({
      author: user?.login ?? 'ghost',
      isBot: user?.type === 'Bot',
      body: body.slice(0, MAX_BODY),
      updatedAt,
    }))
    .filter(({ body }) => /https?:|\[vc\]:/iu.test(body))
    .reverse();
}

/** When the head commit was made, by its own word. Best effort: unknown when GitHub does not say. */
async function readCommittedAt(
  client: GitHubClient,
  { owner, repo, headSha }: PullRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const input = { owner, repo, sha: headSha, per_page: 1 };
  const reply = await client.tryCall('repos.listCommits', input, [404, 409, 422], signal);
  return reply.kind === 'ok' ? reply.data[0]?.commit.committer?.date : undefined;
}
