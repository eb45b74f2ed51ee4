import { resolveCommit } from '../git/commits.ts';
import { renderDeployment, renderDeploymentStatus } from '../render/deployment.ts';
import { type Site, timestamp, userOf } from '../site.ts';
import type { FakeDeployment, FakeDeploymentStatus, FakeRepository, FakeUser } from '../state.ts';

export function addDeployment(
  site: Site,
  repository: FakeRepository,
  of: Pick<FakeDeployment, 'sha' | 'ref' | 'environment' | 'creator'>,
): FakeDeployment {
  const deployment: FakeDeployment = {
    ...of,
    id: site.nextId(),
    createdAt: timestamp(site.now()),
    statuses: [],
  };
  repository.deployments.set(deployment.id, deployment);
  return deployment;
}

/** Adds a status; the app is told of it without waiting. */
export function addDeploymentStatus(
  site: Site,
  repository: FakeRepository,
  of: Omit<FakeDeploymentStatus, 'id' | 'createdAt'> & { readonly deployment: FakeDeployment },
): FakeDeploymentStatus {
  const status = recordStatus(site, of);
  const { deployment, creator } = of;
  site.emitLater(deploymentStatusEvent(site, repository, { deployment, status, sender: creator }));
  return status;
}

function recordStatus(
  site: Site,
  of: Omit<FakeDeploymentStatus, 'id' | 'createdAt'> & { readonly deployment: FakeDeployment },
): FakeDeploymentStatus {
  const { deployment, ...fields } = of;
  const status = { ...fields, id: site.nextId(), createdAt: timestamp(site.now()) };
  deployment.statuses.push(status);
  return status;
}

function deploymentStatusEvent(
  site: Site,
  repository: FakeRepository,
  about: {
    readonly deployment: FakeDeployment;
    readonly status: FakeDeploymentStatus;
    readonly sender: FakeUser;
  },
) {
  return {
    event: 'deployment_status',
    action: 'created',
    repository,
    sender: about.sender,
    payload: {
      deployment_status: renderDeploymentStatus(site, repository, about),
      deployment: renderDeployment(site, repository, about.deployment),
      check_run: null,
      workflow: null,
      workflow_run: null,
    },
  };
}

export interface DeployRequest {
  readonly repository: string;
  /** A branch or a commit. */
  readonly ref: string;
  readonly environment: string;
  /** Where the deployment can be visited; empty while there is nothing to visit. */
  readonly url?: string;
  /** `success` when left out. */
  readonly state?: FakeDeploymentStatus['state'];
  readonly by: string;
  /** An earlier deployment's id: then only a status is added. */
  readonly deployment?: number;
}

/** Makes a deployment with one status, or adds a status to an earlier one; resolves when the app was told. */
export async function deploy(
  site: Site,
  repository: FakeRepository,
  request: DeployRequest,
): Promise<{ deployment: FakeDeployment; status: FakeDeploymentStatus }> {
  const sender = userOf(site, request.by);
  const sha = await resolveCommit(repository.gitDir, request.ref);
  if (sha === undefined) throw new Error(`${repository.fullName} has no commit ${request.ref}`);
  const { ref, environment } = request;
  const earlier =
    request.deployment === undefined ? undefined : repository.deployments.get(request.deployment);
  const deployment = earlier ?? addDeployment(site, repository, { sha, ref, environment, creator: sender });
  const status = recordStatus(site, {
    deployment,
    state: request.state ?? 'success',
    environmentUrl: request.url ?? '',
    description: '',
    creator: sender,
  });
  await site.emit(deploymentStatusEvent(site, repository, { deployment, status, sender }));
  return { deployment, status };
}
