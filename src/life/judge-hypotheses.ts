import { describedInProduct } from '../domain/described-in-product.ts';
import type { Finding } from '../domain/finding.ts';
import { describeStep } from '../domain/flow.ts';
import type { Hypothesis, Prediction } from '../domain/hypothesis.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { omit } from '../lib/omit.ts';

/** Which checks of the preview show which symptom, by their names. */
const SHOWN_BY: Readonly<Record<Prediction['symptom'], RegExp>> = {
  error: /exception|error|failed-request|page-broken|page-hangs|empty-page/,
  missing: /missing|empty-page|broken|stale|elsewhere|impossible/,
  'wrong-value': /number|value|text|amount|total|add-up|count|badge|raw|expectation|title/,
  'wrong-order': /order|sort/,
  'wrong-place': /other-page|link-target|elsewhere|title/,
  'cannot-act': /impossible|not-sent|hangs|dead-control|dialog|disabled|missing-element|expectation/,
  'not-kept': /not-stored|value|stale|missing-item|filter|badge|expectation/,
  repeated: /repeated|extra/,
  'looks-wrong': /picture|unreadable|axe|broken-image/,
  other: /^(?!)/,
};
/** Words of places that are everywhere. */
const COMMON: ReadonlySet<string> = new Set(
  'page button link field form list item text view screen site home index the and for with from http https www'.split(
    ' ',
  ),
);

/** What both pipelines found on one head. */
export interface BothReports {
  readonly review: ReviewReport;
  readonly preview: VerifyReport;
}

/**
 * Holds what the review predicts against what the preview showed, and links what belongs together, whichever of the two
 * came first. Applied again, it changes nothing.
 */
export function linkReports({ review, preview }: BothReports): BothReports {
  const findings = review.findings.map((finding) => judge(finding, preview));
  const predictors = new Map<string, string[]>();
  for (const { id, inProduct } of findings) {
    if (inProduct?.outcome?.kind !== 'reproduced') continue;
    const { by } = inProduct.outcome;
    predictors.set(by, [...(predictors.get(by) ?? []), id]);
  }
  const shown = preview.findings.map((finding): Finding => {
    const predictedBy = predictors.get(finding.id);
    return { ...omit(finding, 'predictedBy'), ...(predictedBy === undefined ? {} : { predictedBy }) };
  });
  return { review: { ...review, findings }, preview: { ...preview, findings: shown } };
}

/** What exploration is to look for: words of the places that open predictions are about. */
export function hintsOf({
  findings,
}: Pick<ReviewReport, 'findings'>): readonly { readonly words: readonly string[] }[] {
  return findings.flatMap(({ inProduct }) => {
    const words = inProduct === undefined ? [] : [...placeWords(inProduct)];
    return words.length === 0 ? [] : [{ words }];
  });
}

function judge(finding: Finding, preview: VerifyReport): Finding {
  const { inProduct } = finding;
  if (inProduct === undefined) return finding;
  const outcome = outcomeOf(inProduct, preview);
  const prediction = omit(inProduct, 'outcome');
  return describedInProduct({
    ...finding,
    inProduct: outcome === undefined ? prediction : { ...prediction, outcome },
  });
}

function outcomeOf(prediction: Prediction, preview: VerifyReport): Hypothesis['outcome'] {
  const places = placeWords(prediction);
  const fits = preview.findings
    .filter(({ source }) => SHOWN_BY[prediction.symptom].test(source))
    .map((finding) => ({ finding, shared: countShared(wordsSeen(finding), places) }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared);
  const [best] = fits;
  if (best !== undefined) {
    const { id, title, witness } = best.finding;
    return { kind: 'reproduced', by: id, title, ...(witness === undefined ? {} : { witness }) };
  }
  const wasTried = preview.outcome.kind === 'verified' || preview.outcome.kind === 'partly-verified';
  return wasTried ? { kind: 'not-reproduced', actions: preview.coverage.actions } : undefined;
}

function countShared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((word) => b.has(word)).length;
}

function placeWords({ pages, controls }: Prediction): ReadonlySet<string> {
  return wordsOf([...pages, ...controls].join(' '));
}

function wordsSeen({ url, title, steps = [], expected, actual }: Finding): ReadonlySet<string> {
  const path = URL.parse(url ?? '')?.pathname ?? '';
  return wordsOf([path, title, ...steps.map(describeStep), expected, actual].join(' '));
}

/** Lower-case words, without a plural s, also out of camelCase. */
function wordsOf(text: string): ReadonlySet<string> {
  const words =
    text
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/\p{L}{3,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/s$/, '')).filter((word) => !COMMON.has(word)));
}
