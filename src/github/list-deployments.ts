import type { RepositoryRef } from '../domain/pull-request.ts';
import type { DeploymentSign } from '../jobs/preview/ports.ts';
import { boundedMap } from '../lib/bounded-map.ts';
import type { GitHubClient, Reply } from './github-client.ts';

/** Of the newest deployments, how many are looked into; each costs a call. */
const MAX_DEPLOYMENTS = 30;
const CONCURRENCY = 4;

/** Reads the newest deployments of a commit or of a ref, each with its newest status; in GitHub's order, the newest first. */
export async function listDeployments(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  of: { readonly sha: string } | { readonly ref: string },
  signal: AbortSignal,
): Promise<Reply<readonly DeploymentSign[]>> {
  const input = { owner, repo, ...of, per_page: MAX_DEPLOYMENTS };
  const reply = await client.tryCall('repos.listDeployments', input, [404], signal);
  if (reply.kind === 'refused') return reply;
  const deployments = await boundedMap(reply.data, CONCURRENCY, async (deployment) => {
    const { id, sha, environment, created_at: createdAt } = deployment;
    const statuses = await client.tryCall(
      'repos.listDeploymentStatuses',
      { owner, repo, deployment_id: id },
      [404],
      signal,
    );
    const [newest] = statuses.kind === 'refused' ? [] : [...statuses.data].sort((a, b) => b.id - a.id);
    const { environment_url: site = '', target_url: older = '' } = newest ?? {};
    return {
      sha,
      environment,
      state: newest?.state ?? 'pending',
      urls: [site, older].filter((url) => url !== ''),
      creator: newest?.creator?.login ?? deployment.creator?.login ?? '',
      createdAt,
    } satisfies DeploymentSign;
  });
  return { kind: 'ok', data: deployments, hasMore: reply.hasMore };
}
