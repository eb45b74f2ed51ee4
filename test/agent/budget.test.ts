import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/agent/budget.ts';
import { costOf } from '../../src/domain/tokens.ts';

const price = { input: 2, cached: 0.2, cacheWritten: 2.5, output: 10 };
const call = { characters: 3000, maxOutputTokens: 1000 };

describe('createBudget', () => {
  it('lets calls through side by side only as far as all their worst cases fit', () => {
    const budget = createBudget({ usd: 10, tokens: 5000, ms: 1000 }, () => 0);
    const first = budget.reserve(call, undefined);
    expect('exhausted' in first).toBe(false);
    expect('exhausted' in budget.reserve(call, undefined)).toBe(false);
    expect(budget.reserve(call, undefined)).toEqual({ exhausted: 'the limit of 5000 tokens' });
    if ('settle' in first) first.settle({ input: 500, cached: 0, cacheWritten: 0, output: 10 });
    expect('exhausted' in budget.reserve(call, undefined)).toBe(false);
    expect(budget.spent.tokens).toBe(510);
  });

  it('counts money at the list price, and names the limit that is tightest', () => {
    const limits = { usd: 0.025, tokens: 1e9, ms: 1000, usdFrom: "today's for octo/shop" };
    const budget = createBudget(limits, () => 0);
    const first = budget.reserve(call, price);
    if ('settle' in first) first.settle({ input: 1000, cached: 500, cacheWritten: 0, output: 1400 });
    expect(budget.spent.usd).toBeCloseTo(0.0151);
    expect(budget.reserve(call, price)).toEqual({
      exhausted: "the limit of $0.03 (today's for octo/shop)",
    });
    expect(budget.exhausted).toContain('$0.03');
  });

  it('lets nothing through after its time', () => {
    let elapsed = 0;
    const budget = createBudget({ usd: 1, tokens: 1e9, ms: 5000 }, () => elapsed);
    expect('exhausted' in budget.reserve(call, price)).toBe(false);
    elapsed = 5000;
    expect(budget.reserve(call, price)).toEqual({ exhausted: 'the time limit of 5 s' });
  });

  it('gives a reservation back once, whatever is said of it later', () => {
    const budget = createBudget({ usd: 1, tokens: 2000, ms: 5000 }, () => 0);
    const first = budget.reserve(call, undefined);
    if ('release' in first) {
      first.release();
      first.release();
    }
    expect('exhausted' in budget.reserve(call, undefined)).toBe(false);
    expect('exhausted' in budget.reserve(call, undefined)).toBe(true);
  });
});

describe('costOf', () => {
  it('prices what was read from a cache, what was written to one, and the rest apart', () => {
    const tokens = { input: 1_000_000, cached: 600_000, cacheWritten: 100_000, output: 10_000 };
    expect(costOf(tokens, price)).toBeCloseTo(0.3 * 2 + 0.6 * 0.2 + 0.1 * 2.5 + 0.01 * 10);
  });
});
