import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { handleJob } from '../../src/jobs/run-job.ts';
import { aReviewJob, aVerifyJob, createJobBench, type JobBench, jobContext } from '../support/job-bench.ts';
import { HEAD, previewFinding, reviewFinding, reviewReport, verifyReport } from '../support/reports.ts';

const predicting: Finding = reviewFinding({
  evidence: 'argued',
  source: 'vllm/scripted',
  title: 'The coupon is taken off twice',
  inProduct: {
    what: 'The total goes below zero.',
    pages: ['cart'],
    controls: ['Apply'],
    symptom: 'wrong-value',
  },
});
const shown = previewFinding({ source: 'firsthand/number-changed', witness: 'total.spec.ts' });

function open(preview: readonly Finding[]): JobBench {
  const bench = createJobBench();
  const url = 'https://pr-42.vercel.example/';
  bench.github.deployments.push({
    sha: HEAD,
    environment: 'Preview',
    url,
    createdAt: '2026-11-22T09:00:00Z',
  });
  bench.review = async () => reviewReport({ findings: [predicting] });
  bench.verify = async () => verifyReport({ findings: [...preview] });
  return bench;
}

const review = (bench: JobBench, id = 'run-1') => handleJob(aReviewJob(), jobContext({ id }), bench.ports);
const verify = (bench: JobBench, id = 'run-2') => handleJob(aVerifyJob(), jobContext({ id }), bench.ports);
const repliesOf = ({ github }: JobBench) =>
  github.threads.flatMap(({ replies }) => replies.map(({ body }) => body));
const stored = async ({ store, github }: JobBench) => await store.reports.load(github.pull, HEAD);

describe('what a review predicts for the product', () => {
  it('is handed to the verification, and said to be reproduced in its thread, once', async () => {
    const bench = open([shown]);
    await review(bench);
    await verify(bench);
    expect(bench.verifyRequests[0]?.hints).toEqual([{ words: ['cart', 'apply'] }]);
    expect(repliesOf(bench)).toEqual([
      expect.stringMatching(
        /^\*\*Reproduced\*\* in the preview: The total is negative.*A test that shows it/,
      ),
    ]);
    const reports = await stored(bench);
    const by = reports.verify?.findings[0]?.id;
    expect(reports.review?.findings[0]?.inProduct?.outcome).toMatchObject({ kind: 'reproduced', by });
    expect(reports.verify?.findings[0]?.predictedBy).toEqual([reports.review?.findings[0]?.id]);
    await verify(bench, 'run-3');
    expect(repliesOf(bench)).toHaveLength(1);
  });

  it('comes back the same when the preview was tried first', async () => {
    const bench = open([shown]);
    await verify(bench);
    expect(bench.verifyRequests[0]?.hints).toBeUndefined();
    await review(bench, 'run-3');
    const reports = await stored(bench);
    expect(reports.review?.findings[0]?.inProduct?.outcome).toMatchObject({ kind: 'reproduced' });
    expect(reports.verify?.findings[0]?.predictedBy).toEqual([reports.review?.findings[0]?.id]);
    expect(bench.github.threads[0]?.body).toContain('Reproduced');
  });

  it('is said not to be reproduced, in how many actions, and nothing is replied', async () => {
    const bench = open([]);
    await review(bench);
    await verify(bench);
    const { review: report } = await stored(bench);
    expect(report?.findings[0]?.body).toMatch(/Not reproduced in \d+ actions on the preview/);
    expect(repliesOf(bench)).toEqual([]);
    expect(bench.summary()).toContain('The coupon is taken off twice');
  });
});
