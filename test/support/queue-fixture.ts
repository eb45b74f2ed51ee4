import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { JobQueue, JobWorker } from '../../src/jobs/ports.ts';
import { createQueue } from '../../src/queue/queue.ts';
import type { Database, Row } from '../../src/storage/ports.ts';
import { type Backend, skipEach } from './backends.ts';
import { createSilentLogger } from './silent-logger.ts';

type Queue = JobQueue & JobWorker;

/** Two queues on one database, for a `describe`: each test begins without jobs and with both workers stopped. */
export interface QueueFixture {
  readonly database: Database;
  /** Two machines: on PostgreSQL they share nothing but the server. */
  readonly here: Queue;
  readonly there: Queue;
  readonly logger: ReturnType<typeof createSilentLogger>;
  /** Messages of this level, oldest first. */
  readonly messages: (level: string) => readonly string[];
  /** Every job in the order in which they came. */
  readonly jobRows: () => Promise<readonly Row[]>;
  readonly states: () => Promise<readonly unknown[]>;
}

export function useQueues(backend: Backend): () => QueueFixture {
  const logger = createSilentLogger();
  let fixture: QueueFixture | undefined;
  const get = (): QueueFixture => {
    if (fixture === undefined) throw new Error('the fixture is there only while tests run');
    return fixture;
  };
  skipEach(backend.skip);
  beforeAll(async () => {
    if (backend.skip !== undefined) return;
    const database = await backend.open(logger);
    const jobRows = (): Promise<readonly Row[]> =>
      database.query(
        `SELECT id::text AS id, state::text AS state, retry_count::integer AS retries,
           extract(epoch FROM start_after - now())::float8 AS due, output ->> 'message' AS message
         FROM pgboss.job WHERE name IN ('runs', 'events') ORDER BY created_on`,
      );
    fixture = {
      database,
      here: await createQueue(database, { concurrency: 3, logger }),
      there: await createQueue(database, { concurrency: 3, logger }),
      logger,
      messages: (level) => logger.lines.filter((line) => line.level === level).map(({ message }) => message),
      jobRows,
      states: async () => (await jobRows()).map((row) => row.state),
    };
  });
  afterEach(async () => {
    await Promise.all([fixture?.here.stop(0), fixture?.there.stop(0)]);
    await fixture?.database.script('DELETE FROM pgboss.job; DELETE FROM firsthand.step;');
  });
  afterAll(async () => {
    await fixture?.database.close();
  });
  return get;
}

/** Waits for something that another part of the program brings about; the test's own limit ends it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10);
}
