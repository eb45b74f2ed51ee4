import { setTimeout as delay } from 'node:timers/promises';
import type { JobWithMetadata } from 'pg-boss';
import { TransientError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { jobSchema } from '../jobs/job.ts';
import type { JobWorker } from '../jobs/ports.ts';
import type { Database } from '../storage/ports.ts';
import type { Attempt, Attempts } from './attempts.ts';
import { createStep } from './steps.ts';
import { toStorable } from './storable.ts';

export type Handler = Parameters<JobWorker['start']>[0];

/** An attempt that this process is at work on. */
export interface ActiveAttempt extends Attempt {
  /** `owner/repo#number` of a run job. */
  readonly pull: string | undefined;
  /** Ends the handler early: `stopped` has the job run again, `cancelled` is the end of it. */
  readonly end: (why: 'stopped' | 'cancelled') => void;
  /** Settles when the handler did; never rejects. */
  readonly done: Promise<void>;
}

export interface AttemptPorts {
  readonly database: Database;
  readonly attempts: Attempts;
  readonly logger: Logger;
}

const FIRST_GAP_MS = 1000;
const MAX_GAP_MS = 60_000;
/** GitHub's rate limit starts anew every hour. */
const MAX_RETRY_AFTER_MS = 2 * 60 * 60 * 1000;
/** How long a run waits for the cancelled one before it on the same pull request to wind down. */
const PREDECESSOR_LIMIT_MS = 30_000;

/**
 * Starts the handler on a claimed job. When `done` settles without a rejection, either the handler succeeded and
 * pg-boss may complete the job, or the attempt is settled already.
 */
export function runAttempt(
  job: JobWithMetadata<object>,
  handler: Handler,
  options: AttemptPorts & { readonly attempt: Attempt; readonly predecessors: readonly Promise<void>[] },
): ActiveAttempt & { readonly settled: Promise<void> } {
  const { attempt, predecessors, logger } = options;
  const controller = new AbortController();
  const signal = AbortSignal.any([job.signal, controller.signal]);
  let why: 'stopped' | 'cancelled' | undefined;
  const run = async (): Promise<void> => {
    try {
      await whenGone(predecessors, signal);
      signal.throwIfAborted();
      await callHandler(job, handler, { ...options, signal });
    } catch (error) {
      if (why === 'stopped') {
        logger.info('a job is given back, because the worker stops', { job: attempt.id });
        await options.attempts.release(attempt);
      } else if (signal.aborted) {
        logger.debug('a cancelled job has ended', { job: attempt.id });
      } else {
        await settleError(job, error, options);
      }
    }
  };
  const settled = run();
  return {
    ...attempt,
    pull: job.singletonKey ?? undefined,
    end: (reason) => {
      why ??= reason;
      controller.abort(new Error(`the job was ${reason}`));
    },
    settled,
    done: settled.catch(() => {
      // Whoever awaits `settled` reports it.
    }),
  };
}

async function callHandler(
  job: JobWithMetadata<object>,
  handler: Handler,
  options: AttemptPorts & { readonly signal: AbortSignal },
): Promise<void> {
  const { database, logger, signal } = options;
  const payload = jobSchema.safeParse(job.data);
  if (!payload.success) {
    throw new Error('its payload is not one of ours, or of another version', { cause: payload.error });
  }
  await handler(payload.data, {
    id: job.id,
    attempt: job.retryCount + 1,
    isLastAttempt: job.retryCount >= job.retryLimit,
    startedAt: new Date(),
    signal,
    step: createStep(database, logger, { jobId: job.id, signal }),
  });
}

async function settleError(
  job: JobWithMetadata<object>,
  error: unknown,
  { attempt, attempts, logger }: AttemptPorts & { readonly attempt: Attempt },
): Promise<void> {
  const fields = {
    job: job.id,
    queue: attempt.queue,
    pull: job.singletonKey,
    attempt: job.retryCount + 1,
    error,
  };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const reason = toStorable(message).slice(0, 2000);
  if (error instanceof TransientError && job.retryCount < job.retryLimit) {
    const gapMs = Math.min(error.retryAfterMs ?? gapAfter(job.retryCount), MAX_RETRY_AFTER_MS);
    logger.warn(`a job will run again in ${Math.ceil(gapMs / 1000)} s`, fields);
    await attempts.postpone(attempt, gapMs, reason);
    return;
  }
  logger.error('a job has failed', fields);
  await attempts.fail(attempt, reason);
}

/** Doubles from one second to a minute; up to a half is taken off at random, so that workers do not march in step. */
function gapAfter(retryCount: number): number {
  return Math.min(FIRST_GAP_MS * 2 ** retryCount, MAX_GAP_MS) * (1 - Math.random() / 2);
}

/**
 * Waits for cancelled runs of the same pull request in this process: cancelling frees the turn at once, while the
 * handler still has children to end. On another machine that gap is a second or two.
 */
async function whenGone(predecessors: readonly Promise<void>[], signal: AbortSignal): Promise<void> {
  if (predecessors.length === 0) return;
  const timer = new AbortController();
  try {
    await Promise.race([
      Promise.all(predecessors),
      delay(PREDECESSOR_LIMIT_MS, undefined, { signal: AbortSignal.any([signal, timer.signal]) }),
    ]);
  } finally {
    timer.abort();
  }
}
