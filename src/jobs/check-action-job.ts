import type { PullRequest } from '../domain/pull-request.ts';
import { ALL, approveVisual } from './approve-visual.ts';
import { cancelRuns } from './cancel-runs.ts';
import type { CheckActionJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { openPullLife } from './pull-life.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';

/**
 * Carries out a button of a check run, or GitHub's own "Re-run", for people who may write to the repository. Other
 * people's presses are logged and nothing else: there is no comment to answer.
 */
export async function runCheckAction(
  job: CheckActionJob,
  context: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const { signal } = context;
  const logger = redactLogger(ports.logger, redaction);
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  if (!(await installation.canWrite(job, job.sender, signal))) {
    logger.warn('a check-run action was refused: no write access', {
      sender: job.sender,
      action: job.action,
    });
    return;
  }
  const numbers =
    job.pulls.length > 0 ? job.pulls : await installation.findPullRequests(job, job.headSha, signal);
  for (const number of new Set(numbers)) {
    const pull = await installation.getPullRequest({ owner: job.owner, repo: job.repo, number }, signal);
    if (pull.state === 'closed' || pull.headSha !== job.headSha) continue;
    if (job.action === 'cancel') {
      await cancelRuns(pull, { installation, ports, logger, context, by: job.sender });
    } else if (job.action === 'approve') {
      const life = await openPullLife(pull, { installation, ports, logger, context });
      await approveVisual(ALL, { life, by: job.sender, ports, context });
    } else {
      await enqueueReruns(job, pull, { ports, context });
    }
  }
}

/** The job's id makes the key: pressing again later is a new wish, a redelivery of the same press is not. */
async function enqueueReruns(
  job: CheckActionJob,
  pull: PullRequest,
  { ports, context }: { readonly ports: JobPorts; readonly context: JobContext },
): Promise<void> {
  const run = {
    installationId: job.installationId,
    owner: job.owner,
    repo: job.repo,
    number: pull.number,
    headSha: pull.headSha,
    trigger: 'rerun',
  } as const;
  const key = `check-action:${context.id}:${pull.number}`;
  if (job.check !== 'preview') await ports.queue.enqueue({ kind: 'review', ...run }, `${key}:review`);
  if (job.check !== 'review') {
    // Whoever runs checks again has not looked at what a fork deployed; /verify says so in words.
    await ports.queue.enqueue({ kind: 'verify', ...run, isAuthorised: false }, `${key}:preview`);
  }
}
