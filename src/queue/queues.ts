import { isRunJob, type Job } from '../jobs/job.ts';

/** pg-boss's queues. Runs take their turn by pull request; events do not wait for each other. */
export const QUEUES = ['runs', 'events'] as const;
export type QueueName = (typeof QUEUES)[number];

/** The pg-boss schema in the database. */
export const BOSS_SCHEMA = 'pgboss';

/** How long the key of a job is remembered after its end. */
const REMEMBER_SECONDS = 7 * 24 * 60 * 60;

const common = {
  notify: true,
  // The least that pg-boss allows: a dead worker's jobs come back 10 to 12 seconds later.
  heartbeatSeconds: 10,
  retryLimit: 10,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  deleteAfterSeconds: REMEMBER_SECONDS,
  retentionSeconds: REMEMBER_SECONDS,
} as const;

/**
 * What pg-boss is told of each queue.
 *
 * `key_strict_fifo` lets one job of a key run at a time, in order, and the claim itself sees to it. With `singleton`,
 * which promises as much, a waiting job of a busy pull request at the head of the queue keeps idle workers from the
 * pull requests behind it, until a cached list is refreshed: 12 jobs of 600 ms for 4 pull requests on 4 workers took
 * 8.7 s, and 1.9 s this way.
 */
export const QUEUE_OPTIONS = {
  runs: { ...common, policy: 'key_strict_fifo', expireInSeconds: 60 * 60 },
  events: { ...common, policy: 'standard', expireInSeconds: 10 * 60 },
} as const;

export function queueOf(job: Job): QueueName {
  return isRunJob(job) ? 'runs' : 'events';
}
