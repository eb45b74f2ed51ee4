import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Job } from '../../src/jobs/job.ts';
import type { JobContext } from '../../src/jobs/ports.ts';
import { startBackends } from '../support/backends.ts';
import { commandJob, reviewJob } from '../support/jobs.ts';
import { until, useQueues } from '../support/queue-fixture.ts';

const backends = await startBackends();

describe.each(backends)('the queue on $name', (backend) => {
  const fixture = useQueues(backend);

  test('stores a key once however many deliveries come at the same time, and remembers it', async () => {
    const { here, there, states } = fixture();
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
    const { here } = fixture();
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
    const { here, there } = fixture();
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
    const { here, states } = fixture();
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
    const { here, states } = fixture();
    const commanded = Promise.withResolvers<void>();
    await here.start(async (job) => {
      if (job.kind === 'command') commanded.resolve();
      else await commanded.promise;
    });
    await here.enqueue(reviewJob(), 'run');
    await here.enqueue(commandJob(), 'command');
    await until(async () => (await states()).every((state) => state === 'completed'));
    expect(await states()).toHaveLength(2);
  });

  test('cancels what waits and what is active, except a head commit or a job', async () => {
    const { here, messages, jobRows, states } = fixture();
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
    const { here, there, states } = fixture();
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
    const { here, states } = fixture();
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

  test('keeps a comment with characters that the database refuses', async () => {
    const { here } = fixture();
    const received = Promise.withResolvers<Job>();
    await here.start(async (job) => received.resolve(job));
    await here.enqueue(commandJob({ body: '/review \0 \uD800 ü' }), 'k');
    expect(await received.promise).toMatchObject({ body: '/review \uFFFD \uFFFD ü' });
  });
});
