import { APICallError } from 'ai';
import { z } from 'zod';
import type { ModelFailure } from '../agent/ports.ts';
import type { Tokens } from '../domain/tokens.ts';
import { readRetryAfter } from './retry-after.ts';

export interface Failure {
  readonly reason: ModelFailure;
  /** One line for the report; never holds the key. */
  readonly message: string;
  readonly isRetryable: boolean;
  /** What the provider asks for. */
  readonly retryAfterMs?: number;
  /** The request itself was refused: something in it is not taken there, and leaving it out may help. */
  readonly isMalformedRequest: boolean;
  /** What the provider counted for an answer that cannot be used. */
  readonly tokens?: Tokens;
}

/** How OpenAI, and many who speak its protocol, say in their error's code that the request is too long. */
const TOO_LONG = 'context_length_exceeded';

/** What a body of OpenAI's protocol may say, of an error or of an answer that cannot be used. */
const bodySchema = z.object({
  error: z.object({ code: z.unknown() }).nullish().catch(undefined),
  usage: z
    .object({ prompt_tokens: z.number().min(0), completion_tokens: z.number().min(0) })
    .nullish()
    .catch(undefined),
});

/** Statuses after which the same request may succeed. 529 is Anthropic's "overloaded". */
const PASSING: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);
const KEY_REFUSED: ReadonlySet<number> = new Set([401, 402, 403]);
const MALFORMED: ReadonlySet<number> = new Set([400, 422]);

/** Sorts what the SDK threw by its class and status code. */
export function readFailure(
  error: unknown,
  {
    name,
    redact,
    isTimeout,
  }: { readonly name: string; readonly redact: (text: string) => string; readonly isTimeout: boolean },
): Failure {
  if (isTimeout) return passing('timeout', `${name} did not answer in time`);
  if (!APICallError.isInstance(error)) {
    return passing('unreachable', `${name} gave no usable answer: ${said(error, redact)}`);
  }
  const { statusCode: status, responseHeaders = {} } = error;
  if (status === undefined)
    return passing('unreachable', `${name} could not be reached: ${said(error, redact)}`);
  if (KEY_REFUSED.has(status)) {
    return lasting('key-refused', `${name} refused the key (HTTP ${status})`);
  }
  if (status === 404)
    return lasting('model-unknown', `${name} is not known there (HTTP 404): ${said(error, redact)}`);
  if (PASSING.has(status)) {
    const retryAfterMs = readRetryAfter(responseHeaders, Date.now());
    return {
      ...passing('overloaded', `${name} is overloaded or limits the rate (HTTP ${status})`),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
  // A body that is no answer comes with the status of success.
  const body = readBody(error.responseBody);
  if (status < 300) {
    const { prompt_tokens: input = 0, completion_tokens: output = 0 } = body?.usage ?? {};
    return {
      ...passing('unreachable', `${name} answered with something that is no answer`),
      tokens: { input, cached: 0, cacheWritten: 0, output },
    };
  }
  return {
    ...lasting('request-refused', `${name} refused the request (HTTP ${status}): ${said(error, redact)}`),
    isMalformedRequest: MALFORMED.has(status) && body?.error?.code !== TOO_LONG,
  };
}

function readBody(text: string | undefined): z.infer<typeof bodySchema> | undefined {
  try {
    return bodySchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    // No JSON: then it says nothing that a program could read.
    return undefined;
  }
}

function passing(reason: ModelFailure, message: string): Failure {
  return { reason, message, isRetryable: true, isMalformedRequest: false };
}

function lasting(reason: ModelFailure, message: string): Failure {
  return { reason, message, isRetryable: false, isMalformedRequest: false };
}

function said(error: unknown, redact: (text: string) => string): string {
  const message = error instanceof Error ? error.message : 'no reason given';
  return redact(message).replace(/\s+/g, ' ').trim().slice(0, 200);
}
