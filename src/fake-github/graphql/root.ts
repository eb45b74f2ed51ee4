import { GraphQLError } from 'graphql';
import { holds } from '../auth/authorise.ts';
import { type Caller, canSee } from '../auth/caller.ts';
import { nodeId, type Site } from '../site.ts';
import type { FakePull, FakeRepository, FakeReviewComment, FakeUser } from '../state.ts';

/** The root value of a query or mutation: what the fake knows of GitHub's GraphQL schema. */
export function createRoot(site: Site, caller: Caller) {
  return {
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = site.state.repositories.get(`${owner}/${name}`);
      if (repository === undefined || !canSee(caller, repository)) {
        throw new GraphQLError(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return renderRepository(repository);
    },
    resolveReviewThread: ({ input }: { input: { threadId: string } }) =>
      setResolved(site, caller, { threadId: input.threadId, isResolved: true }),
    unresolveReviewThread: ({ input }: { input: { threadId: string } }) =>
      setResolved(site, caller, { threadId: input.threadId, isResolved: false }),
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) =>
      minimize(site, caller, input),
  };
}

function renderRepository(repository: FakeRepository) {
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    name: repository.name,
    nameWithOwner: repository.fullName,
    isPrivate: repository.isPrivate,
    pullRequest: ({ number }: { number: number }) => {
      const pull = repository.pulls.get(number);
      if (pull === undefined) {
        throw new GraphQLError(`Could not resolve to a PullRequest with the number of ${number}.`);
      }
      return renderPull(repository, pull);
    },
  };
}

function renderPull(repository: FakeRepository, pull: FakePull) {
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    number: pull.number,
    title: pull.title,
    isDraft: pull.isDraft,
    headRefOid: pull.headSha,
    state: pull.mergedAt === undefined ? pull.state.toUpperCase() : 'MERGED',
    reviewThreads: (slice: Slice) => {
      const first = [...repository.reviewComments.values()].filter(
        (comment) => comment.pull === pull.number && comment.inReplyTo === undefined,
      );
      return connection(
        first.map((comment) => renderThread(repository, comment)),
        slice,
      );
    },
  };
}

interface Slice {
  readonly first?: number;
  readonly after?: string | null;
}

/** One page of a list; a cursor is the place of the item before it. */
function connection<Node>(nodes: readonly Node[], { first = 100, after }: Slice) {
  const start = after === undefined || after === null ? 0 : Number(after) + 1;
  const shown = nodes.slice(start, start + first);
  const end = start + shown.length - 1;
  return {
    totalCount: nodes.length,
    nodes: shown,
    edges: shown.map((node, index) => ({ node, cursor: String(start + index) })),
    pageInfo: {
      hasNextPage: end + 1 < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: shown.length === 0 ? null : String(start),
      endCursor: shown.length === 0 ? null : String(end),
    },
  };
}

/** A thread is its first comment and the replies to it. */
function renderThread(repository: FakeRepository, comment: FakeReviewComment) {
  const pull = repository.pulls.get(comment.pull);
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PullRequestReviewThread', comment.id),
    isResolved: comment.isResolved,
    isOutdated: pull !== undefined && pull.headSha !== comment.commitSha,
    isCollapsed: comment.isResolved,
    resolvedBy: comment.resolvedBy === undefined ? null : renderActor(comment.resolvedBy),
    path: comment.path,
    line: comment.line ?? null,
    startLine: comment.startLine ?? null,
    diffSide: comment.side,
    comments: (slice: Slice) => {
      const all = [...repository.reviewComments.values()].filter(
        (other) => other.id === comment.id || other.inReplyTo === comment.id,
      );
      return connection(all.map(renderComment), slice);
    },
  };
}

function renderComment(comment: FakeReviewComment) {
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PullRequestReviewComment', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    path: comment.path,
    author: renderActor(comment.user),
    createdAt: comment.createdAt,
  };
}

function renderActor({ login, type, id }: FakeUser) {
  // Unlike REST, GraphQL leaves the suffix out of a bot's name.
  return { __typename: type, id: nodeId(type, id), login: login.replace('[bot]', ''), databaseId: id };
}

/** Takes `contents: write` (issues #35726 of gh-aw and #545 of mergewatch), not just `pull_requests: write`. */
function setResolved(
  site: Site,
  caller: Caller,
  { threadId, isResolved }: { readonly threadId: string; readonly isResolved: boolean },
) {
  for (const repository of site.state.repositories.values()) {
    for (const comment of repository.reviewComments.values()) {
      if (nodeId('PullRequestReviewThread', comment.id) !== threadId || !canSee(caller, repository)) continue;
      refuse(caller, ['contents:write']);
      comment.isResolved = isResolved;
      comment.resolvedBy = isResolved ? actorOf(site, caller) : undefined;
      return { clientMutationId: null, thread: renderThread(repository, comment) };
    }
  }
  throw new GraphQLError(`Could not resolve to a node with the global id of '${threadId}'`);
}

function actorOf(site: Site, caller: Caller): FakeUser {
  return caller.kind === 'user' ? caller.user : site.state.app.bot;
}

function minimize(
  site: Site,
  caller: Caller,
  { subjectId, classifier }: { readonly subjectId: string; readonly classifier: string },
) {
  for (const repository of site.state.repositories.values()) {
    for (const comment of repository.issueComments.values()) {
      if (nodeId('IssueComment', comment.id) !== subjectId || !canSee(caller, repository)) continue;
      refuse(caller, ['issues:write', 'pull_requests:write']);
      comment.isMinimized = true;
      const minimizedComment = {
        __typename: 'IssueComment',
        id: subjectId,
        isMinimized: true,
        minimizedReason: classifier.toLowerCase(),
      };
      return { clientMutationId: null, minimizedComment };
    }
  }
  throw new GraphQLError(`Could not resolve to a node with the global id of '${subjectId}'`);
}

function refuse(caller: Caller, wanted: readonly string[]): void {
  if (caller.kind === 'installation' && !holds(caller.token.permissions, wanted)) {
    throw new GraphQLError('Resource not accessible by integration');
  }
}
