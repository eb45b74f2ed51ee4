import { pullRequestKey } from '../domain/pull-request.ts';
import { SETTLE_MS } from './cancel-runs.ts';
import { endAbandonedChecks } from './end-abandoned-checks.ts';
import type { SupersededJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';

/**
 * Cancels the runs of older heads after a push. They hold the turn of the pull request, so the new head's own run
 * could not do it.
 *
 * Deliveries come in any order, so a push is believed only when GitHub has its commit as the head; the one that is
 * the head has a job of its own. The commit that the push replaced is no head either way: its check runs are ended.
 */
export async function runSuperseded(
  job: SupersededJob,
  context: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const logger = redactLogger(ports.logger, redaction);
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  const { signal } = context;
  const pull = await installation.getPullRequest(job, signal);
  if (pull.headSha === job.headSha) {
    const cancelled = await ports.queue.cancelRuns(pull, { exceptHeadSha: pull.headSha });
    logger.info('superseded older runs', { pull: pullRequestKey(pull), cancelled });
    if (cancelled > 0) await ports.sleep(SETTLE_MS, signal);
  }
  if (job.before === undefined || job.before === pull.headSha) return;
  await endAbandonedChecks({ installation, pull, logger, heads: [job.before] }, () => true, signal);
}
