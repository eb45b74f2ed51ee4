import { nodeId, type Site } from '../site.ts';
import type { FakeCommitStatus, FakeDeployment, FakeDeploymentStatus, FakeRepository } from '../state.ts';
import { renderUser } from './user.ts';

export function renderDeployment(site: Site, repository: FakeRepository, deployment: FakeDeployment) {
  const api = `${site.apiUrl}/repos/${repository.fullName}`;
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId('Deployment', deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: 'deploy',
    payload: {},
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: null,
    creator: renderUser(site, deployment.creator),
    created_at: deployment.createdAt,
    updated_at: deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: api,
    transient_environment: deployment.environment !== 'production',
    production_environment: deployment.environment === 'production',
    performed_via_github_app: null,
  };
}

export function renderDeploymentStatus(
  site: Site,
  repository: FakeRepository,
  of: { readonly deployment: FakeDeployment; readonly status: FakeDeploymentStatus },
) {
  const api = `${site.apiUrl}/repos/${repository.fullName}`;
  const deploymentUrl = `${api}/deployments/${of.deployment.id}`;
  const { status } = of;
  return {
    url: `${deploymentUrl}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DeploymentStatus', status.id),
    state: status.state,
    creator: renderUser(site, status.creator),
    description: status.description,
    environment: of.deployment.environment,
    // GitHub sends an empty text for an address that was not set.
    target_url: status.environmentUrl,
    environment_url: status.environmentUrl,
    log_url: status.environmentUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: deploymentUrl,
    repository_url: api,
    performed_via_github_app: null,
  };
}

export function renderCommitStatus(site: Site, repository: FakeRepository, status: FakeCommitStatus) {
  return {
    url: `${site.apiUrl}/repos/${repository.fullName}/statuses/${status.sha}`,
    avatar_url: `${site.serverUrl}/avatars/u/${status.creator.id}`,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: renderUser(site, status.creator),
  };
}
