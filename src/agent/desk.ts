import type { ReviewCategory } from '../domain/finding.ts';
import { addTokens, costOf, NO_TOKENS, type Tokens } from '../domain/tokens.ts';
import type { Budget } from './budget.ts';
import type { CodeReader } from './code-reader.ts';
import type { Outcome } from './converse.ts';
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
  /** Why nobody needs to be asked any more; absent as long as asking can help. */
  readonly halted: () => string | undefined;
  /** Keeps what an outcome says about the chance of the next one. */
  readonly note: (outcome: Outcome<unknown>) => void;
}

/** Counts usage per reviewer. */
export interface UsageBook {
  add(category: ReviewCategory, model: Model, outcome: Outcome<unknown>): void;
  of(category: ReviewCategory): Usage;
}

export function createUsageBook(): UsageBook {
  const entries: { category: ReviewCategory; model: Model; tokens: Tokens; calls: number }[] = [];
  return {
    add(category, model, { tokens, calls }) {
      if (calls > 0 || tokens.input > 0) entries.push({ category, model, tokens, calls });
    },
    of(category) {
      const own = entries.filter((entry) => entry.category === category);
      return {
        tokens: own.reduce((sum, { tokens }) => addTokens(sum, tokens), NO_TOKENS),
        calls: own.reduce((sum, { calls }) => sum + calls, 0),
        usd: own.reduce((sum, { model, tokens }) => sum + (model.price ? costOf(tokens, model.price) : 0), 0),
        unpriced: new Set(own.flatMap(({ model }) => (model.price === undefined ? [model.name] : []))),
        models: new Set(own.map(({ model }) => model.name)),
      };
    },
  };
}

/** Failures in a row from which a provider counts as down. */
const MAX_FAILURES = 4;

/** Watches outcomes for the signs that no further question will be answered. */
export function createHalt(budget: Budget): Pick<Desk, 'halted' | 'note'> {
  let reason: string | undefined;
  let failures = 0;
  return {
    halted: () => reason ?? (budget.exhausted === undefined ? undefined : `${budget.exhausted} was reached`),
    note(outcome) {
      if (outcome.kind === 'answered') {
        failures = 0;
        return;
      }
      switch (outcome.reason) {
        case 'key-refused':
        case 'model-unknown':
          reason ??= outcome.message;
          return;
        case 'overloaded':
        case 'unreachable':
        case 'timeout':
          failures += 1;
          if (failures >= MAX_FAILURES) reason ??= outcome.message;
          return;
        case 'budget':
        case 'invalid-output':
        case 'request-refused':
        case 'too-long':
          return;
      }
    },
  };
}
