import { resolveCommit } from '../git/commits.ts';
import { ApiError } from '../http/api-error.ts';
import { authorOf, bodyOf, created, findIn, type Handler, ok, type RepositoryCall } from '../http/call.ts';
import { page } from '../http/page.ts';
import { addDeployment, addDeploymentStatus } from '../people/deploy.ts';
import { renderCommitStatus, renderDeployment, renderDeploymentStatus } from '../render/deployment.ts';
import { renderRepository } from '../render/repository.ts';
import { timestamp } from '../site.ts';
import type { FakeCommitStatus, FakeDeploymentStatus } from '../state.ts';
import { emitStatus } from '../webhooks/status-event.ts';
import { inRepository } from './in-repository.ts';

export const deploymentHandlers: Readonly<Record<string, Handler>> = {
  'repos/list-deployments': inRepository((call) => {
    const { site, repository, query } = call;
    const matches = (field: 'sha' | 'ref' | 'environment', value: string) => {
      const wanted = query.get(field);
      return wanted === null || wanted === 'none' || wanted === value;
    };
    const deployments = [...repository.deployments.values()].filter(
      (item) =>
        matches('sha', item.sha) && matches('ref', item.ref) && matches('environment', item.environment),
    );
    return page(call, deployments.toReversed(), (shown) =>
      shown.map((deployment) => renderDeployment(site, repository, deployment)),
    );
  }),
  'repos/get-deployment': inRepository((call) =>
    ok(renderDeployment(call.site, call.repository, findDeployment(call))),
  ),
  'repos/create-deployment': inRepository(async (call) => {
    const { site, repository } = call;
    const body = bodyOf<{ ref: string; environment?: string }>(call);
    const sha = await resolveCommit(repository.gitDir, body.ref);
    if (sha === undefined) throw new ApiError(422, `No ref found for: ${body.ref}`);
    const environment = body.environment ?? 'production';
    const deployment = addDeployment(site, repository, {
      sha,
      ref: body.ref,
      environment,
      creator: authorOf(call),
    });
    return created(renderDeployment(site, repository, deployment));
  }),
  'repos/list-deployment-statuses': inRepository((call) => {
    const { site, repository } = call;
    const deployment = findDeployment(call);
    return page(call, deployment.statuses.toReversed(), (shown) =>
      shown.map((status) => renderDeploymentStatus(site, repository, { deployment, status })),
    );
  }),
  'repos/get-deployment-status': inRepository((call) => {
    const deployment = findDeployment(call);
    const status = findIn(new Map(deployment.statuses.map((item) => [item.id, item])), call, 'status_id');
    return ok(renderDeploymentStatus(call.site, call.repository, { deployment, status }));
  }),
  'repos/create-deployment-status': inRepository(async (call) => {
    const { site, repository } = call;
    const deployment = findDeployment(call);
    const body = bodyOf<{
      state: FakeDeploymentStatus['state'];
      environment_url?: string;
      description?: string;
    }>(call);
    const status = addDeploymentStatus(site, repository, {
      deployment,
      state: body.state,
      environmentUrl: body.environment_url ?? '',
      description: body.description ?? '',
      creator: authorOf(call),
    });
    return created(renderDeploymentStatus(site, repository, { deployment, status }));
  }),
  'repos/create-commit-status': inRepository(async (call) => {
    const { site, repository, parameters } = call;
    const sha = await resolveCommit(repository.gitDir, parameters['sha'] ?? '');
    if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${parameters['sha']}`);
    const body = bodyOf<{
      state: FakeCommitStatus['state'];
      context?: string;
      description?: string | null;
      target_url?: string | null;
    }>(call);
    const status: FakeCommitStatus = {
      id: site.nextId(),
      sha,
      state: body.state,
      context: body.context ?? 'default',
      description: body.description ?? undefined,
      targetUrl: body.target_url ?? undefined,
      creator: authorOf(call),
      createdAt: timestamp(site.now()),
    };
    repository.statuses.push(status);
    await emitStatus(site, repository, status);
    return created(renderCommitStatus(site, repository, status));
  }),
  'repos/list-commit-statuses-for-ref': inRepository(async (call) => {
    const { statuses } = await statusesOf(call);
    return page(call, statuses, (shown) =>
      shown.map((status) => renderCommitStatus(call.site, call.repository, status)),
    );
  }),
  'repos/get-combined-status-for-ref': inRepository(async (call) => {
    const { site, repository } = call;
    const { sha, statuses } = await statusesOf(call);
    const latest = [...new Map(statuses.toReversed().map((status) => [status.context, status])).values()];
    const url = `${site.apiUrl}/repos/${repository.fullName}/commits/${sha}`;
    return page(call, latest, (shown) => ({
      state: combine(latest),
      statuses: shown.map((status) => {
        const { creator: _, ...simple } = renderCommitStatus(site, repository, status);
        return simple;
      }),
      sha,
      total_count: latest.length,
      repository: renderRepository(site, repository),
      commit_url: url,
      url: `${url}/status`,
    }));
  }),
};

function findDeployment(call: RepositoryCall) {
  return findIn(call.repository.deployments, call, 'deployment_id');
}

/** The commit's statuses, newest first. */
async function statusesOf({ repository, parameters }: RepositoryCall) {
  const sha = await resolveCommit(repository.gitDir, parameters['ref'] ?? '');
  if (sha === undefined) throw new ApiError(404, `No commit found for SHA: ${parameters['ref']}`);
  return { sha, statuses: repository.statuses.filter((status) => status.sha === sha).toReversed() };
}

function combine(statuses: readonly FakeCommitStatus[]): string {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) return 'failure';
  return statuses.length > 0 && statuses.every(({ state }) => state === 'success') ? 'success' : 'pending';
}
