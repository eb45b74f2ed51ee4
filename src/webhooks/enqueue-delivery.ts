import type { Logger } from '../domain/logger.ts';
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
  for (const { job, key } of readDelivery(delivery, appId).jobs) {
    const outcome = await queue.enqueue(job, key);
    logger.info('took a delivery', { delivery: delivery.id, event: delivery.event, job: job.kind, outcome });
  }
}
