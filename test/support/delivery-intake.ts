import { enqueueDelivery } from '../../src/webhooks/enqueue-delivery.ts';
import { createRecordingQueue } from './recording-queue.ts';
import { createSilentLogger } from './silent-logger.ts';
import { OUR_APP_ID } from './webhook-payloads.ts';

/** The pull request that the payloads are about. */
export const PULL = { owner: 'acme', repo: 'shop', number: 7 };
const logger = createSilentLogger();

/** Takes deliveries in and remembers what they queue. */
export function createIntake() {
  const queue = createRecordingQueue();
  const deliver = (event: string, payload: unknown, id = 'guid-1') =>
    enqueueDelivery({ id, event, payload }, { queue, appId: OUR_APP_ID, logger });
  return { queue, deliver, jobs: () => queue.jobs.map(({ job }) => job) };
}
