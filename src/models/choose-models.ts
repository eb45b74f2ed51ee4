import type { Models } from '../agent/desk.ts';
import type { Model } from '../agent/ports.ts';
import type { Price } from '../domain/tokens.ts';
import { type ModelName, type Provider, parseModelName } from './model-name.ts';
import { openModel } from './open-model.ts';

/** What is set about models: names, addresses, keys, by the names of the environment's variables. */
export interface ModelVariables {
  readonly [name: string]: unknown;
}

const ROLES = ['security', 'logic', 'style', 'intent', 'verify'] as const;

/** Models for every role, or why there are none. */
export type Choice =
  | {
      readonly kind: 'chosen';
      readonly models: Models;
      readonly secrets: readonly string[];
      /** Addresses below which the models are. */
      readonly endpoints: readonly string[];
    }
  | { readonly kind: 'none' }
  /** Asked for, and cannot be used. */
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * Opens the model that `FIRSTHAND_MODEL` (or `chosen`, from a command line) names, and those for single roles. Throws
 * `UserError` for a name that cannot be one. `send` takes their requests to the network.
 */
export function chooseModels(variables: ModelVariables, chosen?: string, send: typeof fetch = fetch): Choice {
  const general = chosen ?? textOf(variables, 'FIRSTHAND_MODEL');
  if (general === undefined) return { kind: 'none' };
  const opened = new Map<string, Model>();
  const secrets = new Set<string>();
  const endpoints = new Set<string>();
  const models: Partial<Record<(typeof ROLES)[number], Model>> = {};
  for (const role of ROLES) {
    const variable = `FIRSTHAND_MODEL_${role.toUpperCase()}`;
    const own = textOf(variables, variable);
    const text = own ?? general;
    const named = parseModelName(
      text,
      own === undefined ? (chosen ? '--model' : 'FIRSTHAND_MODEL') : variable,
    );
    const { provider } = named;
    const key = findKey(provider, variables);
    const baseUrl = findUrl(provider, variables);
    if (key === undefined && provider.needsKey) {
      return { kind: 'unusable', why: `${text} needs a key: ${provider.keys[0] ?? ''} is not set` };
    }
    if (baseUrl === undefined && provider.protocol === 'openai-compatible' && !provider.defaultUrl) {
      return { kind: 'unusable', why: `${text} needs an address: FIRSTHAND_MODEL_URL is not set` };
    }
    if (key !== undefined) secrets.add(key);
    endpoints.add(baseUrl ?? provider.defaultUrl ?? provider.home);
    const model = opened.get(text) ?? open(named, { key, baseUrl, send }, variables);
    opened.set(text, model);
    models[role] = model;
  }
  return { kind: 'chosen', models: models as Models, secrets: [...secrets], endpoints: [...endpoints] };
}

function open(
  named: ModelName,
  {
    key,
    baseUrl,
    send,
  }: {
    readonly key: string | undefined;
    readonly baseUrl: string | undefined;
    readonly send: typeof fetch;
  },
  variables: ModelVariables,
): Model {
  const price = readPrice(textOf(variables, 'FIRSTHAND_MODEL_PRICE'));
  const contextTokens = Number(variables.FIRSTHAND_MODEL_CONTEXT_TOKENS ?? 0);
  return openModel(named, {
    send,
    timeoutMs: Number(variables.FIRSTHAND_MODEL_TIMEOUT_SECONDS ?? 180) * 1000,
    ...(key === undefined ? {} : { apiKey: key }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(price === undefined ? {} : { price }),
    ...(contextTokens > 0 ? { contextTokens } : {}),
  });
}

function findKey(provider: Provider, variables: ModelVariables): string | undefined {
  return provider.keys.map((name) => textOf(variables, name)).find((value) => value !== undefined);
}

/** An address without a path gets the one that the protocol's servers have. */
function findUrl(provider: Provider, variables: ModelVariables): string | undefined {
  const given = ['FIRSTHAND_MODEL_URL', ...provider.urls]
    .map((name) => textOf(variables, name))
    .find((value) => value !== undefined);
  if (given === undefined) return undefined;
  const url = new URL(given);
  if (url.pathname === '/') url.pathname = provider.protocol === 'google' ? '/v1beta' : '/v1';
  return url.href.replace(/\/+$/, '');
}

/** `0.5/0.05/2`: input, cached, output. */
function readPrice(text: string | undefined): Price | undefined {
  const [input, cached, output] = (text ?? '').split('/').map(Number);
  if (text === undefined || input === undefined || cached === undefined || output === undefined) {
    return undefined;
  }
  return { input, cached, cacheWritten: input, output };
}

function textOf(variables: ModelVariables, name: string): string | undefined {
  const value = variables[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
