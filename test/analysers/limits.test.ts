import { describe, expect, test } from 'vitest';
import type { Confinement } from '../../src/analysers/confinement.ts';
import { limitsFor } from '../../src/analysers/limits.ts';

const stage = { folder: '/stage', paths: ['a.ts', 'b.ts'] };
const confined = (hasLimits: boolean): Confinement => ({
  rung: 'process limits only',
  description: '',
  hasLimits,
});

describe('limitsFor', () => {
  test('a suspect gets less of the processor, and as much of the clock, which a busy machine uses up', () => {
    const options = { timeoutMs: 30_000, confinement: confined(true), stage, paths: 2 };
    const [first, retry] = [limitsFor('first', options), limitsFor('retry', options)];
    expect(retry.maxCpuSeconds).toBeLessThan(first.maxCpuSeconds ?? 0);
    expect(retry.timeoutMs).toBe(30_000);
  });

  test('where only the clock can end what hangs, a suspect gets less of it', () => {
    const options = { timeoutMs: 30_000, confinement: confined(false), stage, paths: 2 };
    expect(limitsFor('first', options).timeoutMs).toBe(30_000);
    expect(limitsFor('retry', options).timeoutMs).toBe(7500);
  });
});
