import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { JobContext } from '../../src/jobs/ports.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import type { Database } from '../../src/storage/ports.ts';
import { type Child, startChild } from '../support/child.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { reviewJob } from '../support/jobs.ts';
import { startPostgres } from '../support/postgres.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const postgres = await startPostgres();
const logger = createSilentLogger();
/** A guard against hanging, not a measure: processes start slowly on a busy machine. */
const LIMIT_MS = 120_000;
const children: Child[] = [];

function start(mode: string, dataDir: string, databaseUrl = ''): Child {
  const child = startChild('queue-child.ts', [mode, dataDir, databaseUrl]);
  children.push(child);
  return child;
}

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});
afterAll(async () => {
  if (!('skip' in postgres)) await postgres.stop();
});

async function finishInThisProcess(
  database: Database,
): Promise<{ readonly attempt: number; readonly one: string }> {
  const queue = await createQueue(database, { concurrency: 1, logger });
  const done = Promise.withResolvers<{ attempt: number; one: string }>();
  await queue.start(async (_job, context: JobContext) => {
    const one = await context.step('one', z.string(), async () => 'done again');
    await context.step('two', z.string(), async () => 'done');
    await context.step('three', z.string(), async () => 'done');
    done.resolve({ attempt: context.attempt, one });
  });
  return done.promise;
}

async function onlyState(database: Database): Promise<unknown> {
  const rows = await database.query(`SELECT state::text AS state FROM pgboss.job WHERE name = 'runs'`);
  expect(rows).toHaveLength(1);
  return rows[0]?.state;
}

async function untilCompleted(database: Database): Promise<void> {
  while ((await onlyState(database)) !== 'completed') await delay(20);
}

describe('a worker that ends in the middle of the second step', { timeout: LIMIT_MS }, () => {
  test('killed on the embedded database: the next start goes on after the first step', async () => {
    const folder = await makeDataFolder();
    try {
      const before = await openDatabase({ dataDir: folder.path, logger });
      const queue = await createQueue(before, { concurrency: 1, logger });
      await queue.enqueue(reviewJob(), 'k');
      await before.close();

      const child = start('work', folder.path);
      await child.said('two 1');
      await child.kill();

      const database = await openDatabase({ dataDir: folder.path, logger });
      expect(await finishInThisProcess(database)).toEqual({ attempt: 2, one: 'done by attempt 1' });
      await untilCompleted(database);
      await database.close();
    } finally {
      folder.remove();
    }
  });

  test('closed: its job is given back, and the next start goes on after the first step', async () => {
    const folder = await makeDataFolder();
    try {
      const before = await openDatabase({ dataDir: folder.path, logger });
      const queue = await createQueue(before, { concurrency: 1, logger });
      const hangs = Promise.withResolvers<void>();
      await queue.start(async (_job, context) => {
        await context.step('one', z.string(), async () => 'done by attempt 1');
        hangs.resolve();
        await new Promise((_resolve, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason));
        });
      });
      await queue.enqueue(reviewJob(), 'k');
      await hangs.promise;
      await before.close();

      const database = await openDatabase({ dataDir: folder.path, logger });
      expect(await onlyState(database)).toBe('retry');
      expect(await finishInThisProcess(database)).toEqual({ attempt: 2, one: 'done by attempt 1' });
      await untilCompleted(database);
      await database.close();
    } finally {
      folder.remove();
    }
  });

  test('killed on PostgreSQL: another machine goes on after the first step', async (context) => {
    if ('skip' in postgres) return context.skip(postgres.skip);
    const databaseUrl = await postgres.createDatabase();
    const database = await openDatabase({ dataDir: '', databaseUrl, logger });
    const child = start('work', '', databaseUrl);
    await child.said('working');
    const queue = await createQueue(database, { concurrency: 1, logger });
    await queue.enqueue(reviewJob(), 'k');
    await child.said('two 1');
    const finished = finishInThisProcess(database);
    await child.kill();
    expect(await finished).toEqual({ attempt: 2, one: 'done by attempt 1' });
    await untilCompleted(database);
    await database.close();
  });
});

describe('several processes on PostgreSQL', { timeout: LIMIT_MS }, () => {
  test('a job is aborted in the process that runs it when another cancels it', async (context) => {
    if ('skip' in postgres) return context.skip(postgres.skip);
    const databaseUrl = await postgres.createDatabase();
    const database = await openDatabase({ dataDir: '', databaseUrl, logger });
    const child = start('work', '', databaseUrl);
    const queue = await createQueue(database, { concurrency: 1, logger });
    await queue.enqueue(reviewJob({ headSha: 'old' }), 'old');
    await child.said('two 1');
    expect(await queue.cancelRuns(reviewJob(), { exceptHeadSha: 'new' })).toBe(1);
    await child.said('aborted');
    expect(await onlyState(database)).toBe('cancelled');
    await database.close();
  });

  test('four of them start on an empty database at the same time', async (context) => {
    if ('skip' in postgres) return context.skip(postgres.skip);
    const databaseUrl = await postgres.createDatabase();
    const ends = await Promise.all(
      Array.from({ length: 4 }, () => start('open', '', databaseUrl)).map(async (child) => ({
        ...(await child.ended()),
        lines: child.lines(),
      })),
    );
    const expected = { code: 0, stderr: '', lines: ['opened'] };
    expect(ends).toEqual([expected, expected, expected, expected]);
    const database = await openDatabase({ dataDir: '', databaseUrl, logger });
    const [applied] = await database.query(
      'SELECT count(*)::integer AS count, max(version) AS last FROM firsthand.migration',
    );
    expect(Number(applied?.count)).toBeGreaterThan(0);
    expect(applied?.count).toBe(applied?.last);
    await database.close();
  });
});
