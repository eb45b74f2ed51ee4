import { describe, expect, it } from 'vitest';
import { TransientError } from '../../src/domain/errors.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aReviewJob, aVerifyJob, createJobBench, type JobBench, jobContext } from '../support/job-bench.ts';
import { BASE, HEAD, previewFinding, reviewFinding, reviewReport, verifyReport } from '../support/reports.ts';

const NAME = 'Firsthand: preview';
const PREVIEW = 'https://pr-42.vercel.example/';

function deploy(bench: JobBench, changes: Partial<JobBench['github']['deployments'][number]> = {}): void {
  bench.github.deployments.push({
    sha: HEAD,
    environment: 'Preview',
    url: PREVIEW,
    createdAt: '2026-11-22T09:00:00Z',
    ...changes,
  });
}

describe('a verify job', () => {
  it('opens the newest deployment of the head beside that of the merge base', async () => {
    const bench = createJobBench();
    deploy(bench);
    deploy(bench, { url: 'https://older.vercel.example/' });
    deploy(bench, { sha: BASE, url: 'https://base.vercel.example/', environment: 'Production' });
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(bench.verifyRequests[0]).toMatchObject({
      head: PREVIEW,
      base: 'https://base.vercel.example/',
      baseReason: 'deployment of the merge base b0b1b2b (Production, 3 hours old)',
      changedPaths: ['src/cart.ts'],
      credentials: { kind: 'allowed' },
    });
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
    expect(bench.summary()).toContain('(deployment of the merge base b0b1b2b (Production, 3 hours old))');
  });

  it('falls back to the base branch, and takes a configured base before both', async () => {
    const bench = createJobBench();
    deploy(bench);
    deploy(bench, {
      sha: 'd'.repeat(40),
      ref: 'main',
      url: 'https://main.vercel.example/',
      createdAt: '2026-11-19T12:00:00Z',
    });
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    bench.github.config = 'preview: { base: "https://staging.example.dev" }';
    await handleJob(aVerifyJob(), jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.verifyRequests.map(({ base, baseReason }) => [base, baseReason])).toEqual([
      ['https://main.vercel.example/', 'newest deployment of main: ddddddd (Preview, 3 days old)'],
      ['https://staging.example.dev/', 'preview.base of the configuration'],
    ]);
  });

  it('does not compare a preview with itself', async () => {
    const bench = createJobBench();
    deploy(bench);
    deploy(bench, { sha: BASE });
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(bench.verifyRequests[0]?.base).toBeUndefined();
    expect(bench.verifyRequests[0]?.baseReason).toContain('nothing to compare with');
  });

  it('fills in the configured template when no deployment is known', async () => {
    const bench = createJobBench();
    bench.github.config = 'preview: { url: "https://{branch}-{number}.example.dev/{sha}" }';
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(bench.verifyRequests[0]?.head).toBe(`https://feature-coupons-42.example.dev/${HEAD}`);
  });

  it('says honestly that there is no preview, and is not green', async () => {
    const bench = createJobBench();
    await handleJob(aVerifyJob({ trigger: 'command' }), jobContext(), bench.ports);
    expect(bench.verifyRequests).toEqual([]);
    expect(bench.check(NAME)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    expect(bench.check(NAME).title).toContain('GitHub knows of no successful deployment of a1b2c3d');
    expect(bench.summary()).toMatch(/^### Preview not verified\n/);

    const waiting = createJobBench();
    await handleJob(aVerifyJob(), jobContext(), waiting.ports);
    expect(waiting.check(NAME).title).toContain('waiting for a deployment of a1b2c3d');
  });

  it('does not try a deployment again that the run for the push found before its webhook', async () => {
    const bench = createJobBench();
    deploy(bench);
    await handleJob(aVerifyJob({ trigger: 'push' }), jobContext(), bench.ports);
    await handleJob(
      aVerifyJob({ trigger: 'deployment', url: PREVIEW }),
      jobContext({ id: 'run-2' }),
      bench.ports,
    );
    expect(bench.verifyRequests).toHaveLength(1);

    const elsewhere = 'https://admin-42.vercel.example/';
    await handleJob(
      aVerifyJob({ trigger: 'deployment', url: elsewhere }),
      jobContext({ id: 'run-3' }),
      bench.ports,
    );
    await handleJob(aVerifyJob({ trigger: 'command' }), jobContext({ id: 'run-4' }), bench.ports);
    expect(bench.verifyRequests.map(({ head }) => head)).toEqual([PREVIEW, elsewhere, PREVIEW]);
  });

  it.each([
    ['again when it was deployed anew', '2026-11-22T10:30:00Z', 2],
    ['not again when the run began after it was deployed', '2026-11-22T09:30:00Z', 1],
  ])('tries a deployment %s', async (_, deployedAt, times) => {
    const bench = createJobBench();
    deploy(bench);
    bench.verify = async () => verifyReport({ startedAt: '2026-11-22T10:00:00.000Z' });
    await handleJob(aVerifyJob({ trigger: 'push' }), jobContext(), bench.ports);
    const job = aVerifyJob({ trigger: 'deployment', url: PREVIEW, deployedAt });
    await handleJob(job, jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.verifyRequests).toHaveLength(times);
  });

  it('tries a deployment again that was not ready', async () => {
    const bench = createJobBench();
    deploy(bench);
    const outcome = { kind: 'preview-not-ready', why: 'it answered 503' } as const;
    bench.verify = async () => verifyReport({ outcome, startedAt: '2026-11-22T10:00:00.000Z' });
    await handleJob(aVerifyJob({ trigger: 'push' }), jobContext(), bench.ports);
    const job = aVerifyJob({ trigger: 'deployment', url: PREVIEW, deployedAt: '2026-11-22T09:30:00Z' });
    await handleJob(job, jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.verifyRequests).toHaveLength(2);
  });

  it.each([
    ['push', 0],
    ['deployment', 0],
    ['command', 1],
    ['rerun', 1],
  ] as const)('tries the preview of a draft only when somebody asks: %s', async (trigger, times) => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, isDraft: true };
    deploy(bench);
    await handleJob(aVerifyJob({ trigger }), jobContext(), bench.ports);
    expect(bench.verifyRequests).toHaveLength(times);
    expect(bench.github.comments).toHaveLength(times);
    expect(bench.github.checks.size).toBe(times);
  });

  it('keeps an earlier verification of the same head when a push finds no preview', async () => {
    const bench = createJobBench();
    await handleJob(aVerifyJob({ trigger: 'deployment', url: PREVIEW }), jobContext(), bench.ports);
    const before = bench.summary();
    await handleJob(aVerifyJob(), jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.summary()).toBe(before);
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
    expect(bench.github.checks.size).toBe(1);
  });

  it('withholds the test account from a fork until somebody with write access asks', async () => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, isFromFork: true };
    deploy(bench);
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    await handleJob(
      aVerifyJob({ trigger: 'command', isAuthorised: true }),
      jobContext({ id: 'run-2' }),
      bench.ports,
    );
    expect(bench.verifyRequests.map((request) => request.credentials.kind)).toEqual(['withheld', 'allowed']);
  });

  it('withholds the test account from an address that nobody vouches for', async () => {
    const bench = createJobBench();
    bench.github.config = 'preview: { origins: ["https://*.example.dev"] }';
    deploy(bench);
    const asked = [
      'https://evil.example/',
      'https://a.example.dev/x',
      `${PREVIEW}deep`,
      'https://example.dev.evil.example/',
      'http://a.example.dev/',
    ];
    for (const [index, url] of asked.entries()) {
      const job = aVerifyJob({ trigger: 'command', isAuthorised: true, url });
      await handleJob(job, jobContext({ id: `run-${index}` }), bench.ports);
    }
    expect(bench.verifyRequests.map((request) => request.credentials.kind)).toEqual([
      'withheld',
      'allowed',
      'allowed',
      'withheld',
      'withheld',
    ]);
  });

  it('refuses an address that is not http(s), and says so', async () => {
    const bench = createJobBench();
    await handleJob(aVerifyJob({ trigger: 'command', url: 'file:///etc/passwd' }), jobContext(), bench.ports);
    expect(bench.verifyRequests).toEqual([]);
    expect(bench.summary()).toContain('is no http(s) address');
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'neutral' });
  });

  it('stores the pictures and shows them also when the review writes the summary later', async () => {
    const bench = createJobBench();
    deploy(bench);
    bench.store.files.set('run-1/c0ffee/actual.png', new Uint8Array([1]));
    bench.verify = async () =>
      verifyReport({ findings: [previewFinding({ screenshots: { actual: 'c0ffee/actual.png' } })] });
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    bench.review = async () => reviewReport({ findings: [reviewFinding()] });
    await handleJob(aReviewJob(), jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.summary()).toMatch(/^### 1 critical, 1 medium\n/);
    expect(bench.summary()).toContain('<img src="https://pictures.example/run-1/c0ffee-actual.png"');
    expect(bench.github.comments).toHaveLength(1);
  });

  it('goes on without pictures when they cannot be stored', async () => {
    const bench = createJobBench();
    deploy(bench);
    bench.store.files.set('run-1/actual.png', new Uint8Array([1]));
    bench.github.failures.set('storePictures', [new TransientError('502')]);
    bench.verify = async () =>
      verifyReport({ findings: [previewFinding({ screenshots: { actual: 'actual.png' } })] });
    await handleJob(aVerifyJob(), jobContext(), bench.ports);
    expect(bench.summary()).toContain('The pictures could not be stored');
    expect(bench.check(NAME)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
  });

  it('drives the browser once, however often the publishing is tried', async () => {
    const bench = createJobBench();
    deploy(bench);
    const context = jobContext();
    bench.github.failures.set('listOwnComments', []);
    bench.verify = async () => {
      bench.github.failures.set('updateComment', [new TransientError('502'), new TransientError('502')]);
      return verifyReport();
    };
    await expect(handleJob(aVerifyJob(), context, bench.ports)).rejects.toThrow(TransientError);
    await handleJob(aVerifyJob(), { ...context, attempt: 2 }, bench.ports);
    expect(bench.verifyRequests).toHaveLength(1);
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
  });
});
