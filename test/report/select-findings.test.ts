import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/report/select-findings.ts';
import {
  BASE,
  previewFinding,
  reviewer,
  reviewFinding,
  reviewReport,
  verifyReport,
} from '../support/reports.ts';

describe('compareRuns', () => {
  const seen = reviewReport({ findings: [reviewFinding()] });
  const gone = (review: ReturnType<typeof reviewReport>) =>
    compareRuns(BASE, { review: seen }, { review }).noLongerSeen.length;

  it('calls a finding gone only when its place was read again', () => {
    expect(gone(reviewReport())).toBe(1);
    expect(gone(reviewReport({ reviewers: [reviewer({ status: 'failed' })] }))).toBe(0);
    expect(gone(reviewReport({ reviewers: [reviewer({ hunksRead: 40 })] }))).toBe(0);
    expect(gone(reviewReport({ notAnalysed: [{ path: 'src/cart.ts', reason: 'parse error' }] }))).toBe(0);
    expect(gone(reviewReport({ notShown: [{ finding: '0123456789ab', reason: 'suppressed' }] }))).toBe(0);
    expect(compareRuns(BASE, { review: seen }, {}).noLongerSeen).toEqual([]);
  });

  it('calls a preview finding gone only when its page was compared or its flows were driven again', () => {
    const page = previewFinding({ id: 'aaaaaaaaaaaa', steps: [{ goto: '/cart' }] });
    const flow = previewFinding();
    const verify = verifyReport({ findings: [page, flow] });
    const ids = (current: ReturnType<typeof verifyReport>) =>
      compareRuns(BASE, { verify }, { verify: current }).noLongerSeen.map((finding) => finding.id);
    expect(ids(verifyReport())).toEqual(['aaaaaaaaaaaa', 'c0ffee000001']);
    const coverage = { ...verifyReport().coverage, pages: ['/'] };
    expect(ids(verifyReport({ coverage }))).toEqual(['c0ffee000001']);
    expect(ids(verifyReport({ flows: [] }))).toEqual(['aaaaaaaaaaaa']);
    expect(ids(verifyReport({ outcome: { kind: 'partly-verified', why: 'out of time' } }))).toEqual([]);
    expect(ids(verifyReport({ preExisting: [page] }))).toEqual(['c0ffee000001']);
  });

  it('knows what is still open', () => {
    expect(compareRuns(BASE, { review: seen }, { review: seen })).toEqual({
      headSha: BASE,
      stillOpen: ['0123456789ab'],
      noLongerSeen: [],
    });
  });
});
