import type { RepositoryRef } from '../domain/pull-request.ts';
import type { Installation } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import { type GitHubClient, listPages } from './github-client.ts';

/** Of open pull requests, when GitHub cannot say which belong to a commit: the newest thousand. */
const MAX_PAGES = 10;
const MAY_WRITE: ReadonlySet<string> = new Set(['admin', 'maintain', 'write']);

export function createPullRequests(
  client: GitHubClient,
): Pick<Installation, 'getPullRequest' | 'getIssue' | 'findPullRequests' | 'canWrite'> {
  return {
    async getPullRequest({ owner, repo, number }, signal) {
      const pull = await client.call('pulls.get', { owner, repo, pull_number: number }, signal);
      return {
        owner,
        repo,
        number,
        title: pull.title,
        ...(pull.body ? { description: pull.body } : {}),
        // GitHub's own stand-in for a deleted account.
        author: pull.user?.login ?? 'ghost',
        state: pull.state,
        isMerged: pull.merged,
        isDraft: pull.draft ?? false,
        // The head repository is null when the fork was deleted.
        isFromFork: pull.head.repo?.id !== pull.base.repo.id,
        baseRef: pull.base.ref,
        baseSha: pull.base.sha,
        headRef: pull.head.ref,
        headSha: pull.head.sha,
      };
    },

    async getIssue({ owner, repo, number }, signal) {
      const input = { owner, repo, issue_number: number };
      // 410: it was deleted. 403: the app may read pull requests only.
      const reply = await client.tryCall('issues.get', input, [403, 404, 410], signal);
      if (reply.kind === 'refused' || reply.data.pull_request !== undefined) return undefined;
      return { title: reply.data.title, description: reply.data.body ?? '' };
    },

    findPullRequests: (repository, sha, signal) => findByHead(client, { ...repository, sha }, signal),

    async canWrite({ owner, repo }, login, signal) {
      const input = { owner, repo, username: login };
      const reply = await client.tryCall('repos.getCollaboratorPermissionLevel', input, [404], signal);
      return reply.kind === 'ok' && MAY_WRITE.has(reply.data.permission);
    },
  };
}

/** By the commit, else among the open ones: GitHub does not know those of a commit that lies in a fork only. */
async function findByHead(
  client: GitHubClient,
  { owner, repo, sha }: RepositoryRef & { readonly sha: string },
  signal: AbortSignal,
): Promise<readonly number[]> {
  const isMatch = (pull: { state: string; head: { sha: string } }): boolean =>
    pull.state === 'open' && pull.head.sha === sha;
  // 404: an old GitHub lacks the call. 422: the commit lies in a fork only.
  const associated = await listPages(
    (page) =>
      client.tryCall(
        'repos.listPullRequestsAssociatedWithCommit',
        { owner, repo, commit_sha: sha, ...page },
        [404, 422],
        signal,
      ),
    MAX_PAGES,
  );
  const matches = associated?.filter(isMatch) ?? [];
  if (matches.length > 0) return matches.map(({ number }) => number);
  const open = await listPages(
    (page) =>
      client.tryCall(
        'pulls.list',
        { owner, repo, state: 'open', sort: 'updated', direction: 'desc', ...page },
        [],
        signal,
      ),
    MAX_PAGES,
  );
  invariant(open !== undefined, 'no refusal is expected of the list of pull requests');
  return open.filter(isMatch).map(({ number }) => number);
}
