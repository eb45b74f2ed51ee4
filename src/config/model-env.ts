import { z } from 'zod';
import { UserError } from '../domain/errors.ts';

const amount = (what: string): z.ZodType<number> => {
  const error = `takes ${what}, 0 or more`;
  return z.coerce.number({ error }).min(0, { error });
};
const key = (whose: string): z.ZodType<string | undefined> =>
  z.string().min(1).optional().describe(`${whose} key.`);
const name = (what: string): z.ZodType<string | undefined> =>
  z.string().min(1).optional().describe(`Another model for ${what}, also provider/name.`);
const address = z
  .url({ protocol: /^https?$/, error: 'takes an address that begins with http:// or https://' })
  .optional();

/** The operator's settings about models: a part of the environment. */
export const modelEnvShape = {
  FIRSTHAND_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Model that reads diffs, provider/name: anthropic/…, openai/…, google/…, or with an address of your own openai-compatible/…, ollama/…, lmstudio/…, vllm/…. Left out, only the deterministic reviewers read.',
    ),
  FIRSTHAND_MODEL_SECURITY: name('the security reviewer'),
  FIRSTHAND_MODEL_LOGIC: name('the logic reviewer'),
  FIRSTHAND_MODEL_STYLE: name('the style reviewer'),
  FIRSTHAND_MODEL_INTENT: name('comparing a change with its description'),
  FIRSTHAND_MODEL_VERIFY: name('trying to refute what the others find'),
  FIRSTHAND_MODEL_URL: address.describe(
    "The model's address instead of the provider's own, such as http://localhost:11434/v1.",
  ),
  FIRSTHAND_MODEL_KEY: key('Key for FIRSTHAND_MODEL_URL, or any provider without a variable of its own: the'),
  ANTHROPIC_API_KEY: key("Anthropic's"),
  ANTHROPIC_BASE_URL: address.describe('Another address for anthropic/… models.'),
  OPENAI_API_KEY: key("OpenAI's"),
  OPENAI_BASE_URL: address.describe('Another address for openai/… models.'),
  GOOGLE_GENERATIVE_AI_API_KEY: key("Google's"),
  GEMINI_API_KEY: key("Google's, by its other name: the"),
  FIRSTHAND_MODEL_PRICE: z
    .string()
    .regex(/^\d+(?:\.\d+)?(?:\/\d+(?:\.\d+)?){2}$/, {
      error: 'takes input/cached/output, such as 0.5/0.05/2',
    })
    .optional()
    .describe(
      'US dollars per million tokens, input/cached/output, for a model whose price the list does not know.',
    ),
  FIRSTHAND_MODEL_CONCURRENCY: z.coerce
    .number({ error: 'takes a whole number from 1 to 64' })
    .int()
    .min(1)
    .max(64)
    .default(6)
    .describe('Requests to models at a time in one review.'),
  FIRSTHAND_MODEL_CONTEXT_TOKENS: z.coerce
    .number({ error: 'takes a whole number of tokens, 6000 or more' })
    .int()
    .min(6000)
    .optional()
    .describe(
      'How many tokens the model can hold, question and answer, such as 8192. Left out, it is found out by what the model refuses; a server that cuts long questions silently, as Ollama does, needs it.',
    ),
  FIRSTHAND_MODEL_TIMEOUT_SECONDS: amount('a number of seconds')
    .default(180)
    .describe('How long one request to a model may take; more than 300 has no effect.'),
  FIRSTHAND_MODEL_SECONDS_PER_RUN: amount('a number of seconds')
    .default(1800)
    .describe('After this, a review asks models no more and says what they have not read.'),
  FIRSTHAND_MODEL_USD_PER_RUN: amount('a number of US dollars')
    .default(5)
    .describe('Most that models may cost in one review. Binds models whose price is known.'),
  FIRSTHAND_MODEL_TOKENS_PER_RUN: amount('a number of tokens')
    .default(6_000_000)
    .describe('Most tokens, in and out, of one review.'),
  FIRSTHAND_MODEL_USD_PER_REPOSITORY_PER_DAY: amount('a number of US dollars')
    .default(50)
    .describe('Most that models may cost for one repository in one day (UTC).'),
  FIRSTHAND_MODEL_TOKENS_PER_REPOSITORY_PER_DAY: amount('a number of tokens')
    .default(60_000_000)
    .describe('Most tokens for one repository in one day (UTC).'),
  FIRSTHAND_MODEL_USD_PER_DAY: amount('a number of US dollars')
    .default(200)
    .describe('Most that models may cost in one day (UTC).'),
  FIRSTHAND_MODEL_TOKENS_PER_DAY: amount('a number of tokens')
    .default(240_000_000)
    .describe('Most tokens in one day (UTC).'),
};

const modelEnvSchema = z.object(modelEnvShape);
export type ModelEnv = z.infer<typeof modelEnvSchema>;

/** Parses the part about models alone; empty variables count as absent. Throws `UserError` that lists what is wrong. */
export function parseModelEnv(environment: Readonly<Record<string, string | undefined>>): ModelEnv {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const parsed = modelEnvSchema.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new UserError(`the environment has settings that cannot be used\n${problems.join('\n')}`);
}
