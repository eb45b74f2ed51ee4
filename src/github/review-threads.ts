import { z } from 'zod';
import type { Logger } from '../domain/logger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import type { Installation } from '../jobs/ports.ts';
import { boundedMap } from '../lib/bounded-map.ts';
import { invariant } from '../lib/invariant.ts';
import type { FindingThread, ThreadReply } from '../report/ports.ts';
import { type AppIdentity, isWrittenByApp } from './app-identity.ts';
import { type GitHubClient, listPages } from './github-client.ts';

type Threads = Pick<
  Installation,
  'listOwnThreads' | 'replyInThread' | 'updateReviewComment' | 'resolveThread' | 'reactInThread'
>;

/** Of threads: 3,000, which is more than GitHub shows. */
const MAX_PAGES = 30;

const THREADS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        nodes { id isResolved resolvedBy { login } comments(first: 1) { nodes { databaseId } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;
const RESOLVE =
  'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';

const nodeSchema = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  resolvedBy: z.object({ login: z.string() }).nullish(),
  comments: z.object({ nodes: z.array(z.object({ databaseId: z.int().nullish() }).nullable()) }),
});
type Node = z.infer<typeof nodeSchema>;
const threadsSchema = z.object({
  repository: z.object({
    pullRequest: z.object({
      reviewThreads: z.object({
        nodes: z.array(nodeSchema.nullable()),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
      }),
    }),
  }),
});

/** The threads that inline comments of ours begin. */
export function createReviewThreads(
  client: GitHubClient,
  identify: () => Promise<AppIdentity>,
  logger: Logger,
): Threads {
  return {
    listOwnThreads: (pull, signal) => listThreads(client, pull, { identify, logger, signal }),

    async replyInThread({ owner, repo, number }, commentId, body, signal) {
      const input = { owner, repo, pull_number: number, comment_id: commentId, body };
      const reply = await client.tryCall('pulls.createReplyForReviewComment', input, [404, 410, 422], signal);
      return { kind: reply.kind === 'ok' ? 'replied' : 'gone' };
    },

    async updateReviewComment({ owner, repo }, id, body, signal) {
      const input = { owner, repo, comment_id: id, body };
      const reply = await client.tryCall('pulls.updateReviewComment', input, [404, 410], signal);
      return { kind: reply.kind === 'ok' ? 'updated' : 'gone' };
    },

    async resolveThread(pull, threadId, signal) {
      const reply = await client.graphql(
        'resolveReviewThread',
        pull,
        { query: RESOLVE, variables: { id: threadId } },
        signal,
      );
      if (reply.kind === 'ok') return { kind: 'resolved' };
      logger.info('GitHub did not let the app resolve a thread', { reason: reply.reason });
      return { kind: 'refused' };
    },

    async reactInThread({ owner, repo }, commentId, reaction, signal) {
      const input = { owner, repo, comment_id: commentId, content: reaction };
      try {
        await client.call('reactions.createForPullRequestReviewComment', input, signal);
      } catch (error) {
        // The reaction only acknowledges.
        signal.throwIfAborted();
        logger.warn('could not react to a reply', { repository: `${owner}/${repo}`, commentId, error });
      }
    },
  };
}

async function listThreads(
  client: GitHubClient,
  pull: PullRequestRef,
  options: {
    readonly identify: () => Promise<AppIdentity>;
    readonly logger: Logger;
    readonly signal: AbortSignal;
  },
): Promise<readonly FindingThread[]> {
  const { signal } = options;
  const app = await options.identify();
  const at = { owner: pull.owner, repo: pull.repo, pull_number: pull.number };
  const comments = await listPages((page) =>
    client.tryCall('pulls.listReviewComments', { ...at, ...page }, [], signal),
  );
  invariant(comments !== undefined, 'no refusal is expected of the list of review comments');
  const first = comments.filter((one) => one.in_reply_to_id === undefined && isWrittenByApp(one, app));
  if (first.length === 0) return [];
  const states = await readStates(client, pull, options);
  const replies = Map.groupBy(comments, ({ in_reply_to_id: parent }) => parent ?? 0);
  return await boundedMap(first, 4, async ({ id, body, reactions }): Promise<FindingThread> => {
    const state = states.get(id);
    return {
      commentId: id,
      body,
      isResolved: state?.isResolved,
      ...(state === undefined ? {} : { threadId: state.id }),
      ...(state?.resolvedBy ? { resolvedBy: state.resolvedBy.login } : {}),
      downvotedBy: (reactions?.['-1'] ?? 0) > 0 ? await listDownvoters(client, pull, id, signal) : [],
      replies: (replies.get(id) ?? []).map((reply): ThreadReply => {
        // GitHub's types have no null here; accounts that are gone do.
        const author: { readonly login: string } | null = reply.user;
        return {
          id: reply.id,
          author: author?.login ?? '',
          body: reply.body,
          isOwn: isWrittenByApp(reply, app),
        };
      }),
    };
  });
}

/**
 * Whether each thread is resolved, by the id of its first comment: only GraphQL knows. Empty where the server has none,
 * or does not allow it; then nothing is known.
 */
async function readStates(
  client: GitHubClient,
  pull: PullRequestRef,
  { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal },
): Promise<ReadonlyMap<number, Node>> {
  const states = new Map<number, Node>();
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const variables = { owner: pull.owner, repo: pull.repo, number: pull.number, after };
    const reply = await client.graphql('reviewThreads', pull, { query: THREADS, variables }, signal);
    const read = reply.kind === 'ok' ? threadsSchema.safeParse(reply.data) : undefined;
    if (read?.success !== true) {
      const reason = reply.kind === 'ok' ? 'an answer of another shape' : reply.reason;
      logger.info('GitHub does not say which threads are resolved', { reason });
      return new Map();
    }
    const { nodes, pageInfo } = read.data.repository.pullRequest.reviewThreads;
    for (const node of nodes) {
      const id = node?.comments.nodes[0]?.databaseId;
      if (node !== null && id !== undefined && id !== null) states.set(id, node);
    }
    after = pageInfo.endCursor ?? null;
    if (!pageInfo.hasNextPage || after === null) break;
  }
  return states;
}

async function listDownvoters(
  client: GitHubClient,
  { owner, repo }: PullRequestRef,
  commentId: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const input = { owner, repo, comment_id: commentId, content: '-1' as const };
  // The first two pages tell enough: one of a few hundred people may write.
  const reactions = await listPages(
    (page) =>
      client.tryCall('reactions.listForPullRequestReviewComment', { ...input, ...page }, [404], signal),
    2,
  );
  return (reactions ?? []).flatMap(({ user }) => (user?.type === 'User' ? [user.login] : []));
}
