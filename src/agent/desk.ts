import type { ReviewCategory } from '../domain/finding.ts';
import { addTokens, costOf, NO_TOKENS, type Tokens } from '../domain/tokens.ts';
import type { Budget } from './budget.ts';
import type { CodeReader } from './code-reader.ts';
import type { FailedReason, Outcome } from './converse.ts';
import type { Fence } from './fence.ts';
import type { Memory, Model } from './ports.ts';
import type { Room } from './room.ts';

/** Which model does what. */
export interface Models {
  readonly security: Model;
  readonly logic: Model;
  readonly style: Model;
  readonly intent: Model;
  readonly verify: Model;
}

/** What one reviewer's models used up. */
export interface Usage {
  readonly tokens: Tokens;
  readonly calls: number;
  /** Of the calls, those whose tokens are our own estimate. */
  readonly uncounted: number;
  /** Of the calls whose price is known. */
  readonly usd: number;
  /** Models that were asked and have no known price. */
  readonly unpriced: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
}

/** What all readers of one run share. */
export interface Desk {
  readonly models: Models;
  readonly budget: Budget;
  readonly code: CodeReader;
  readonly fence: Fence;
  readonly memory: Memory;
  readonly usage: UsageBook;
  /** How much a model can take at a time. */
  readonly roomOf: (model: Model) => Room;
  /** Why this model needs not be asked any more; absent as long as asking can help. */
  readonly halted: (model: Model) => string | undefined;
  /** Keeps what an outcome of a model says about the chance of its next one. */
  readonly note: (model: Model, outcome: Outcome<unknown>) => void;
}

/** Counts usage per reviewer. */
export interface UsageBook {
  add(category: ReviewCategory, model: Model, outcome: Outcome<unknown>): void;
  of(category: ReviewCategory): Usage;
}

export function createUsageBook(): UsageBook {
  const entries: { category: ReviewCategory; model: Model; outcome: Outcome<unknown> }[] = [];
  return {
    add(category, model, outcome) {
      if (outcome.calls > 0 || outcome.tokens.input > 0) entries.push({ category, model, outcome });
    },
    of(category) {
      const own = entries
        .filter((entry) => entry.category === category)
        .map(({ model, outcome: { tokens, calls, uncounted } }) => ({ model, tokens, calls, uncounted }));
      return {
        tokens: own.reduce((sum, { tokens }) => addTokens(sum, tokens), NO_TOKENS),
        calls: own.reduce((sum, { calls }) => sum + calls, 0),
        uncounted: own.reduce((sum, { uncounted }) => sum + uncounted, 0),
        usd: own.reduce((sum, { model, tokens }) => sum + (model.price ? costOf(tokens, model.price) : 0), 0),
        unpriced: new Set(own.flatMap(({ model }) => (model.price === undefined ? [model.name] : []))),
        models: new Set(own.map(({ model }) => model.name)),
      };
    },
  };
}

/**
 * Failures in a row from which a model is asked no more. One passage that a model cannot take costs several, one for each
 * half of a half, and several packets are read at a time.
 */
const MAX_FAILURES: Readonly<Record<FailedReason, number>> = {
  'key-refused': 1,
  'model-unknown': 1,
  overloaded: 4,
  unreachable: 4,
  timeout: 4,
  'invalid-output': 20,
  'request-refused': 40,
  'too-long': 40,
  // The budget itself knows when it is used up.
  budget: Infinity,
};

/** Watches the outcomes of each model for the signs that no further question will be answered. */
export function createHalt(budget: Budget): Pick<Desk, 'halted' | 'note'> {
  const reasons = new Map<string, string>();
  const failures = new Map<string, Partial<Record<FailedReason, number>>>();
  return {
    halted: ({ name }) =>
      reasons.get(name) ?? (budget.exhausted === undefined ? undefined : `${budget.exhausted} was reached`),
    note({ name }, outcome) {
      if (outcome.kind === 'answered') {
        failures.delete(name);
        return;
      }
      const { reason, message } = outcome;
      const before = failures.get(name);
      const count = (before?.[reason] ?? 0) + 1;
      failures.set(name, { ...before, [reason]: count });
      if (count >= MAX_FAILURES[reason] && !reasons.has(name)) reasons.set(name, message);
    },
  };
}
