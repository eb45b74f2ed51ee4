import type { Database } from '../storage/ports.ts';
import { BOSS_SCHEMA, QUEUES, type QueueName } from './queues.ts';

/** One attempt at a job, as claimed; a later claim of the same job has another `retryCount`. */
export interface Attempt {
  readonly queue: QueueName;
  readonly id: string;
  readonly retryCount: number;
}

/**
 * Ends attempts in the ways that pg-boss has no call for. Each is fenced: it does nothing when the job was cancelled
 * or taken up by somebody else, and pg-boss's own settling after it finds nothing left to settle.
 */
export interface Attempts {
  /** Gives the job back, to be taken up at once by whoever is free; it does not count against the retries. */
  release(attempt: Attempt): Promise<void>;
  /** Has the job run again after `ms`. */
  postpone(attempt: Attempt, ms: number, reason: string): Promise<void>;
  /** Ends the job as failed, whatever retries it has left. */
  fail(attempt: Attempt, reason: string): Promise<void>;
  /**
   * Makes of each run that died on its last attempt an `abandoned` job, which tells people, under the same id and in
   * the same turn; one that cannot be told of only lets its pull request go on.
   */
  takeUpDead(): Promise<void>;
  /** Takes up what the previous process of an embedded database left active. Only before workers start. */
  recoverOrphans(): Promise<void>;
}

const JOB = `${BOSS_SCHEMA}.job`;
const FENCE = `name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`;
/** Used up retries end a job; everything below is the same for a job that goes on and one that does not. */
const RETRY_OR_FAIL = `
  state = CASE WHEN retry_count < retry_limit THEN 'retry' ELSE 'failed' END::${BOSS_SCHEMA}.job_state,
  completed_on = CASE WHEN retry_count < retry_limit THEN NULL ELSE now() END,
  heartbeat_on = NULL`;
/** Nobody settled it: pg-boss ended it when its worker stayed silent on the last attempt. */
const DEAD = `name = 'runs' AND state = 'failed' AND policy = 'key_strict_fifo'`;
const TELLING_RETRIES = 5;
/** The payload of the job that tells people of a dead run. */
const ABANDONED = `jsonb_build_object('kind', 'abandoned',
  'part', CASE data ->> 'kind' WHEN 'review' THEN 'review' ELSE 'preview' END,
  'installationId', data -> 'installationId', 'owner', data -> 'owner', 'repo', data -> 'repo',
  'number', data -> 'number', 'headSha', data -> 'headSha')`;
/** A failed job under `key_strict_fifo` blocks its key until somebody looks at it; ours must not. */
const FAILED = `state = 'failed', policy = 'standard', completed_on = now(), heartbeat_on = NULL`;

export function createAttempts(database: Database): Attempts {
  const fenced = ({ queue, id, retryCount }: Attempt): readonly unknown[] => [queue, id, retryCount];
  return {
    async release(attempt) {
      await database.query(
        `UPDATE ${JOB} SET state = 'retry', retry_limit = retry_limit + 1, start_after = now(), heartbeat_on = NULL
         WHERE ${FENCE}`,
        fenced(attempt),
      );
    },
    async postpone(attempt, ms, reason) {
      await database.query(
        `UPDATE ${JOB} SET ${RETRY_OR_FAIL}, start_after = now() + $4::integer * interval '1 millisecond',
           output = jsonb_build_object('message', $5::text)
         WHERE ${FENCE}`,
        [...fenced(attempt), Math.ceil(ms), reason],
      );
    },
    async fail(attempt, reason) {
      await database.query(
        `UPDATE ${JOB} SET ${FAILED}, output = jsonb_build_object('message', $4::text) WHERE ${FENCE}`,
        [...fenced(attempt), reason],
      );
    },
    async takeUpDead() {
      await database.query(
        `UPDATE ${JOB} SET state = 'retry', retry_limit = retry_count + ${TELLING_RETRIES}, start_after = now(),
           completed_on = NULL, heartbeat_on = NULL, data = ${ABANDONED}
         WHERE ${DEAD} AND data ->> 'kind' IN ('review', 'verify')`,
      );
      await database.query(
        `UPDATE ${JOB} SET policy = 'standard'
         WHERE ${DEAD} AND (data ->> 'kind' IN ('review', 'verify')) IS NOT TRUE`,
      );
    },
    async recoverOrphans() {
      await database.query(
        `UPDATE ${JOB} SET ${RETRY_OR_FAIL}, start_after = now() WHERE state = 'active' AND name = ANY($1::text[])`,
        [[...QUEUES]],
      );
    },
  };
}
