import { describe, expect, it } from 'vitest';
import type { ReviewerReport, ReviewReport } from '../../src/domain/report.ts';
import { describeCost, describeModelUse } from '../../src/report/describe-cost.ts';

const use: NonNullable<ReviewerReport['model']> = {
  names: ['anthropic/claude-haiku-4-5'],
  calls: 3,
  inputTokens: 12_000,
  cachedTokens: 4000,
  outputTokens: 800,
  costUsd: 0.0123,
  unpriced: [],
  pricesAsOf: '2026-11-22',
  hunksRead: 2,
  hunksTotal: 2,
  ms: 900,
};

function reportWith(uses: readonly (Partial<typeof use> | undefined)[]): ReviewReport {
  const reviewers = uses.map((part): ReviewerReport => {
    const model = part === undefined ? undefined : { ...use, ...part };
    return {
      category: 'logic',
      status: 'reviewed',
      engine: 'oxlint 1.0.0',
      findings: 0,
      hunksRead: 2,
      hunksTotal: 2,
      tokens: model === undefined ? 0 : model.inputTokens + model.outputTokens,
      costUsd: model?.costUsd ?? 0,
      ms: 5,
      ...(model === undefined ? {} : { model }),
    };
  });
  return {
    kind: 'review',
    schemaVersion: 1,
    tool: { name: 'firsthand', version: '1.0.0' },
    startedAt: '2026-01-01T00:00:00.000Z',
    ms: 10,
    findings: [],
    base: 'b',
    head: 'h',
    reviewers,
    notShown: [],
    notAnalysed: [],
    sandbox: 'none',
  };
}

describe('describeCost', () => {
  it('adds up what the reviewers used', () => {
    expect(describeCost(reportWith([{}, undefined, { costUsd: 1.2 }]))).toBe('25,600 tokens, $1.21');
  });

  it('says that there was no model', () => {
    expect(describeCost(reportWith([undefined]))).toBe('no model was used');
  });

  it('says what it does not know instead of zero', () => {
    const unpriced = ['ollama/qwen3'];
    expect(describeCost(reportWith([{ costUsd: 0, unpriced }]))).toBe(
      '12,800 tokens, price of ollama/qwen3 not known',
    );
    expect(describeCost(reportWith([{ costUsd: 0, unpriced }, {}]))).toBe(
      '25,600 tokens, $0.0123 and what ollama/qwen3 costs, whose price is not known',
    );
  });
});

describe('describeModelUse', () => {
  it('tells requests, tokens, what was cached, and the price', () => {
    expect(describeModelUse(use)).toBe('3 requests, 12,000 tokens in (4,000 cached), 800 out, $0.0123');
  });
});
