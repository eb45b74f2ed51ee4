import { pullRequestKey } from '../domain/pull-request.ts';
import type { SupersededJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';

/**
 * Cancels the runs of older heads after a push. They hold the turn of the pull request, so the new head's own run
 * could not do it.
 *
 * Deliveries come in any order, so a push is believed only when GitHub has its commit as the head; the one that is
 * the head has a job of its own.
 */
export async function runSuperseded(
  job: SupersededJob,
  context: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const logger = redactLogger(ports.logger, redaction);
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  const pull = await installation.getPullRequest(job, context.signal);
  if (pull.headSha !== job.headSha) {
    logger.info('a push is not the head any more', { pull: pullRequestKey(pull), headSha: job.headSha });
    return;
  }
  const cancelled = await ports.queue.cancelRuns(pull, { exceptHeadSha: pull.headSha });
  logger.info('superseded older runs', { pull: pullRequestKey(pull), cancelled });
}
