import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import type { Model } from '../agent/ports.ts';
import type { Price } from '../domain/tokens.ts';
import { createRedactor } from '../lib/redact.ts';
import { AiSdkModel } from './ai-sdk-model.ts';
import { mendingFetch } from './mend-answer.ts';
import type { ModelName } from './model-name.ts';
import { findPrice } from './prices.ts';

export interface ModelAccess {
  readonly apiKey?: string;
  /** Another address than the provider's own. */
  readonly baseUrl?: string;
  /** Instead of the table's. */
  readonly price?: Price;
  readonly timeoutMs: number;
  /** Takes requests to the network; `fetch` when left out. */
  readonly send?: typeof fetch;
  /** What the model can hold, question and answer, when that is known. */
  readonly contextTokens?: number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Opens a model of a provider; nothing is sent yet. */
export function openModel(named: ModelName, access: ModelAccess): Model {
  const { provider, name } = named;
  const { apiKey, baseUrl, price, timeoutMs, contextTokens, wait } = access;
  const listed = baseUrl === undefined ? findPrice(provider.name, name) : undefined;
  return new AiSdkModel({
    name: `${provider.name}/${name}`,
    model: toSdkModel(named, access),
    price: price ?? listed,
    timeoutMs,
    redact: createRedactor(apiKey === undefined ? [] : [apiKey]),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    ...(wait === undefined ? {} : { wait }),
  });
}

function toSdkModel({ provider, name }: ModelName, { apiKey, baseUrl, send }: ModelAccess): LanguageModel {
  const settings = {
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    ...(send === undefined ? {} : { fetch: send }),
  };
  const mending = { ...settings, fetch: mendingFetch(send ?? fetch) };
  switch (provider.protocol) {
    case 'anthropic':
      return createAnthropic(settings)(name);
    case 'google':
      return createGoogle(settings)(name);
    case 'openai':
      // Other servers that speak OpenAI's protocol mostly know chat completions only.
      return baseUrl === undefined ? createOpenAI(settings)(name) : createOpenAI(mending).chat(name);
    case 'openai-compatible':
      return createOpenAICompatible({
        name: provider.name,
        baseURL: baseUrl ?? provider.defaultUrl ?? '',
        ...(apiKey === undefined ? {} : { apiKey }),
        fetch: mending.fetch,
      })(name);
  }
}
