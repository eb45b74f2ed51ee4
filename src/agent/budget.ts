import { costOf, estimateTokens, type Price, type Tokens } from '../domain/tokens.ts';

/** What a run may use up at most. */
export interface BudgetLimits {
  /** US dollars; binds only models whose price is known. */
  readonly usd: number;
  /** Input and output together. */
  readonly tokens: number;
  readonly ms: number;
  /** Which limit `usd` is, when another than the run's is the tightest, such as "today's for octo/shop". */
  readonly usdFrom?: string;
  /** The same for `tokens`. */
  readonly tokensFrom?: string;
}

/** Room that a call took in advance. */
export interface Reservation {
  /** Replaces what was reserved by what was used. */
  settle(tokens: Tokens): void;
  /** Gives all of it back: the call did not happen, or its cost is not known. */
  release(): void;
}

/** Hard limits of one run, shared by all that call models in it. */
export interface Budget {
  /** Takes room for a call of this size, or says which limit leaves none. */
  reserve(
    call: { readonly characters: number; readonly maxOutputTokens: number },
    price: Price | undefined,
  ): Reservation | { readonly exhausted: string };
  /** Why no further call will be let through; absent as long as one may. */
  readonly exhausted: string | undefined;
  readonly spent: { readonly usd: number; readonly tokens: number };
}

/**
 * Makes a budget. `elapsedMs` is how long the run has taken.
 *
 * A call is let through only when its worst case fits beside all that are under way, so the limits hold however many
 * run at once.
 */
export function createBudget(limits: BudgetLimits, elapsedMs: () => number): Budget {
  let [usd, tokens, heldUsd, heldTokens] = [0, 0, 0, 0];
  let exhausted: string | undefined;
  return {
    get exhausted() {
      return exhausted;
    },
    get spent() {
      return { usd, tokens };
    },
    reserve({ characters, maxOutputTokens }, price) {
      const input = estimateTokens(characters);
      const worstTokens = input + maxOutputTokens;
      const worstUsd =
        price === undefined
          ? 0
          : costOf({ input, cached: 0, cacheWritten: 0, output: maxOutputTokens }, price);
      const over =
        (elapsedMs() >= limits.ms && `the time limit of ${Math.round(limits.ms / 1000)} s`) ||
        (tokens + heldTokens + worstTokens > limits.tokens &&
          `the limit of ${limits.tokens} tokens${from(limits.tokensFrom)}`) ||
        (usd + heldUsd + worstUsd > limits.usd &&
          `the limit of $${limits.usd.toFixed(2)}${from(limits.usdFrom)}`);
      if (over !== false) {
        exhausted ??= over;
        return { exhausted: over };
      }
      heldTokens += worstTokens;
      heldUsd += worstUsd;
      let isOpen = true;
      const release = (): void => {
        if (!isOpen) return;
        isOpen = false;
        heldTokens -= worstTokens;
        heldUsd -= worstUsd;
      };
      return {
        release,
        settle(used) {
          release();
          tokens += used.input + used.output;
          if (price !== undefined) usd += costOf(used, price);
        },
      };
    },
  };
}

function from(limit: string | undefined): string {
  return limit === undefined ? '' : ` (${limit})`;
}
