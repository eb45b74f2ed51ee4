/** Tokens of one or more calls, as the provider counted them. */
export interface Tokens {
  /** All that was sent, what came from a cache and went into one included. */
  readonly input: number;
  /** Of `input`, what the provider read from its cache. */
  readonly cached: number;
  /** Of `input`, what the provider wrote to its cache for a fee. */
  readonly cacheWritten: number;
  /** What the model wrote, its reasoning included. */
  readonly output: number;
}

export const NO_TOKENS: Tokens = { input: 0, cached: 0, cacheWritten: 0, output: 0 };

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly cached: number;
  readonly cacheWritten: number;
  readonly output: number;
}

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    cacheWritten: a.cacheWritten + b.cacheWritten,
    output: a.output + b.output,
  };
}

/** What tokens cost, in US dollars. */
export function costOf(tokens: Tokens, price: Price): number {
  const plain = Math.max(0, tokens.input - tokens.cached - tokens.cacheWritten);
  return (
    (plain * price.input +
      tokens.cached * price.cached +
      tokens.cacheWritten * price.cacheWritten +
      tokens.output * price.output) /
    1_000_000
  );
}

/** How many tokens a text is at most, for budgets: code and prose have three characters a token or more. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 3);
}
