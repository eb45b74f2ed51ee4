import { describe, expect, it } from 'vitest';
import { TransientError, UserError } from '../../src/domain/errors.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aReviewJob, aVerifyJob, createJobBench, jobContext } from '../support/job-bench.ts';
import { HEAD, reviewer, reviewFinding, reviewReport } from '../support/reports.ts';

const NAME = 'Firsthand: review';
const NEXT_HEAD = 'c'.repeat(40);

const runningCheck = {
  name: NAME,
  headSha: HEAD,
  status: 'in_progress',
  title: 'reading the diff',
  summary: 'reading the diff …',
  annotations: [],
  actions: [],
} as const;

describe('a review job', () => {
  it('posts one review, one summary and a check run, and writes each once on a second attempt', async () => {
    const bench = createJobBench();
    bench.review = async () => reviewReport({ findings: [reviewFinding()] });
    const context = jobContext();
    await handleJob(aReviewJob(), context, bench.ports);
    await handleJob(aReviewJob(), { ...context, attempt: 2 }, bench.ports);
    expect(bench.github.reviews).toHaveLength(1);
    expect(bench.github.comments).toHaveLength(1);
    expect(bench.github.checks.size).toBe(1);
    expect(bench.summary()).toMatch(/^### 1 medium\n/);
    expect(bench.summary()).toContain('1 commented in the diff');
    expect(bench.check(NAME)).toMatchObject({
      status: 'completed',
      conclusion: 'neutral',
      title: '1 medium',
    });
    expect(bench.reviewRequests).toHaveLength(1);
  });

  it('does not post the review twice when it crashed between posting and remembering', async () => {
    const bench = createJobBench();
    bench.review = async () => reviewReport({ findings: [reviewFinding()] });
    const context = jobContext();
    await handleJob(aReviewJob(), context, bench.ports);
    context.steps.delete('post-review');
    context.steps.delete('check');
    await handleJob(aReviewJob(), { ...context, attempt: 2 }, bench.ports);
    expect(bench.github.reviews).toHaveLength(1);
    expect(bench.github.comments).toHaveLength(1);
  });

  it('hands on what the author wrote, for the pass that compares it with the change, and whose limits hold', async () => {
    const bench = createJobBench();
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    const { title, owner, repo } = bench.github.pull;
    expect(bench.reviewRequests).toMatchObject([
      { intent: { title, description: '' }, repository: `${owner}/${repo}`, secrets: [] },
    ]);
  });

  it('hands on the issues that the pull request closes, as far as they can be read', async () => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, description: 'Fixes #12, fixes #13.' };
    bench.github.issues.set(12, { title: 'The total is wrong', description: 'It goes below zero.' });
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.reviewRequests[0]?.intent?.issues).toEqual([
      { number: 12, title: 'The total is wrong', description: 'It goes below zero.' },
    ]);
  });

  it('is green when everything was read and nothing found', async () => {
    const bench = createJobBench();
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'success' });
    expect(bench.github.reviews).toEqual([]);
  });

  it('is never green when a reviewer failed', async () => {
    const bench = createJobBench();
    bench.review = async () =>
      reviewReport({ reviewers: [reviewer(), reviewer({ category: 'security', status: 'failed' })] });
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'neutral' });
    expect(bench.summary()).toContain('The security reviewer failed');
  });

  it('reads the configuration of the base and says that a change takes effect after the merge', async () => {
    const bench = createJobBench();
    bench.github.config = 'review: { reviewers: [security], maxFindings: 3 }';
    bench.github.diff = bench.github.diff.replaceAll('src/cart.ts', '.github/firsthand.yml');
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.reviewRequests[0]?.settings).toMatchObject({ reviewers: ['security'], maxFindings: 3 });
    expect(bench.summary()).toContain('the change takes effect after the merge');
  });

  it('shows a mistake in the configuration as it stands, and is neutral', async () => {
    const bench = createJobBench();
    bench.github.config = 'reviews: {}';
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.summary()).toContain('.github/firsthand.yml:1: reviews: is not a known key');
    expect(bench.check(NAME)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
  });

  it('shows the first of many mistakes within GitHub’s limit', async () => {
    const bench = createJobBench();
    bench.github.config = Array.from({ length: 200 }, (_, index) => `unknown_key_${index}: 1`).join('\n');
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.summary()).toContain('unknown_key_0: is not a known key');
    expect(bench.summary().length).toBeLessThan(65_536);
    await handleJob(aReviewJob(), jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.github.comments).toHaveLength(1);
  });

  it.each([
    ['closed', { state: 'closed' as const }],
    ['moved on', { headSha: NEXT_HEAD }],
  ])('posts nothing when the pull request is %s', async (_, change) => {
    const bench = createJobBench();
    bench.github.pull = { ...bench.github.pull, ...change };
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.github.comments).toEqual([]);
    expect(bench.github.checks.size).toBe(0);
    expect(bench.reviewRequests).toEqual([]);
  });

  it('posts nothing when the head moves on while the diff is read', async () => {
    const bench = createJobBench();
    bench.review = async () => {
      bench.github.pull = { ...bench.github.pull, headSha: NEXT_HEAD };
      return reviewReport({ findings: [reviewFinding()] });
    };
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.github.reviews).toEqual([]);
    expect(bench.check(NAME)).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(bench.summary()).not.toContain('1 medium');
  });

  it('posts nothing when it is aborted, and the next run ends its check run', async () => {
    const bench = createJobBench();
    const controller = new AbortController();
    bench.review = async (signal) => {
      controller.abort(new Error('superseded'));
      throw signal.reason;
    };
    const context = jobContext({ signal: controller.signal });
    await expect(handleJob(aReviewJob(), context, bench.ports)).rejects.toThrow('superseded');
    expect(bench.check(NAME)).toMatchObject({ status: 'in_progress' });

    bench.github.pull = { ...bench.github.pull, headSha: NEXT_HEAD };
    bench.review = async () => reviewReport({ head: NEXT_HEAD });
    await handleJob(aReviewJob({ headSha: NEXT_HEAD }), jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.github.checks.get(`${NAME} ${HEAD} 42/run-1`)).toMatchObject({ conclusion: 'cancelled' });
    expect(bench.github.checks.get(`${NAME} ${NEXT_HEAD} 42/run-2`)).toMatchObject({ conclusion: 'success' });
  });

  it('ends the check run of a run that was cut off before it wrote its summary', async () => {
    const bench = createJobBench();
    const cutOff = { ...runningCheck, externalId: '42/lost' };
    const elsewhere = { ...runningCheck, externalId: '7/of another pull request' };
    for (const check of [cutOff, elsewhere]) {
      await bench.github.putCheckRun(bench.github.pull, check, new AbortController().signal);
    }
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.github.checks.get(`${NAME} ${HEAD} 42/lost`)).toMatchObject({ conclusion: 'cancelled' });
    expect(bench.github.checks.get(`${NAME} ${HEAD} 7/of another pull request`)).toBe(elsewhere);
  });

  it('runs again after trouble that may pass, and tells people only after the last attempt', async () => {
    const bench = createJobBench();
    bench.review = () => Promise.reject(new TransientError('could not reach GitHub', { cause: '502' }));
    await expect(handleJob(aReviewJob(), jobContext(), bench.ports)).rejects.toThrow(TransientError);
    expect(bench.check(NAME)).toMatchObject({ status: 'in_progress' });
    await handleJob(aReviewJob(), jobContext({ attempt: 10, isLastAttempt: true }), bench.ports);
    expect(bench.check(NAME)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    expect(bench.summary()).toContain('could not be done after several attempts: could not reach GitHub');
  });

  it('quotes an id for an error of ours, with no stack and no secret', async () => {
    const bench = createJobBench();
    bench.review = () => Promise.reject(new TypeError('operator-secret is not a function'));
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    expect(bench.check(NAME)).toMatchObject({ conclusion: 'neutral' });
    expect(bench.summary()).toContain('under run-1');
    expect(bench.summary()).not.toMatch(/TypeError|not a function| at /);
    const log = JSON.stringify(bench.logger.lines.filter((line) => line.level === 'error'));
    expect(log).toContain('[redacted] is not a function');
    expect(log).not.toContain('operator-secret');
  });

  it.each([
    ['review', NAME],
    ['preview', 'Firsthand: preview'],
  ] as const)('shows a %s as failed whose process ended on every attempt', async (part, name) => {
    const bench = createJobBench();
    bench.review = () => Promise.reject(new TransientError('the process ends here'));
    await expect(handleJob(aReviewJob(), jobContext(), bench.ports)).rejects.toThrow(TransientError);
    const { kind: _, trigger: __, ...pull } = aReviewJob();
    await handleJob({ ...pull, kind: 'abandoned', part }, jobContext({ attempt: 12 }), bench.ports);
    expect(bench.check(name)).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    expect(bench.summary()).toContain('ended on every attempt; the operator finds it in the log under run-1');
  });

  it('keeps the failure of one part when the other part is written', async () => {
    const bench = createJobBench();
    bench.review = () => Promise.reject(new UserError('the repository has no commits'));
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    await handleJob(aVerifyJob(), jobContext({ id: 'run-2' }), bench.ports);
    expect(bench.summary()).toContain('**failed**: the repository has no commits');
  });

  it('redacts the repository’s secrets wherever they appear', async () => {
    const bench = createJobBench();
    bench.github.config = 'login: { username: { secret: USER }, password: { secret: PASSWORD } }';
    bench.store.secretValues.set('PASSWORD', 'hunter22');
    bench.review = async () =>
      reviewReport({
        findings: [reviewFinding({ title: 'hunter22', body: 'x hunter22', suggestion: 'hunter22' })],
      });
    await handleJob(aReviewJob(), jobContext(), bench.ports);
    const written = JSON.stringify([bench.github.comments, bench.github.reviews, [...bench.github.checks]]);
    expect(written).toContain('[redacted]');
    expect(written).not.toContain('hunter22');
  });
});
