import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TransientError } from '../../src/domain/errors.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { JobContext, JobQueue, JobWorker } from '../../src/jobs/ports.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import type { Database, Row } from '../../src/storage/ports.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { commandJob, reviewJob } from '../support/jobs.ts';
import { startPostgres } from '../support/postgres.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const postgres = await startPostgres();
const skipped = 'skip' in postgres ? postgres.skip : undefined;
afterAll(async () => {
  if (!('skip' in postgres)) await postgres.stop();
});

const backends = [
  { name: 'the embedded database', url: async () => undefined, skip: false },
  {
    name: skipped ?? 'PostgreSQL',
    url: async () => ('skip' in postgres ? undefined : postgres.createDatabase()),
    skip: skipped !== undefined,
  },
];

type Queue = JobQueue & JobWorker;

/** Waits for something that another part of the program brings about. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10);
}

describe.each(backends)('the queue on $name', ({ url, skip }) => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  const logger = createSilentLogger();
  const messages = (level: string): readonly string[] =>
    logger.lines.filter((line) => line.level === level).map(({ message }) => message);
  let database: Database;
  /** Two machines: on PostgreSQL they share nothing but the server. */
  let here: Queue;
  let there: Queue;

  beforeAll(async () => {
    if (skip) return;
    folder = await makeDataFolder();
    const databaseUrl = await url();
    database = await openDatabase({
      dataDir: folder.path,
      logger,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    });
    here = await createQueue(database, { concurrency: 3, logger });
    there = await createQueue(database, { concurrency: 3, logger });
  });
  afterAll(async () => {
    if (skip) return;
    await database.close();
    folder.remove();
  });
  beforeEach((context) => {
    if (skip) context.skip(skipped);
  });
  afterEach(async () => {
    if (skip) return;
    await Promise.all([here.stop(0), there.stop(0)]);
    await database.script('DELETE FROM pgboss.job; DELETE FROM firsthand.step;');
  });

  const jobRows = (): Promise<readonly Row[]> =>
    database.query(
      `SELECT id::text AS id, state::text AS state, retry_count::integer AS retries,
         extract(epoch FROM start_after - now())::float8 AS due, output ->> 'message' AS message
       FROM pgboss.job WHERE name IN ('runs', 'events') ORDER BY created_on`,
    );
  const states = async (): Promise<readonly unknown[]> => (await jobRows()).map((row) => row.state);

  test('stores a key once however many deliveries come at the same time, and remembers it', async () => {
    let runs = 0;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? here : there).enqueue(reviewJob(), 'the same delivery'),
      ),
    );
    expect(results.filter((result) => result === 'enqueued')).toHaveLength(1);
    expect(results.filter((result) => result === 'duplicate')).toHaveLength(19);
    await here.start(async () => {
      runs += 1;
    });
    await until(async () => (await states()).every((state) => state === 'completed'));
    expect(await here.enqueue(reviewJob(), 'the same delivery')).toBe('duplicate');
    expect(await here.enqueue(reviewJob(), 'another delivery')).toBe('enqueued');
    await until(async () => (await states()).every((state) => state === 'completed'));
    expect(runs).toBe(2);
  });

  test('hands over exactly the job, on its first attempt', async () => {
    const given = Promise.withResolvers<{ job: Job; context: JobContext; isAborted: boolean }>();
    const job = reviewJob({ trigger: 'rerun' });
    await here.start(async (received, context) =>
      given.resolve({ job: received, context, isAborted: context.signal.aborted }),
    );
    await here.enqueue(job, 'k');
    const { job: received, context, isAborted } = await given.promise;
    expect(received).toEqual(job);
    expect(context).toMatchObject({ attempt: 1, isLastAttempt: false });
    expect(isAborted).toBe(false);
    expect(context.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('runs the jobs of one pull request one at a time, in order, on several machines', async () => {
    const order: string[] = [];
    let active = 0;
    let overlaps = 0;
    const handler = async (job: Job, context: JobContext): Promise<void> => {
      active += 1;
      if (active > 1) overlaps += 1;
      await context.step('look', z.number(), async () => 1);
      order.push('headSha' in job ? job.headSha : '');
      active -= 1;
    };
    const shas = Array.from({ length: 12 }, (_, index) => `commit-${String(index).padStart(2, '0')}`);
    for (const [index, headSha] of shas.entries()) {
      // GitHub may spell the same repository in another way.
      await here.enqueue(reviewJob({ headSha, ...(index % 2 === 0 ? { owner: 'ACME' } : {}) }), headSha);
    }
    await Promise.all([here.start(handler), there.start(handler)]);
    await until(() => order.length === shas.length);
    expect(order).toEqual(shas);
    expect(overlaps).toBe(0);
  });

  test('runs different pull requests beside each other, also past a queue of waiting ones', async () => {
    const all = Promise.withResolvers<void>();
    let started = 0;
    // Ends only when three pull requests are under way at once.
    const handler = async (): Promise<void> => {
      started += 1;
      if (started === 3) all.resolve();
      await all.promise;
    };
    for (const number of [1, 1, 1, 1, 2, 3]) {
      await here.enqueue(reviewJob({ number }), `${number} ${Math.random()}`);
    }
    await here.start(handler);
    await all.promise;
    await until(async () => (await states()).every((state) => state === 'completed'));
    expect(started).toBe(6);
  });

  test('runs quick jobs beside the run of the same pull request', async () => {
    const commanded = Promise.withResolvers<void>();
    await here.start(async (job) => {
      if (job.kind === 'command') commanded.resolve();
      else await commanded.promise;
    });
    await here.enqueue(reviewJob(), 'run');
    await here.enqueue(commandJob(), 'command');
    await until(async () => (await states()).every((state) => state === 'completed'));
  });

  test('cancels what waits and what is active, except a head commit or a job', async () => {
    const aborted: string[] = [];
    const started = Promise.withResolvers<void>();
    await here.start(async (job, context) => {
      const sha = 'headSha' in job ? job.headSha : '';
      if (sha !== 'old') return;
      started.resolve();
      await new Promise((_resolve, reject) => {
        context.signal.addEventListener('abort', () => {
          aborted.push(sha);
          reject(context.signal.reason);
        });
      });
    });
    await here.enqueue(reviewJob({ headSha: 'old' }), 'old');
    await started.promise;
    await here.enqueue(reviewJob({ headSha: 'waiting' }), 'waiting');
    await here.enqueue(reviewJob({ headSha: 'new' }), 'new');
    await here.enqueue(reviewJob({ headSha: 'old', number: 2 }), 'another pull request');
    const errorsBefore = messages('error').length;
    const pull = { owner: 'acme', repo: 'shop', number: 1 };
    expect(await here.cancelRuns(pull, { exceptHeadSha: 'new' })).toBe(2);
    await until(async () => (await states())[2] === 'completed');
    expect(aborted).toEqual(['old']);
    expect((await states()).slice(0, 3)).toEqual(['cancelled', 'cancelled', 'completed']);
    expect(await here.cancelRuns(pull)).toBe(0);
    expect(messages('error')).toHaveLength(errorsBefore);

    const other = { ...pull, number: 2 };
    const [, , , row] = await jobRows();
    expect(await here.cancelRuns(other, { exceptId: String(row?.id) })).toBe(0);
    expect(await here.cancelRuns(other)).toBe(1);
  });

  test('aborts an active job that another machine cancels', async () => {
    const started = Promise.withResolvers<JobContext>();
    await here.start(async (_job, context) => {
      started.resolve(context);
      await new Promise((_resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason));
      });
    });
    await there.enqueue(reviewJob(), 'k');
    const { signal } = await started.promise;
    expect(await there.cancelRuns(reviewJob())).toBe(1);
    await until(() => signal.aborted);
    expect(await states()).toEqual(['cancelled']);
  });

  test('lets a new run wait until the cancelled one before it has wound down', async () => {
    const events: string[] = [];
    const started = Promise.withResolvers<void>();
    const windDown = Promise.withResolvers<void>();
    await here.start(async (job) => {
      const sha = 'headSha' in job ? job.headSha : '';
      events.push(`${sha} begins`);
      if (sha === 'old') {
        started.resolve();
        await windDown.promise;
      }
      events.push(`${sha} ends`);
    });
    await here.enqueue(reviewJob({ headSha: 'old' }), 'old');
    await started.promise;
    await here.enqueue(reviewJob({ headSha: 'new' }), 'new');
    await here.cancelRuns(reviewJob(), { exceptHeadSha: 'new' });
    await until(async () => (await states())[1] === 'active');
    windDown.resolve();
    await until(async () => (await states())[1] === 'completed');
    expect(events).toEqual(['old begins', 'old ends', 'new begins', 'new ends']);
  });

  test('runs a job again after a transient error, with the finished steps remembered', async () => {
    const attempts: number[] = [];
    let work = 0;
    await here.start(async (_job, context) => {
      attempts.push(context.attempt);
      const result = await context.step('fetch', z.strictObject({ n: z.number() }), async () => {
        work += 1;
        return { n: work };
      });
      expect(result).toEqual({ n: 1 });
      if (context.attempt === 1) throw new TransientError('a 502');
    });
    await here.enqueue(reviewJob(), 'k');
    await until(async () => (await states())[0] === 'completed');
    expect(attempts).toEqual([1, 2]);
    expect(work).toBe(1);
  });

  test('waits as long as the other side asked before it tries again', async () => {
    await here.start(async () => {
      throw new TransientError('rate limit', { retryAfterMs: 30 * 60 * 1000 });
    });
    await here.enqueue(reviewJob(), 'k');
    await until(async () => (await states())[0] === 'retry');
    const [row] = await jobRows();
    expect(Number(row?.due)).toBeGreaterThan(29 * 60);
    expect(Number(row?.due)).toBeLessThanOrEqual(30 * 60);
    expect(row?.message).toBe('TransientError: rate limit');
  });

  test('ends a job at once on any other error, and the next of the pull request runs', async () => {
    const attempts: string[] = [];
    await here.start(async (job, context) => {
      const sha = 'headSha' in job ? job.headSha : '';
      attempts.push(`${sha} ${context.attempt}`);
      if (sha === 'bad') throw new Error('a bug \0 of ours');
    });
    await here.enqueue(reviewJob({ headSha: 'bad' }), 'bad');
    await here.enqueue(reviewJob({ headSha: 'good' }), 'good');
    await until(async () => (await states())[1] === 'completed');
    expect(attempts).toEqual(['bad 1', 'good 1']);
    expect(await jobRows()).toMatchObject([
      { state: 'failed', message: 'Error: a bug \uFFFD of ours' },
      { state: 'completed' },
    ]);
    expect(await here.enqueue(reviewJob({ headSha: 'bad' }), 'bad')).toBe('duplicate');
  });

  test('ends a job whose last attempt had a transient error', async () => {
    const last: boolean[] = [];
    await here.enqueue(reviewJob(), 'k');
    await here.enqueue(reviewJob({ headSha: 'next' }), 'next');
    await database.query("UPDATE pgboss.job SET retry_limit = 0 WHERE data ->> 'headSha' <> 'next'");
    await here.start(async (job, context) => {
      if ('headSha' in job && job.headSha === 'next') return;
      last.push(context.isLastAttempt);
      throw new TransientError('a 502');
    });
    await until(async () => (await states())[1] === 'completed');
    expect(last).toEqual([true]);
    expect((await states())[0]).toBe('failed');
  });

  test('lets a pull request go on whose job died too often', async () => {
    await here.enqueue(reviewJob(), 'k');
    await here.enqueue(reviewJob({ headSha: 'next' }), 'next');
    // As pg-boss leaves a job whose worker died on its last attempt.
    await database.query(
      "UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE data ->> 'headSha' <> 'next'",
    );
    const done: unknown[] = [];
    await here.start(async (job) => {
      done.push(job);
    });
    await until(async () => (await states())[1] === 'completed');
    expect(done).toHaveLength(1);
  });

  test('fails a job whose payload it cannot read, and works on', async () => {
    await here.enqueue(reviewJob({ headSha: 'bad' }), 'bad');
    await here.enqueue(reviewJob({ headSha: 'good' }), 'good');
    await database.query(
      `UPDATE pgboss.job SET data = '{"kind":"teleport","headSha":"bad"}' WHERE data ->> 'headSha' = 'bad'`,
    );
    const seen: Job[] = [];
    await here.start(async (job) => {
      seen.push(job);
    });
    await until(async () => (await states())[1] === 'completed');
    expect(seen).toMatchObject([{ headSha: 'good' }]);
    expect(await jobRows()).toMatchObject([
      { state: 'failed', message: expect.stringContaining('payload') },
      { state: 'completed' },
    ]);
    expect(logger.lines.findLast(({ level }) => level === 'error')).toMatchObject({
      message: 'a job has failed',
      fields: { queue: 'runs', pull: 'acme/shop#1' },
    });
  });

  test('keeps a comment with characters that the database refuses', async () => {
    const received = Promise.withResolvers<Job>();
    await here.start(async (job) => received.resolve(job));
    await here.enqueue(commandJob({ body: '/review \0 \uD800 ü' }), 'k');
    expect(await received.promise).toMatchObject({ body: '/review \uFFFD \uFFFD ü' });
  });

  test('lets active jobs finish when it stops with time enough, and takes no more', async () => {
    const finish = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    await here.start(async () => {
      started.resolve();
      await finish.promise;
    });
    await here.enqueue(reviewJob(), 'one');
    await started.promise;
    const stopping = here.stop(60_000);
    await here.enqueue(reviewJob({ number: 2 }), 'two');
    finish.resolve();
    await stopping;
    // A fetch that was under way may have claimed the second one; it is given back.
    expect(await states()).toEqual(['completed', expect.stringMatching(/^(created|retry)$/)]);
  });

  test('gives back what does not finish in time, and another machine goes on with it', async () => {
    const started = Promise.withResolvers<void>();
    let firstStep = 0;
    const seen: number[] = [];
    const stepOne = (context: JobContext): Promise<void> =>
      context.step('one', z.undefined(), async () => {
        firstStep += 1;
        return undefined;
      });
    await here.start(async (_job, context) => {
      await stepOne(context);
      started.resolve();
      await new Promise((_resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason));
      });
    });
    await here.enqueue(reviewJob(), 'k');
    await started.promise;
    await there.start(async (_job, context) => {
      seen.push(context.attempt);
      await stepOne(context);
    });
    await here.stop(0);
    await until(async () => (await states())[0] === 'completed');
    expect(seen).toEqual([2]);
    expect(firstStep).toBe(1);
    const [row] = await database.query('SELECT retry_limit::integer AS retry_limit FROM pgboss.job');
    expect(row?.retry_limit).toBe(11);
  });

  test('does not let an attempt that lost its job end the newer one', async () => {
    const release = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const firstEnded = Promise.withResolvers<void>();
    await here.start(async (_job, context) => {
      if (context.attempt > 1) return second.promise;
      await release.promise;
      firstEnded.resolve();
    });
    await here.enqueue(reviewJob(), 'k');
    await until(async () => (await states())[0] === 'active');
    // As the supervisor does when the heartbeat stays away.
    await database.query("UPDATE pgboss.job SET state = 'retry', start_after = now()");
    await until(async () => Number((await jobRows())[0]?.retries) === 1);
    release.resolve();
    await firstEnded.promise;
    await here.enqueue(reviewJob({ number: 9 }), 'comes after the end of the first attempt');
    await until(async () => (await states())[1] === 'completed');
    expect((await states())[0]).toBe('active');
    second.resolve();
    await until(async () => (await states())[0] === 'completed');
  });

  test('does a step again whose remembered result has another shape by now', async () => {
    const results: unknown[] = [];
    await here.start(async (_job, context) => {
      if (context.attempt === 1) {
        await context.step('look', z.string(), async () => 'old shape');
        throw new TransientError('again', { retryAfterMs: 0 });
      }
      results.push(await context.step('look', z.number(), async () => 2));
      results.push(await context.step('look', z.number(), async () => 3));
    });
    await here.enqueue(reviewJob(), 'k');
    await until(async () => (await states())[0] === 'completed');
    expect(results).toEqual([2, 2]);
    expect(messages('warn').at(-1)).toContain('step look runs again');
  });

  test('fails a job whose step returns what does not survive JSON', async () => {
    await here.start(async (_job, context) => {
      await context.step('look', z.map(z.string(), z.string()), async () => new Map());
    });
    await here.enqueue(reviewJob(), 'k');
    await until(async () => (await states())[0] === 'failed');
    expect((await jobRows())[0]?.message).toContain('step look does not survive JSON');
  });
});
