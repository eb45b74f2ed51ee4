import { type BudgetLimits, createBudget } from '../agent/budget.ts';
import type { Models } from '../agent/desk.ts';
import type { CodeSource, Grant, Memory, SpendLedger } from '../agent/ports.ts';
import { readChange } from '../agent/read-change.ts';
import type { Reading } from '../agent/reading.ts';
import type { ReadingTask } from '../agent/task.ts';
import { PRICES_AS_OF } from './prices.ts';

/** Reads within limits that were granted; `onSpent` hears what was used so far, also of a reading that is broken off. */
export type RunReading = (
  task: ReadingTask,
  options: {
    readonly source: CodeSource;
    readonly memory: Memory;
    readonly limits: BudgetLimits;
    readonly concurrency: number;
    readonly onSpent: (spent: { readonly usd: number; readonly tokens: number }) => void;
  },
  signal: AbortSignal,
) => Promise<Reading>;

export interface ReaderOptions {
  readonly run: RunReading;
  readonly concurrency: number;
  /** Of one review. */
  readonly limits: Pick<BudgetLimits, 'usd' | 'tokens' | 'ms'>;
  readonly spend: SpendLedger;
  readonly memory: Memory;
}

/** Takes from today's limits, reads, and gives back what was not used. */
export function createReader({ run, concurrency, limits, spend, memory }: ReaderOptions) {
  return {
    pricesAsOf: PRICES_AS_OF,
    async read(
      task: ReadingTask,
      options: { readonly source: CodeSource; readonly repository: string; readonly maxUsd?: number },
      signal: AbortSignal,
    ): Promise<Reading> {
      const { source, repository, maxUsd = limits.usd } = options;
      const wanted = { usd: Math.min(limits.usd, maxUsd), tokens: limits.tokens };
      const grant = await spend.take(repository, wanted);
      let spent = { usd: 0, tokens: 0 };
      const onSpent = (used: typeof spent): void => {
        spent = used;
      };
      try {
        const granted = { ...limitsOf(grant), ms: limits.ms };
        return await run(task, { source, memory, limits: granted, concurrency, onSpent }, signal);
      } finally {
        await grant.settle(spent);
      }
    },
  };
}

/** Reads in this process. */
export function readHere(models: Models): RunReading {
  return async (task, { source, memory, limits, concurrency, onSpent }, signal) => {
    const start = performance.now();
    const elapsedMs = (): number => performance.now() - start;
    const budget = createBudget(limits, elapsedMs);
    try {
      return await readChange(task, { models, source, memory, budget, concurrency, elapsedMs }, signal);
    } finally {
      onSpent(budget.spent);
    }
  };
}

function limitsOf({ usd, tokens, usdFrom, tokensFrom }: Grant): Omit<BudgetLimits, 'ms'> {
  return {
    usd,
    tokens,
    ...(usdFrom === undefined ? {} : { usdFrom }),
    ...(tokensFrom === undefined ? {} : { tokensFrom }),
  };
}
