import { explanationSchema } from '../agent/explain-finding.ts';
import type { Memory, SpendLedger } from '../agent/ports.ts';
import { readingSchema } from '../agent/reading.ts';
import { isExplainTask } from './child-messages.ts';
import { chooseModels, type ModelVariables } from './choose-models.ts';
import { createReader, type RunTask, readHere } from './create-reader.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { findIsolation } from './isolation.ts';
import { PROVIDERS } from './model-name.ts';
import { readInChild } from './read-in-child.ts';

/** Keys and addresses that go by their providers' names. */
const ACCESS = PROVIDERS.flatMap(({ keys, urls }) => [...keys, ...urls]);

/** What the environment sets about models; every number has a default. */
export interface ConfiguredModels extends ModelVariables {
  readonly FIRSTHAND_MODEL_CONCURRENCY: number;
  readonly FIRSTHAND_MODEL_SECONDS_PER_RUN: number;
  readonly FIRSTHAND_MODEL_USD_PER_RUN: number;
  readonly FIRSTHAND_MODEL_TOKENS_PER_RUN: number;
}

/**
 * Opens the reader that the environment asks for, or that `chosen` names. `reader` is a text that says why when models
 * were asked for and cannot be used, and absent when nobody asked. `secrets` are the keys.
 *
 * `process` is where models are talked to: in a process of its own, which knows nothing but the change and the models'
 * settings, or in this one, for tests and evaluations.
 */
export function openConfiguredReader(
  settings: ConfiguredModels,
  parts: {
    readonly spend: SpendLedger;
    readonly memory: Memory;
    readonly process: 'this' | 'own';
    /** Takes the requests of this process to the network; `fetch` when left out. */
    readonly send?: typeof fetch;
  },
  chosen?: string,
): { readonly reader?: ReturnType<typeof createReader> | string; readonly secrets: readonly string[] } {
  const choice = chooseModels(settings, chosen, parts.send);
  switch (choice.kind) {
    case 'none':
      return { secrets: [] };
    case 'unusable':
      return { reader: choice.why, secrets: [] };
    case 'chosen': {
      const limits = {
        usd: settings.FIRSTHAND_MODEL_USD_PER_RUN,
        tokens: settings.FIRSTHAND_MODEL_TOKENS_PER_RUN,
        ms: settings.FIRSTHAND_MODEL_SECONDS_PER_RUN * 1000,
      };
      const { models, secrets, endpoints } = choice;
      const { spend, memory } = parts;
      const run =
        parts.process === 'this' ? readHere(models) : readApart(settings, chosen, createGateway(endpoints));
      const concurrency = settings.FIRSTHAND_MODEL_CONCURRENCY;
      const isolation = async (): Promise<string> => (await findIsolation()).description;
      const more = {
        ...(parts.process === 'own' ? { isolation } : {}),
        ...(secrets[0] === undefined ? {} : { secret: secrets[0] }),
      };
      return { reader: createReader({ run, concurrency, limits, spend, memory, ...more }), secrets };
    }
  }
}

/** Of the settings, the process gets those about models only. */
function readApart(settings: ConfiguredModels, chosen: string | undefined, gateway: Gateway): RunTask {
  const names = new Set([
    ...Object.keys(settings).filter((name) => name.startsWith('FIRSTHAND_MODEL')),
    ...ACCESS,
  ]);
  const variables = Object.fromEntries(Object.entries(settings).filter(([name]) => names.has(name)));
  return async (task, { source, memory, limits, concurrency, onSpent }, signal) =>
    await readInChild<unknown>(
      { kind: 'start', variables, chosen, limits, concurrency, task },
      isExplainTask(task) ? explanationSchema : readingSchema,
      { source, memory, gateway, onSpent },
      signal,
    );
}
