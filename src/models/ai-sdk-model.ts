import {
  generateText,
  type JSONSchema7,
  jsonSchema,
  type LanguageModel,
  type ModelMessage,
  type ToolSet,
  tool,
} from 'ai';
import { z } from 'zod';
import type { Message, Model, ToolOffer, Turn, TurnRequest } from '../agent/ports.ts';
import { addTokens, estimateTokens, NO_TOKENS, type Price, type Tokens } from '../domain/tokens.ts';
import { sleep } from '../lib/sleep.ts';
import { type Failure, readFailure } from './read-failure.ts';

/** A retry that would wait longer than this is not worth waiting for. */
const MAX_WAIT_MS = 60_000;
const MAX_ATTEMPTS = 5;
/** Limits of rates are mostly those of one minute: 1 + 2 + 4 + … + 32 seconds are worth waiting for. */
const MAX_ATTEMPTS_AT_LIMIT = 7;
/** An answer that took too long once will hardly be there sooner: each try costs its whole time. */
const MAX_TIMEOUTS = 2;

export interface AiSdkModelOptions {
  /** `provider/name`. */
  readonly name: string;
  readonly model: LanguageModel;
  readonly price: Price | undefined;
  /** What the model can hold, when that is known. */
  readonly contextTokens?: number;
  /** How long one request may take. */
  readonly timeoutMs: number;
  /** Removes the key from texts of the provider. */
  readonly redact: (text: string) => string;
  /** Waits between attempts; tests pass one that does not. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What is sent beside the messages. Some models and endpoints take no temperature, no such long answer, or no tools. */
interface Dialect {
  readonly temperature: boolean;
  readonly maxOutput: boolean;
  readonly tools: boolean;
}

/** A model behind the AI SDK: one request a turn, retried by our own rules. */
export class AiSdkModel implements Model {
  readonly name: string;
  readonly price: Price | undefined;
  readonly contextTokens?: number;
  readonly #options: AiSdkModelOptions;
  /** The last one that was answered, with which the next request begins. */
  #dialect: Dialect = { temperature: true, maxOutput: true, tools: true };

  constructor(options: AiSdkModelOptions) {
    this.#options = options;
    this.name = options.name;
    this.price = options.price;
    if (options.contextTokens !== undefined) this.contextTokens = options.contextTokens;
  }

  async respond(request: TurnRequest, signal: AbortSignal): Promise<Turn> {
    const { wait = sleep } = this.#options;
    const dialects = simplerDialects(this.#dialect, request);
    let dialect = this.#dialect;
    let lost = NO_TOKENS;
    let timeouts = 0;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#try(request, dialect, signal);
      if (outcome.kind === 'answered') {
        this.#dialect = dialect;
        return { ...outcome, tokens: addTokens(outcome.tokens, lost) };
      }
      lost = addTokens(lost, outcome.tokens ?? NO_TOKENS);
      const simpler = outcome.isMalformedRequest ? dialects.shift() : undefined;
      if (simpler !== undefined) {
        dialect = simpler;
        continue;
      }
      timeouts += outcome.reason === 'timeout' ? 1 : 0;
      const waitMs = outcome.retryAfterMs ?? Math.min(MAX_WAIT_MS, 1000 * 2 ** (attempt - 1));
      const most = outcome.reason === 'overloaded' ? MAX_ATTEMPTS_AT_LIMIT : MAX_ATTEMPTS;
      const isWorthIt =
        outcome.isRetryable && attempt < most && waitMs <= MAX_WAIT_MS && timeouts < MAX_TIMEOUTS;
      if (!isWorthIt) {
        return { kind: 'failed', reason: outcome.reason, message: outcome.message, tokens: lost };
      }
      await wait(waitMs, signal);
    }
  }

