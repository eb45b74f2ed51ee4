import { type BudgetLimits, createBudget } from '../agent/budget.ts';
import type { Models } from '../agent/desk.ts';
import type { CodeSource, Grant, Memory, SpendLedger } from '../agent/ports.ts';
import { readChange } from '../agent/read-change.ts';
import type { Reading } from '../agent/reading.ts';
import type { ReadingTask } from '../agent/task.ts';
import { PRICES_AS_OF } from './prices.ts';

export interface ReaderOptions {
  readonly models: Models;
  readonly concurrency: number;
  /** Of one review. */
  readonly limits: Pick<BudgetLimits, 'usd' | 'tokens' | 'ms'>;
  readonly spend: SpendLedger;
  readonly memory: Memory;
}

/** A reader in this process: takes from today's limits, reads, and gives back what was not used. */
export function createReader({ models, concurrency, limits, spend, memory }: ReaderOptions) {
  return {
    pricesAsOf: PRICES_AS_OF,
    async read(
      task: ReadingTask,
      options: { readonly source: CodeSource; readonly repository: string; readonly maxUsd?: number },
      signal: AbortSignal,
    ): Promise<Reading> {
      const usd = Math.min(limits.usd, options.maxUsd ?? limits.usd);
      const grant = await spend.take(options.repository, { usd, tokens: limits.tokens });
      const start = performance.now();
      const elapsedMs = (): number => performance.now() - start;
      const budget = createBudget({ ...limitsOf(grant), ms: limits.ms }, elapsedMs);
      try {
        const { source } = options;
        return await readChange(task, { models, source, memory, budget, concurrency, elapsedMs }, signal);
      } finally {
        await grant.settle(budget.spent);
      }
    },
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
