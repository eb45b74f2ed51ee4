import { pullRequestKey } from '../domain/pull-request.ts';
import type { DeploymentJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';

/** Starts a verification for every open pull request whose head was deployed. */
export async function runDeployment(
  job: DeploymentJob,
  context: JobContext,
  { ports }: { readonly ports: JobPorts },
): Promise<void> {
  const installation = await ports.installations.open(job.installationId);
  for (const number of await installation.findPullRequests(job, job.sha, context.signal)) {
    await ports.queue.enqueue(
      {
        kind: 'verify',
        installationId: job.installationId,
        owner: job.owner,
        repo: job.repo,
        number,
        headSha: job.sha,
        trigger: 'deployment',
        url: job.url,
        ...(job.deployedAt === undefined ? {} : { deployedAt: job.deployedAt }),
        isAuthorised: false,
      },
      `deployment:${pullRequestKey({ ...job, number })}:${job.sha}:${job.url}:${job.statusId ?? ''}`,
    );
  }
}
