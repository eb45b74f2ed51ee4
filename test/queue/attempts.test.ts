import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TransientError } from '../../src/domain/errors.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { JobContext } from '../../src/jobs/ports.ts';
import { startBackends } from '../support/backends.ts';
import { reviewJob } from '../support/jobs.ts';
import { until, useQueues } from '../support/queue-fixture.ts';

const backends = await startBackends();

describe.each(backends)('attempts at jobs on $name', (backend) => {
  const fixture = useQueues(backend);

  test('runs a job again after a transient error, with the finished steps remembered', async () => {
    const { here, states } = fixture();
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
    const { here, jobRows, states } = fixture();
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
    const { here, jobRows, states } = fixture();
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
    const { database, here, states } = fixture();
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

  test('has somebody told of a run that died too often, and then lets its pull request go on', async () => {
    const { database, here, jobRows, states } = fixture();
    await here.enqueue(reviewJob(), 'k');
    await here.enqueue(reviewJob({ headSha: 'next' }), 'next');
    // As pg-boss leaves a job whose worker died on its last attempt.
    await database.query(
      `UPDATE pgboss.job SET state = 'failed', completed_on = now(), retry_count = 10
       WHERE data ->> 'headSha' <> 'next'`,
    );
    const dead = (await jobRows())[0]?.id;
    const done: unknown[] = [];
    await here.start(async (job, context) => {
      done.push([context.id, job]);
    });
    await until(async () => (await states())[1] === 'completed');
    const { trigger: _, ...pull } = reviewJob();
    expect(done).toEqual([
      [dead, { ...pull, kind: 'abandoned', part: 'review' }],
      [expect.any(String), reviewJob({ headSha: 'next' })],
    ]);
  });

  test('lets a pull request go on when the telling died, too', async () => {
    const { database, here, states } = fixture();
    await here.enqueue(reviewJob(), 'k');
    await here.enqueue(reviewJob({ headSha: 'next' }), 'next');
    await database.query(
      `UPDATE pgboss.job SET state = 'failed', data = data || '{"kind": "abandoned"}'
       WHERE data ->> 'headSha' <> 'next'`,
    );
    const done: Job[] = [];
    await here.start(async (job) => {
      done.push(job);
    });
    await until(async () => (await states())[1] === 'completed');
    expect(done).toEqual([reviewJob({ headSha: 'next' })]);
  });

  test('fails a job whose payload it cannot read, and works on', async () => {
    const { database, here, logger, jobRows, states } = fixture();
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

  test('lets active jobs finish when it stops with time enough, and takes no more', async () => {
    const { here, states } = fixture();
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
    const { database, here, there, states } = fixture();
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
    const { database, here, jobRows, states } = fixture();
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
    const { here, messages, states } = fixture();
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
    const { here, jobRows, states } = fixture();
    await here.start(async (_job, context) => {
      await context.step('look', z.map(z.string(), z.string()), async () => new Map());
    });
    await here.enqueue(reviewJob(), 'k');
    await until(async () => (await states())[0] === 'failed');
    expect((await jobRows())[0]?.message).toContain('step look does not survive JSON');
  });
});
