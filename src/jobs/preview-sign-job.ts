import { pullRequestKey } from '../domain/pull-request.ts';
import type { PreviewSignJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { Installation, JobContext } from './ports.ts';

/** Starts a look for the preview of every open pull request that the sign is about. */
export async function runPreviewSign(
  job: PreviewSignJob,
  { signal }: JobContext,
  { ports }: { readonly ports: JobPorts },
): Promise<void> {
  const { installationId, owner, repo, cause } = job;
  const installation = await ports.installations.open(installationId);
  for (const { number, headSha } of await findPulls(job, installation, signal)) {
    await ports.queue.enqueue(
      {
        kind: 'verify',
        installationId,
        owner,
        repo,
        number,
        headSha,
        trigger: 'deployment',
        isAuthorised: false,
      },
      `preview-sign:${pullRequestKey({ owner, repo, number })}:${headSha}:${cause}`,
    );
  }
}

async function findPulls(
  job: PreviewSignJob,
  installation: Installation,
  signal: AbortSignal,
): Promise<readonly { readonly number: number; readonly headSha: string }[]> {
  const { of } = job;
  if ('sha' in of) {
    const numbers = await installation.findPullRequests(job, of.sha, signal);
    return numbers.map((number) => ({ number, headSha: of.sha }));
  }
  const pull = await installation.getPullRequest({ ...job, number: of.number }, signal);
  return pull.state === 'open' ? [{ number: of.number, headSha: pull.headSha }] : [];
}
