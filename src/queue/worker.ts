import { setTimeout as delay } from 'node:timers/promises';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { JobWorker } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import { QUEUES, type QueueName } from './queues.ts';
import { type ActiveAttempt, type AttemptPorts, type Handler, runAttempt } from './run-attempt.ts';

/** How long aborted handlers have to end before their jobs are given back all the same. */
const ABORT_LIMIT_MS = 5000;
const SWEEP_INTERVAL_MS = 10_000;

const WORK_OPTIONS = {
  includeMetadata: true,
  heartbeatRefreshSeconds: 1,
  // Notifications wake idle workers; polling finds retries that fell due, and all jobs when there is no LISTEN.
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 1,
} as const;

/** The working half of the queue. */
export interface BossWorker extends JobWorker {
  /** Ends the handlers of these cancelled jobs now, where they run in this process. */
  endCancelled(ids: readonly string[]): void;
}

/** Takes jobs from pg-boss, so many of each queue at a time. */
export function createBossWorker(
  boss: PgBoss,
  ports: AttemptPorts,
  workers: Readonly<Record<QueueName, number>>,
): BossWorker {
  const { attempts, logger } = ports;
  const active = new Set<ActiveAttempt>();
  let state: 'idle' | 'working' | 'stopping' = 'idle';
  let stopped: Promise<void> | undefined;
  let sweeping: NodeJS.Timeout | undefined;

  const perform = async (queue: QueueName, job: JobWithMetadata<object>, handler: Handler): Promise<void> => {
    const attempt = { queue, id: job.id, retryCount: job.retryCount };
    // Claimed by a fetch that was under way when the worker was told to stop.
    if (state !== 'working') return attempts.release(attempt);
    const predecessors = [...active]
      .filter(({ pull }) => pull !== undefined && pull === job.singletonKey)
      .map(({ done }) => done);
    const running = runAttempt(job, handler, { ...ports, attempt, predecessors });
    active.add(running);
    try {
      await running.settled;
    } finally {
      active.delete(running);
    }
  };
  const sweep = (): void => {
    attempts.takeUpDead().catch((error: unknown) => {
      logger.warn('could not look for runs that died', { error: String(error) });
    });
  };
  const stop = async (graceMs: number): Promise<void> => {
    state = 'stopping';
    clearInterval(sweeping);
    await drain(boss, active, { graceMs, ports });
    state = 'idle';
  };
  return {
    async start(handler) {
      invariant(state === 'idle', 'a worker is started once, or after it has stopped');
      state = 'working';
      stopped = undefined;
      await attempts.takeUpDead();
      sweeping = setInterval(sweep, SWEEP_INTERVAL_MS).unref();
      for (const queue of QUEUES) {
        for (let count = 0; count < workers[queue]; count += 1) {
          await startOne(boss, queue, (job) => perform(queue, job, handler));
        }
      }
    },
    async stop(graceMs) {
      if (state !== 'idle') stopped ??= stop(graceMs);
      await stopped;
    },
    endCancelled(ids) {
      for (const attempt of active) {
        if (ids.includes(attempt.id)) attempt.end('cancelled');
      }
    },
  };
}

async function startOne(
  boss: PgBoss,
  queue: QueueName,
  perform: (job: JobWithMetadata<object>) => Promise<void>,
): Promise<void> {
  const id: string = await boss.work<object, void, typeof WORK_OPTIONS>(queue, WORK_OPTIONS, async (jobs) => {
    for (const job of jobs) await perform(job);
    // Without this the worker sleeps out its polling interval after a short job, however long the queue.
    boss.notifyWorker(id);
  });
}

/** Takes no new jobs, waits, ends what is left, and gives back what will not end. */
async function drain(
  boss: PgBoss,
  active: ReadonlySet<ActiveAttempt>,
  { graceMs, ports }: { readonly graceMs: number; readonly ports: AttemptPorts },
): Promise<void> {
  // Until the last job is settled, not only until its handler has ended: pg-boss fails what it still holds at its end.
  const drained = Promise.all(QUEUES.map((queue) => boss.offWork(queue, { wait: true })));
  await within(drained, graceMs);
  for (const attempt of active) attempt.end('stopped');
  await within(drained, ABORT_LIMIT_MS);
  for (const attempt of active) {
    ports.logger.warn('a job did not end when it was told to; it is given back all the same', {
      job: attempt.id,
    });
    await ports.attempts.release(attempt);
  }
}

/** Waits for `promise`, but no longer than `limitMs`. */
async function within(promise: Promise<unknown>, limitMs: number): Promise<void> {
  const timer = new AbortController();
  const limit = delay(limitMs, undefined, { signal: timer.signal }).catch(() => {
    // The promise was quicker.
  });
  try {
    await Promise.race([promise, limit]);
  } finally {
    timer.abort();
  }
}
