import type { ReviewerReport, ReviewReport } from '../domain/report.ts';
import { count } from './words.ts';

/** `12,345 tokens, $0.04` of all reviewers together, in plain text; says what is not in the sum. */
export function describeCost(report: ReviewReport): string {
  const uses = report.reviewers.flatMap(({ model }) => (model === undefined ? [] : [model]));
  const tokens = report.reviewers.reduce((sum, reviewer) => sum + reviewer.tokens, 0);
  if (uses.length === 0 && tokens === 0) return 'no model was used';
  const cost = report.reviewers.reduce((sum, reviewer) => sum + reviewer.costUsd, 0);
  const unpriced = new Set(uses.flatMap((use) => use.unpriced));
  return [count(tokens, 'token'), describePrice(cost, unpriced)].join(', ');
}

/** `5 requests, 10,000 tokens in (4,000 cached), 800 out, $0.02`, in plain text. */
export function describeModelUse(use: NonNullable<ReviewerReport['model']>): string {
  const cached = use.cachedTokens === 0 ? '' : ` (${use.cachedTokens.toLocaleString('en-US')} cached)`;
  return [
    count(use.calls, 'request'),
    `${count(use.inputTokens, 'token')} in${cached}`,
    `${use.outputTokens.toLocaleString('en-US')} out`,
    describePrice(use.costUsd, new Set(use.unpriced)),
  ].join(', ');
}

/** Small sums keep the digits that tell them from nothing. */
function describePrice(usd: number, unpriced: ReadonlySet<string>): string {
  const names = [...unpriced].join(', ');
  if (usd === 0 && unpriced.size > 0) return `price of ${names} not known`;
  const sum = `$${usd > 0 && usd < 0.1 ? usd.toFixed(4) : usd.toFixed(2)}`;
  return unpriced.size === 0 ? sum : `${sum} and what ${names} costs, whose price is not known`;
}
