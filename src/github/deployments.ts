import type { Logger } from '../domain/logger.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import type { Deployment, Installation } from '../jobs/ports.ts';
import type { GitHubClient } from './github-client.ts';
import { listDeployments } from './list-deployments.ts';

/** How far back on a branch a deployment is looked for. */
const MAX_COMMITS = 10;

type Selection = { readonly sha: string } | { readonly ref: string };

export function createDeployments(
  client: GitHubClient,
  serverUrl: string,
  logger: Logger,
): Pick<Installation, 'listDeployments'> {
  /** Those whose newest status is a success with an address. */
  const list = async (
    repository: RepositoryRef,
    of: Selection,
    signal: AbortSignal,
  ): Promise<readonly Deployment[]> => {
    const reply = await listDeployments(client, repository, of, signal);
    if (reply.kind === 'refused') {
      const { owner, repo } = repository;
      logger.warn('GitHub lists no deployments here', {
        repository: `${owner}/${repo}`,
        reason: reply.reason,
      });
      return [];
    }
    return reply.data.flatMap(({ sha, environment, state, urls, createdAt }) => {
      const url = urls.find((one) => isSite(one, serverUrl));
      return state !== 'success' || url === undefined ? [] : [{ sha, environment, url, createdAt }];
    });
  };

  /** Hosts that deploy by commit, not by branch, are found through the branch's newest commits. */
  const listByCommits = async (repository: RepositoryRef, ref: string, signal: AbortSignal) => {
    const { owner, repo } = repository;
    const input = { owner, repo, sha: ref, per_page: MAX_COMMITS };
    // 404: no such branch. 409: the repository is empty.
    const reply = await client.tryCall('repos.listCommits', input, [404, 409], signal);
    if (reply.kind === 'refused') return [];
    for (const { sha } of reply.data) {
      const deployments = await list(repository, { sha }, signal);
      if (deployments.length > 0) return deployments;
    }
    return [];
  };

  return {
    async listDeployments(repository, of, signal) {
      const direct = await list(repository, of, signal);
      const byCommits = 'ref' in of ? await listByCommits(repository, of.ref, signal) : [];
      const distinct = new Map<string, Deployment>();
      for (const deployment of [...direct, ...byCommits])
        distinct.set(JSON.stringify(deployment), deployment);
      return [...distinct.values()].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    },
  };
}

/** Whether `url` can be a deployed site; GitHub Actions puts the address of its log into `target_url`. */
function isSite(url: string | undefined, serverUrl: string): url is string {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed !== null && /^https?:$/u.test(parsed.protocol) && parsed.origin !== new URL(serverUrl).origin;
}
