import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import type { Prediction } from '../../src/domain/hypothesis.ts';
import { hintsOf, linkReports } from '../../src/life/judge-hypotheses.ts';
import { previewFinding, reviewFinding, reviewReport, verifyReport } from '../support/reports.ts';

const prediction: Prediction = {
  what: 'The total in the cart goes below zero.',
  pages: ['cart'],
  controls: ['Coupon code', 'Total'],
  symptom: 'wrong-value',
};

function predicting(change: Partial<Prediction> = {}): Finding {
  return reviewFinding({
    id: 'aaaaaaaaaaaa',
    body: 'It subtracts twice.',
    inProduct: { ...prediction, ...change },
  });
}

function seen(change: Partial<Finding> = {}): Finding {
  return previewFinding({
    id: 'bbbbbbbbbbbb',
    source: 'firsthand/number-changed',
    title: 'The total is −$4.00 instead of $16.00',
    url: 'https://preview.example.com/cart',
    steps: [{ goto: '/cart' }, { fill: { field: 'Coupon code', value: 'SAVE20' } }],
    witness: 'witness-1.spec.ts',
    ...change,
  });
}

const link = (finding: Finding, ...findings: readonly Finding[]) =>
  linkReports({
    review: reviewReport({ findings: [finding] }),
    preview: verifyReport({ findings: [...findings] }),
  });

describe('linkReports', () => {
  it('calls a prediction reproduced by what shows the same symptom at the same place, and links both', () => {
    const { review, preview } = link(
      predicting(),
      seen({ id: 'cccccccccccc', url: 'https://x.example/help', title: 'Other', steps: [] }),
      seen(),
    );
    expect(review.findings[0]?.inProduct?.outcome).toEqual({
      kind: 'reproduced',
      by: 'bbbbbbbbbbbb',
      title: 'The total is −$4.00 instead of $16.00',
      witness: 'witness-1.spec.ts',
    });
    expect(review.findings[0]?.body).toMatch(
      /^It subtracts twice\.\n\n.*below zero\. \*\*Reproduced\*\* in the preview/,
    );
    expect(preview.findings.map(({ predictedBy }) => predictedBy)).toEqual([undefined, ['aaaaaaaaaaaa']]);
  });

  it.each<[string, Partial<Prediction>, Partial<Finding>]>([
    ['another symptom', {}, { source: 'firsthand/broken-image' }],
    ['another place', { pages: ['orders'], controls: ['Export'] }, {}],
    [
      'words that every page has',
      { pages: ['page'], controls: ['Button'] },
      { title: 'The button of the page' },
    ],
    ['a symptom that says nothing', { symptom: 'other' }, {}],
  ])('does not take %s for it', (_, change, other) => {
    const { review, preview } = link(predicting(change), seen(other));
    expect(review.findings[0]?.inProduct?.outcome).toEqual({
      kind: 'not-reproduced',
      actions: preview.coverage.actions,
    });
    expect(review.findings[0]?.body).toContain(`Not reproduced in ${preview.coverage.actions} actions`);
    expect(preview.findings[0]?.predictedBy).toBeUndefined();
  });

  it('changes nothing the second time, and takes back what a later preview does not show', () => {
    const once = link(predicting(), seen());
    expect(linkReports(once)).toEqual(once);
    const later = linkReports({ ...once, preview: verifyReport({ findings: [] }) });
    expect(later.review.findings[0]?.inProduct?.outcome).toMatchObject({ kind: 'not-reproduced' });
    const gone = verifyReport({ findings: [], outcome: { kind: 'no-preview', why: 'no deployment' } });
    const untried = linkReports({ ...once, preview: gone });
    expect(untried.review.findings[0]).toMatchObject({ inProduct: prediction });
    expect(untried.review.findings[0]?.body).toMatch(/\(Predicted; not tried\.\)$/);
  });
});

describe('hintsOf', () => {
  it('names the words of the places that predictions are about', () => {
    const report = reviewReport({ findings: [predicting(), reviewFinding({ id: 'dddddddddddd' })] });
    expect(hintsOf(report)).toEqual([{ words: ['cart', 'coupon', 'code', 'total'] }]);
  });
});
