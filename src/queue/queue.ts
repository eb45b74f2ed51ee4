import { TransientError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { type PullRequestRef, pullRequestKey } from '../domain/pull-request.ts';
import { isRunJob, type Job } from '../jobs/job.ts';
import type { JobQueue, JobWorker } from '../jobs/ports.ts';
import type { Database } from '../storage/ports.ts';
import { createAttempts } from './attempts.ts';
import { startBoss } from './boss.ts';
import { jobId } from './job-key.ts';
import { BOSS_SCHEMA, queueOf } from './queues.ts';
import { toStorableJson } from './storable.ts';
import { createBossWorker } from './worker.ts';

/** Quick jobs run at least this many at a time, so that a `/cancel` does not wait behind a slow look-up. */
const MIN_EVENT_WORKERS = 2;

/**
 * Opens the queue on an open database. A process that only enqueues never calls `start`. Closing the database stops
 * the worker at once and the queue with it; call `stop` first to let jobs finish.
 */
export async function createQueue(
  database: Database,
  options: { readonly concurrency: number; readonly logger: Logger },
): Promise<JobQueue & JobWorker> {
  const { concurrency, logger } = options;
  const boss = await startBoss(database, logger);
  const attempts = createAttempts(database);
  // Nobody else has an embedded database open: what is active there died with the process before this one.
  if (database.kind === 'embedded') await attempts.recoverOrphans();
  const worker = createBossWorker(
    boss,
    { database, attempts, logger },
    { runs: concurrency, events: Math.max(MIN_EVENT_WORKERS, concurrency) },
  );
  database.onClose(() => worker.stop(0));
  return {
    async enqueue(job, key) {
      try {
        const id = await boss.send(queueOf(job), toStorableObject(job), {
          id: jobId(key),
          ...(isRunJob(job) ? { singletonKey: turnOf(job) } : {}),
        });
        return id === null ? 'duplicate' : 'enqueued';
      } catch (error) {
        throw new TransientError(`could not store the ${job.kind} job ${key}`, { cause: error });
      }
    },
    async cancelRuns(pull, { exceptHeadSha, exceptId } = {}) {
      const rows = await database.query(
        `UPDATE ${BOSS_SCHEMA}.job SET state = 'cancelled', completed_on = now()
         WHERE name = 'runs' AND singleton_key = $1 AND state < 'completed'
           AND data ->> 'headSha' IS DISTINCT FROM $2::text AND id IS DISTINCT FROM $3::uuid
         RETURNING id::text AS id`,
        [turnOf(pull), exceptHeadSha ?? null, exceptId ?? null],
      );
      worker.endCancelled(rows.map((row) => String(row.id)));
      return rows.length;
    },
    start: (handler) => worker.start(handler),
    stop: (graceMs) => worker.stop(graceMs),
  };
}

/** Runs with the same key take turns. GitHub's names differ by more than their case. */
function turnOf(pull: PullRequestRef): string {
  return pullRequestKey(pull).toLowerCase();
}

function toStorableObject(job: Job): object {
  // A job is an object, and stays one in JSON.
  return toStorableJson(job) as object;
}
