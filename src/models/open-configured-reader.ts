import type { Memory, SpendLedger } from '../agent/ports.ts';
import { chooseModels, type ModelVariables } from './choose-models.ts';
import { createReader } from './create-reader.ts';

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
 */
export function openConfiguredReader(
  settings: ConfiguredModels,
  parts: { readonly spend: SpendLedger; readonly memory: Memory },
  chosen?: string,
): { readonly reader?: ReturnType<typeof createReader> | string; readonly secrets: readonly string[] } {
  const choice = chooseModels(settings, chosen);
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
      const { models, secrets } = choice;
      const concurrency = settings.FIRSTHAND_MODEL_CONCURRENCY;
      return { reader: createReader({ models, concurrency, limits, ...parts }), secrets };
    }
  }
}
