import type { Price } from '../domain/tokens.ts';

/** When the table was last gone through; below stands which rows were compared with the providers' own pages. */
export const PRICES_AS_OF = '2026-11-22';

interface Row {
  readonly provider: string;
  /** Of the model's name, without a date at its end. */
  readonly name: RegExp;
  readonly price: Price;
}

const anthropic = (name: RegExp, input: number, output: number, cachedShare = 0.1): Row => ({
  provider: 'anthropic',
  name,
  price: { input, cached: input * cachedShare, cacheWritten: input * 1.25, output },
});
type Rates = readonly [input: number, cached: number, output: number, cacheWritten?: number];
const other = (
  provider: string,
  name: RegExp,
  [input, cached, output, cacheWritten = input]: Rates,
): Row => ({ provider, name, price: { input, cached, cacheWritten, output } });

/**
 * List prices, US dollars per million tokens, of prompts of up to 100,000 tokens: ours are never longer, and some models
 * cost more beyond. First match counts.
 *
 * https://platform.claude.com/docs/en/about-claude/pricing, https://developers.openai.com/api/docs/pricing,
 * https://ai.google.dev/gemini-api/docs/pricing. Of the providers' own pages, those of Anthropic, gpt-6.2-sol and
 * gpt-5.6-luna were seen; the other rows agree in what several others have copied from them. A model that is not here has
 * an unknown price, which is said; the operator can give one with FIRSTHAND_MODEL_PRICE.
 */
const TABLE: readonly Row[] = [
  anthropic(/^claude-(?:fable|mythos)-5-1$/, 10, 50, 0.025),
  anthropic(/^claude-(?:fable|mythos)-5$/, 10, 50),
  anthropic(/^claude-opus-5-5$/, 4, 20, 0.05),
  anthropic(/^claude-opus-(?:4-[5-8]|5)$/, 5, 25),
  anthropic(/^claude-opus-4(?:-[01])?$/, 15, 75),
  anthropic(/^claude-sonnet-5-5$/, 2, 10, 0.05),
  anthropic(/^claude-sonnet-5$/, 2, 10),
  anthropic(/^claude-sonnet-4(?:-[0-9])?$/, 3, 15),
  anthropic(/^claude-haiku-5-5$/, 0.1, 0.5),
  anthropic(/^claude-haiku-4-5$/, 1, 5),
  other('openai', /^gpt-6\.[12]-sol$/, [2, 0.1, 10, 2.5]),
  other('openai', /^gpt-6-sol$/, [2, 0.2, 10, 2.5]),
  other('openai', /^gpt-6-luna$/, [0.1, 0.01, 0.5, 0.125]),
  other('openai', /^gpt-6-astra$/, [10, 1, 50, 12.5]),
  other('openai', /^gpt-5\.6-luna$/, [0.2, 0.02, 1.2, 0.25]),
  other('openai', /^gpt-5\.6-terra$/, [2, 0.2, 12, 2.5]),
  other('openai', /^gpt-5\.5$/, [5, 0.5, 30]),
  other('openai', /^gpt-5\.4$/, [2.5, 0.25, 15]),
  other('openai', /^gpt-5\.4-mini$/, [0.75, 0.075, 4.5]),
  other('openai', /^gpt-5\.2$/, [1.75, 0.175, 14]),
  other('openai', /^gpt-5(?:\.1)?(?:-codex)?$/, [1.25, 0.125, 10]),
  other('openai', /^gpt-5-mini$/, [0.25, 0.025, 2]),
  other('openai', /^gpt-5-nano$/, [0.05, 0.005, 0.4]),
  other('openai', /^gpt-4\.1$/, [2, 0.5, 8]),
  other('openai', /^gpt-4\.1-mini$/, [0.4, 0.1, 1.6]),
  other('openai', /^gpt-4\.1-nano$/, [0.1, 0.025, 0.4]),
  other('openai', /^gpt-4o$/, [2.5, 1.25, 10]),
  other('openai', /^gpt-4o-mini$/, [0.15, 0.075, 0.6]),
  other('openai', /^o3$/, [2, 0.5, 8]),
  other('openai', /^o4-mini$/, [1.1, 0.275, 4.4]),
  other('google', /^gemini-2\.5-pro$/, [1.25, 0.125, 10]),
  other('google', /^gemini-2\.5-flash$/, [0.3, 0.03, 2.5]),
  other('google', /^gemini-2\.5-flash-lite$/, [0.1, 0.01, 0.4]),
];

/** The list price of a model; undefined when the table does not know it, or it is served by somebody else. */
export function findPrice(provider: string, name: string): Price | undefined {
  const plain = name.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '');
  return TABLE.find((row) => row.provider === provider && row.name.test(plain))?.price;
}