  async #try(
    request: TurnRequest,
    dialect: Dialect,
    signal: AbortSignal,
  ): Promise<Extract<Turn, { kind: 'answered' }> | (Failure & { readonly kind: 'failed' })> {
    signal.throwIfAborted();
    const { model, timeoutMs, redact, name } = this.#options;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const result = await generateText({
        model,
        instructions: {
          role: 'system',
          content: request.instructions,
          // The same for every packet: https://platform.claude.com/docs/en/build-with-claude/prompt-caching
          providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
        },
        messages: request.messages.flatMap(toSdkMessages),
        ...(dialect.tools && request.tools.length > 0 ? { tools: toSdkTools(request.tools) } : {}),
        ...(dialect.temperature ? { temperature: 0 } : {}),
        ...(dialect.maxOutput ? { maxOutputTokens: request.maxOutputTokens } : {}),
        maxRetries: 0,
        abortSignal: AbortSignal.any([signal, timeout]),
      });
      return {
        kind: 'answered',
        text: result.text,
        toolCalls: result.toolCalls.map((call) => ({
          id: call.toolCallId,
          name: call.toolName,
          input: call.input,
        })),
        isCut: result.finishReason === 'length',
        isRefused: result.finishReason === 'content-filter',
        ...readTokens(result.usage, request, result.responseMessages),
        native: result.responseMessages.filter((message) => message.role === 'assistant'),
      };
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'failed', ...readFailure(error, { name, redact, isTimeout: timeout.aborted }) };
    }
  }
}

/**
 * What can be left out of a request that was refused: first one thing alone, so that no other is given up for it. An
 * answer at temperature 0 is the same tomorrow, and a model with tools sees more.
 */
function simplerDialects(dialect: Dialect, { tools }: TurnRequest): Dialect[] {
  const sent = (['temperature', 'maxOutput', 'tools'] as const).filter(
    (part) => dialect[part] && (part !== 'tools' || tools.length > 0),
  );
  const without = (...parts: readonly (keyof Dialect)[]): Dialect => ({
    ...dialect,
    ...Object.fromEntries(parts.map((part) => [part, false])),
  });
  const ways = [
    ...sent.map((part) => [part]),
    ...(sent.length === 3 ? [['temperature', 'maxOutput'] as const] : []),
    ...(sent.length > 1 ? [sent] : []),
  ];
  return ways.map((parts) => without(...parts));
}

function toSdkTools(offers: readonly ToolOffer[]): ToolSet {
  const tools = offers.map(({ name, description, parameters }) => {
    // Without `execute` the SDK only passes the model's calls on; the input is checked where it is used.
    return [name, tool({ description, inputSchema: jsonSchema(parameters as JSONSchema7) })] as const;
  });
  // The SDK's own types of a tool and a set of them do not fit together under exactOptionalPropertyTypes.
  return Object.fromEntries(tools) as ToolSet;
}

function toSdkMessages(message: Message): readonly ModelMessage[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.text }];
    case 'assistant':
      // Signatures of a model's reasoning must come back as they were sent; only the SDK knows their form.
      if (hasContent(message.native)) return message.native as unknown as ModelMessage[];
      return [{ role: 'assistant', content: message.text === '' ? '(no answer)' : message.text }];
    case 'tool':
      return [
        {
          role: 'tool',
          content: message.results.map(({ id, name, text }) => ({
            type: 'tool-result',
            toolCallId: id,
            toolName: name,
            output: { type: 'text', value: text },
          })),
        },
      ];
  }
}

/** Providers refuse a message of the model's in which nothing stands, even when it said nothing. */
function hasContent(native: unknown): native is readonly { readonly content: unknown }[] {
  return (
    Array.isArray(native) &&
    native.some(({ content }) => (typeof content === 'string' ? content !== '' : content.length > 0))
  );
}

interface SdkUsage {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly totalTokens: number | undefined;
  readonly inputTokenDetails: {
    readonly cacheReadTokens: number | undefined;
    readonly cacheWriteTokens: number | undefined;
  };
  readonly raw?: unknown;
}

/** Some who speak OpenAI's protocol count what a model thinks in the total only. */
const totalSchema = z.object({ total_tokens: z.number() });

/** An endpoint that counts nothing is counted for, too high rather than too low, and that is said. */
function readTokens(
  usage: SdkUsage,
  request: TurnRequest,
  said: unknown,
): { readonly tokens: Tokens; readonly isEstimated: boolean } {
  const { inputTokens = 0, outputTokens = 0, inputTokenDetails: details, raw } = usage;
  // Nothing is no count: there is no question without a token.
  if (inputTokens === 0) {
    const input = estimateTokens(JSON.stringify(request).length);
    return {
      tokens: { ...NO_TOKENS, input, output: estimateTokens(JSON.stringify(said).length) },
      isEstimated: true,
    };
  }
  const total = totalSchema.safeParse(raw).data?.total_tokens ?? 0;
  return {
    tokens: {
      input: inputTokens,
      cached: details.cacheReadTokens ?? 0,
      cacheWritten: details.cacheWriteTokens ?? 0,
      output: Math.max(outputTokens, total - inputTokens),
    },
    isEstimated: false,
  };
}
