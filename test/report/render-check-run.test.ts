import { describe, expect, it } from 'vitest';
import { MAX_CHECK_FIELD } from '../../src/report/fit.ts';
import {
  renderEndedCheck,
  renderPreviewCheck,
  renderReviewCheck,
  renderRunningCheck,
} from '../../src/report/render-check-run.ts';
import {
  HEAD,
  manyFindings,
  previewFinding,
  reviewer,
  reviewFinding,
  reviewReport,
  verifyReport,
} from '../support/reports.ts';

const review = (changes: Parameters<typeof reviewReport>[0], inline: readonly string[] = []) =>
  renderReviewCheck(reviewReport(changes), { headSha: HEAD, inline: new Set(inline) });
const preview = (changes: Parameters<typeof verifyReport>[0], witnesses = new Map<string, string>()) =>
  renderPreviewCheck(verifyReport(changes), { headSha: HEAD, witnesses });

describe('renderReviewCheck', () => {
  it('is green only when everything was read and nothing was found', () => {
    expect(review({})).toMatchObject({ conclusion: 'success', title: 'Nothing found: 41 of 41 hunks read' });
  });

  it.each([
    ['findings', { findings: [reviewFinding({ severity: 'critical' })] }],
    ['a failed reviewer', { reviewers: [reviewer(), reviewer({ status: 'failed' as const })] }],
    ['a skipped reviewer', { reviewers: [reviewer(), reviewer({ status: 'skipped' as const })] }],
    ['no reviewer', { reviewers: [] }],
    [
      'nothing to read for a reviewer',
      { reviewers: [reviewer(), reviewer({ hunksRead: 0, hunksTotal: 0 })] },
    ],
    ['unread hunks', { reviewers: [reviewer({ hunksRead: 40 })] }],
    ['a file that was not analysed', { notAnalysed: [{ path: 'a.bin', reason: 'binary' }] }],
  ])('is neutral with %s, and never blocks', (_, changes) => {
    expect(review(changes).conclusion).toBe('neutral');
  });

  it('says that there was nothing to read, and why', () => {
    const idle = (category: 'security' | 'style' | 'logic') =>
      reviewer({ category, hunksRead: 0, hunksTotal: 0 });
    const none = [idle('security'), idle('style'), idle('logic')];
    const reason = 'no reviewer reads .go files; only secrets were looked for';
    const notAnalysed = ['a.go', 'b.go'].map((path) => ({ path, reason }));
    // A diff that only deletes source files looks like this.
    expect(review({ reviewers: none })).toMatchObject({
      conclusion: 'neutral',
      title: 'Nothing to read: the diff adds no line to a file that a reviewer reads',
    });
    expect(review({ reviewers: none, notAnalysed })).toMatchObject({
      conclusion: 'neutral',
      title: `Nothing to read in 2 changed files: ${reason}`,
    });
    const security = reviewer({ category: 'security' });
    expect(review({ reviewers: [security, idle('style'), idle('logic')], notAnalysed })).toMatchObject({
      conclusion: 'neutral',
      title:
        'Nothing found: 41 of 41 hunks read; nothing to read for style and logic; 2 changed files not fully read',
    });
    expect(review({ reviewers: [reviewer({ status: 'skipped' })] }).title).toMatch(/^Not reviewed/);
  });

  it('notes on lines only what is no comment in the diff, and never on the base side', () => {
    const findings = [
      reviewFinding({ id: '000000000001' }),
      reviewFinding({ id: '000000000002', severity: 'high', title: 'Two\nlines' }),
      reviewFinding({
        id: '000000000003',
        location: { path: 'a.ts', side: 'LEFT', startLine: 1, endLine: 1 },
      }),
    ];
    expect(review({ findings }, ['000000000001']).annotations).toEqual([
      {
        path: 'src/cart.ts',
        startLine: 12,
        endLine: 12,
        level: 'failure',
        title: 'high logic: Two lines',
        message: 'The second `a` wins, the first one is never read.',
      },
    ]);
  });

  it('fits a thousand findings and notes the gravest five hundred on their lines', () => {
    const check = review({ findings: manyFindings(1000) });
    expect(check.summary.length).toBeLessThan(MAX_CHECK_FIELD);
    expect(check.text?.length).toBeLessThan(MAX_CHECK_FIELD);
    expect(check.text?.length).toBeGreaterThan(30_000);
    expect(check.annotations).toHaveLength(500);
  });
});

describe('renderPreviewCheck', () => {
  it('is green only when the whole preview was verified', () => {
    expect(preview({})).toMatchObject({ conclusion: 'success' });
    const flow = { name: 'Checkout', viewport: 'desktop', status: 'could-not-run' as const, steps: [] };
    const { base: _, ...withoutBase } = verifyReport();
    for (const check of [
      preview({ findings: [previewFinding()] }),
      preview({ outcome: { kind: 'partly-verified', why: 'out of time' } }),
      preview({ outcome: { kind: 'login-refused', why: 'wrong password' } }),
      preview({ outcome: { kind: 'no-preview', why: 'none' } }),
      preview({ login: { kind: 'could-not-try', why: 'withheld' } }),
      preview({ flows: [flow] }),
      renderPreviewCheck(withoutBase, { headSha: HEAD, witnesses: new Map() }),
    ]) {
      expect(check.conclusion).toBe('neutral');
    }
  });

  it('hands over the tests that reproduce the findings', () => {
    const findings = [previewFinding({ witness: 'tests/c0ffee.spec.ts' })];
    const witnesses = new Map([['tests/c0ffee.spec.ts', "test('total', async () => {});"]]);
    expect(preview({ findings }, witnesses).text).toContain("```ts\ntest('total', async () => {});\n```");
  });
});

describe('the test of a finding', () => {
  it('is said to stand in the check run, and when it is too long for it', () => {
    const findings = [previewFinding({ witness: 'tests/c0ffee.spec.ts' })];
    const text = preview({ findings }, new Map([['tests/c0ffee.spec.ts', 'x'.repeat(20_000)]])).text;
    expect(text).toContain('"witness": "a Playwright test, in the check run “Firsthand: preview”');
    expect(text).not.toContain('tests/c0ffee.spec.ts');
    expect(text).toContain('<code>c0ffee000001</code> is too long to stand here');
  });
});

describe('the buttons of a check run', () => {
  it('keep to GitHub’s lengths', () => {
    const all = [
      ...renderRunningCheck('x').actions,
      ...renderEndedCheck('cancelled', 'x', 'y').actions,
      ...review({}).actions,
    ];
    expect(all.map((action) => action.identifier)).toEqual(['cancel', 'rerun', 'rerun']);
    for (const action of all) {
      expect(action.label.length).toBeLessThanOrEqual(20);
      expect(action.description.length).toBeLessThanOrEqual(40);
      expect(action.identifier.length).toBeLessThanOrEqual(20);
    }
  });
});
