import type { ScriptReader } from '../affected/ports.ts';
import type { Analyser, ChangeAnalyser, Stager } from '../review/ports.ts';
import { createBiome } from './biome.ts';
import { createChangeRules } from './change-rules.ts';
import { type Confinement, probeConfinement, type Rung } from './confinement.ts';
import { type AnalyserOptions, createOxlintLogic, createOxlintTyped } from './oxlint.ts';
import { createRuff } from './ruff.ts';
import { createScriptReader } from './script-reader.ts';
import { createSecretlint } from './secretlint.ts';
import { createStager } from './stager.ts';
import { createTaint } from './taint-analyser.ts';

const TIMEOUT_MS = 30_000;

/** What a review is given of this folder. */
export interface Analysers {
  readonly analysers: readonly Analyser[];
  readonly changeAnalysers: readonly ChangeAnalyser[];
  readonly stager: Stager;
  /** How their children are confined, for the report. */
  readonly sandbox: string;
}

let probed: Promise<Confinement> | undefined;

/** Makes the reader of scripts, in children as confined as this machine allows. `timeoutMs` bounds one of them. */
export async function openScriptReader(timeoutMs: number = TIMEOUT_MS): Promise<ScriptReader> {
  return createScriptReader({ confinement: await (probed ??= probeConfinement()), timeoutMs });
}

/**
 * Makes the deterministic analysers, in children as confined as this machine allows.
 *
 * `timeoutMs` bounds one run of one tool. `rungs` narrows how children may be confined, for tests; the strongest of
 * them that works is used. Throws when a tool is not installed.
 */
export async function createAnalysers(
  options: { readonly timeoutMs?: number; readonly rungs?: readonly Rung[] } = {},
): Promise<Analysers> {
  const confinement = await (options.rungs === undefined
    ? (probed ??= probeConfinement())
    : probeConfinement(options.rungs));
  const shared: AnalyserOptions = { confinement, timeoutMs: options.timeoutMs ?? TIMEOUT_MS };
  return {
    // Of each category the slowest first, so that it does not run alone at the end.
    analysers: [
      createTaint(shared),
      createSecretlint(shared),
      createRuff('security', shared),
      createOxlintTyped(shared),
      createOxlintLogic(shared),
      createRuff('logic', shared),
      createBiome(shared),
      createRuff('style', shared),
    ],
    changeAnalysers: [createChangeRules('security', shared), createChangeRules('logic', shared)],
    stager: createStager(),
    sandbox: confinement.description,
  };
}
