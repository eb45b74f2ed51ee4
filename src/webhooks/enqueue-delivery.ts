import type { Logger } from '../domain/logger.ts';
import { pullRequestKey } from '../domain/pull-request.ts';
import type { JobQueue } from '../jobs/ports.ts';
import type { Delivery } from './delivery.ts';
import { readDelivery } from './read-delivery.ts';

/**
 * Enqueues what a delivery asks for; the same delivery again changes nothing.
 *
 * Throws when a job could not be stored, so that the delivery shows as failed at GitHub and can be sent again.
 */
export async function enqueueDelivery(
  delivery: Delivery,
  { queue, appId, logger }: { readonly queue: JobQueue; readonly appId: number; readonly logger: Logger },
): Promise<void> {
  const { jobs, supersedes } = readDelivery(delivery, appId);
  let isNew = false;
  for (const { job, key } of jobs) {
    const outcome = await queue.enqueue(job, key);
    isNew ||= outcome === 'enqueued';
    logger.info('took a delivery', { delivery: delivery.id, event: delivery.event, job: job.kind, outcome });
  }
  // An old delivery sent again must not end the runs of a newer head.
  if (supersedes === undefined || !isNew) return;
  const cancelled = await queue.cancelRuns(supersedes.pull, { exceptHeadSha: supersedes.headSha });
  logger.info('superseded older runs', { pull: pullRequestKey(supersedes.pull), cancelled });
}
