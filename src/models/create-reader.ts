import { createHmac } from 'node:crypto';
import { type BudgetLimits, createBudget } from '../agent/budget.ts';
import type { Models } from '../agent/desk.ts';
import {
  type ExplainTask,
  type Explanation,
  explainFinding,
  explanationSchema,
} from '../agent/explain-finding.ts';
import type { CodeSource, Grant, Memory, SpendLedger } from '../agent/ports.ts';
import { type ReadingPorts, readChange } from '../agent/read-change.ts';
import { type Reading, readingSchema } from '../agent/reading.ts';
import type { ReadingTask } from '../agent/task.ts';
import { isExplainTask, type Task } from './child-messages.ts';
import { PRICES_AS_OF } from './prices.ts';

/** What a task is carried out with; `onSpent` hears what was used so far, also of one that is broken off. */
export interface RunOptions {
  readonly source: CodeSource;
  readonly memory: Memory;
  readonly limits: BudgetLimits;
  readonly concurrency: number;
  readonly onSpent: (spent: { readonly usd: number; readonly tokens: number }) => void;
}

/** Carries out a task within limits that were granted; the result is not checked yet. */
export type RunTask = (task: Task, options: RunOptions, signal: AbortSignal) => Promise<unknown>;

export interface ReaderOptions {
  readonly run: RunTask;
  readonly concurrency: number;
  /** Of one review. */
  readonly limits: Pick<BudgetLimits, 'usd' | 'tokens' | 'ms'>;
  readonly spend: SpendLedger;
  readonly memory: Memory;
  /** How the process that talks to models is confined, when it is not this one. */
  readonly isolation?: () => Promise<string>;
  /** A key of a model: only who has it can know the marks in our questions. */
  readonly secret?: string;
}

const MIN_SECRET = 20;

/** Of one explanation, whatever a review may take. */
const EXPLAIN_LIMITS = { usd: 1, tokens: 400_000, ms: 180_000 };

/** Takes from today's limits, reads or explains, and gives back what was not used. */
export function createReader(options: ReaderOptions) {
  const { run, concurrency, limits, spend, memory, isolation, secret } = options;
  const carry = async (
    task: Task,
    options: { readonly source: CodeSource; readonly repository: string },
    wanted: ReaderOptions['limits'],
    signal: AbortSignal,
  ): Promise<unknown> => {
    const grant = await spend.take(options.repository, { usd: wanted.usd, tokens: wanted.tokens });
    let spent = { usd: 0, tokens: 0 };
    const onSpent = (used: typeof spent): void => {
      spent = used;
    };
    try {
      const granted = { ...limitsOf(grant), ms: wanted.ms };
      const { source } = options;
      return await run(task, { source, memory, limits: granted, concurrency, onSpent }, signal);
    } finally {
      await grant.settle(spent);
    }
  };
  return {
    pricesAsOf: PRICES_AS_OF,
    tokenFor(what: string): string | undefined {
      // A short key is one that local servers take from anybody.
      if (secret === undefined || secret.length < MIN_SECRET) return undefined;
      return createHmac('sha256', secret).update(`firsthand fence\n${what}`).digest('hex').slice(0, 24);
    },
    async read(
      task: ReadingTask,
      options: { readonly source: CodeSource; readonly repository: string; readonly maxUsd?: number },
      signal: AbortSignal,
    ): Promise<Reading> {
      const { maxUsd = limits.usd } = options;
      const wanted = { ...limits, usd: Math.min(limits.usd, maxUsd) };
      const reading = readingSchema.parse(await carry(task, options, wanted, signal));
      return isolation === undefined ? reading : { ...reading, isolation: await isolation() };
    },
    /** Lets a model look at one finding again. Fails as `read` does; what a model or a limit does is in the result. */
    async explain(
      task: ExplainTask,
      options: { readonly source: CodeSource; readonly repository: string; readonly maxUsd?: number },
      signal: AbortSignal,
    ): Promise<Explanation> {
      const wanted = {
        usd: Math.min(EXPLAIN_LIMITS.usd, limits.usd, options.maxUsd ?? limits.usd),
        tokens: Math.min(EXPLAIN_LIMITS.tokens, limits.tokens),
        ms: Math.min(EXPLAIN_LIMITS.ms, limits.ms),
      };
      return explanationSchema.parse(await carry(task, options, wanted, signal));
    },
  };
}

/** Does what a task asks, in this process. */
export function carryOut(task: Task, ports: ReadingPorts, signal: AbortSignal): Promise<unknown> {
  return isExplainTask(task)
    ? explainFinding(task, { ...ports, model: ports.models.verify }, signal)
    : readChange(task, ports, signal);
}

/** Reads in this process. */
export function readHere(models: Models): RunTask {
  return async (task, { source, memory, limits, concurrency, onSpent }, signal) => {
    const start = performance.now();
    const elapsedMs = (): number => performance.now() - start;
    const budget = createBudget(limits, elapsedMs);
    try {
      return await carryOut(task, { models, source, memory, budget, concurrency, elapsedMs }, signal);
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
