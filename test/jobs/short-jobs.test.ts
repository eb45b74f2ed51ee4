import { describe, expect, it } from 'vitest';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aCheckActionJob, createJobBench, jobContext } from '../support/job-bench.ts';
import { HEAD } from '../support/reports.ts';

const pull = { installationId: 7, owner: 'octo', repo: 'shop', number: 42 } as const;

const deployment = {
  kind: 'deployment',
  installationId: 7,
  owner: 'octo',
  repo: 'shop',
  sha: HEAD,
  url: 'https://pr-42.example.dev/',
} as const;

describe('a deployment job', () => {
  it('starts a verification for each pull request with that head, once', async () => {
    const bench = createJobBench();
    bench.github.heads.set(HEAD, [42, 43]);
    await handleJob(deployment, jobContext(), bench.ports);
    await handleJob(deployment, jobContext({ id: 'again' }), bench.ports);
    expect(bench.queue.jobs.map(({ job }) => job)).toMatchObject([
      { kind: 'verify', number: 42, trigger: 'deployment', url: deployment.url, isAuthorised: false },
      { kind: 'verify', number: 43 },
    ]);
  });
});

describe('a sign of a preview', () => {
  const sign = { kind: 'preview-sign', installationId: 7, owner: 'octo', repo: 'shop' } as const;

  it('starts a look for the pull request’s preview, once for each state of the sign', async () => {
    const bench = createJobBench();
    bench.github.heads.set(HEAD, [42]);
    for (const cause of ['status:1', 'status:1', 'status:2']) {
      await handleJob({ ...sign, of: { sha: HEAD }, cause }, jobContext({ id: cause }), bench.ports);
    }
    await handleJob({ ...sign, of: { number: 42 }, cause: 'comment:9:a' }, jobContext(), bench.ports);
    const look = { kind: 'verify', number: 42, headSha: HEAD, trigger: 'deployment', isAuthorised: false };
    expect(bench.queue.jobs.map(({ job }) => job)).toMatchObject([look, look, look]);
    expect(bench.queue.jobs[0]?.job).not.toHaveProperty('url');
  });

  it('starts nothing for a pull request that is closed', async () => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, state: 'closed' };
    await handleJob({ ...sign, of: { number: 42 }, cause: 'comment:9:a' }, jobContext(), bench.ports);
    expect(bench.queue.jobs).toEqual([]);
  });
});

describe('two deployments of one commit to one address', () => {
  it('start a verification each', async () => {
    const bench = createJobBench();
    bench.github.heads.set(HEAD, [42]);
    const deployedAt = '2026-11-22T11:00:00Z';
    await handleJob({ ...deployment, statusId: 1 }, jobContext(), bench.ports);
    await handleJob({ ...deployment, statusId: 2, deployedAt }, jobContext({ id: 'second' }), bench.ports);
    expect(bench.queue.jobs.map(({ job }) => job)).toMatchObject([{ kind: 'verify' }, { deployedAt }]);
  });
});

describe('a check-action job', () => {
  it('runs again what was asked for, once for each press', async () => {
    const bench = createJobBench();
    await handleJob(aCheckActionJob(), jobContext({ id: 'press-1' }), bench.ports);
    await handleJob(aCheckActionJob(), jobContext({ id: 'press-1', attempt: 2 }), bench.ports);
    await handleJob(aCheckActionJob({ check: 'preview' }), jobContext({ id: 'press-2' }), bench.ports);
    expect(bench.queue.jobs.map(({ job }) => job.kind)).toEqual(['review', 'verify', 'verify']);
  });

  it('lets no fork’s preview have the test account', async () => {
    const bench = createJobBench();
    await handleJob(aCheckActionJob(), jobContext({ id: 'all' }), bench.ports);
    await handleJob(aCheckActionJob({ check: 'preview' }), jobContext({ id: 'preview' }), bench.ports);
    const runs = bench.queue.jobs.map(({ job }) => job).filter((job) => job.kind === 'verify');
    expect(runs.map((job) => job.isAuthorised)).toEqual([false, false]);
  });

  it('finds a fork’s pull request by its head, and leaves one alone whose head moved on', async () => {
    const bench = createJobBench();
    bench.github.heads.set(HEAD, [42]);
    await handleJob(aCheckActionJob({ pulls: [] }), jobContext(), bench.ports);
    expect(bench.queue.jobs).toHaveLength(2);
    bench.github.pull = { ...bench.github.pull, headSha: 'c'.repeat(40) };
    await handleJob(aCheckActionJob(), jobContext({ id: 'late' }), bench.ports);
    expect(bench.queue.jobs).toHaveLength(2);
  });

  it('does nothing for people without write access', async () => {
    const bench = createJobBench();
    for (const action of ['rerun', 'cancel'] as const) {
      await handleJob(aCheckActionJob({ sender: 'stranger', action }), jobContext(), bench.ports);
    }
    expect(bench.queue.jobs).toEqual([]);
    expect(bench.queue.cancellations).toEqual([]);
    expect(bench.logger.lines.filter((line) => line.level === 'warn')).toHaveLength(2);
  });

  it('cancels', async () => {
    const bench = createJobBench();
    await handleJob(aCheckActionJob({ action: 'cancel' }), jobContext(), bench.ports);
    expect(bench.queue.cancellations).toHaveLength(1);
  });
});

describe('a superseded job', () => {
  const superseded = { ...pull, kind: 'superseded', headSha: HEAD, before: 'b'.repeat(40) } as const;

  it('ends the runs of other heads when its commit is the head', async () => {
    const bench = createJobBench();
    await handleJob(superseded, jobContext(), bench.ports);
    expect(bench.queue.cancellations).toEqual([[bench.github.pull, { exceptHeadSha: HEAD }]]);
  });

  it('leaves the runs of the newest head alone when an older push arrives later', async () => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, headSha: 'c'.repeat(40) };
    await handleJob(superseded, jobContext(), bench.ports);
    expect(bench.queue.cancellations).toEqual([]);
  });

  it('ends the check runs of the commit that was replaced', async () => {
    const bench = createJobBench();
    const signal = new AbortController().signal;
    const check = { name: 'Firsthand: review', headSha: superseded.before, externalId: '42/lost' };
    const content = { status: 'in_progress', title: '', summary: '', annotations: [], actions: [] } as const;
    await bench.github.putCheckRun(pull, { ...check, ...content }, signal);
    await handleJob(superseded, jobContext(), bench.ports);
    expect(bench.check(check.name)).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
  });
});

describe('a closed job', () => {
  const closed = { kind: 'closed', ...pull } as const;

  it('ends the runs of a closed pull request, and of no other', async () => {
    const bench = createJobBench();
    await handleJob(closed, jobContext(), bench.ports);
    expect(bench.queue.cancellations).toEqual([]);
    bench.github.pull = { ...bench.github.pull, state: 'closed' };
    await handleJob(closed, jobContext(), bench.ports);
    expect(bench.queue.cancellations).toHaveLength(1);
  });
});
