import { dirname } from 'node:path';
import type { Analyser, Stage } from '../review/ports.ts';
import { analyseInBatches, type BatchResult } from './analyse-in-batches.ts';
import type { Confinement } from './confinement.ts';
import { type Attempt, limitsFor } from './limits.ts';
import { readOxlintOutput } from './oxlint-output.ts';
import { LOGIC_RULES, type OxlintRules, TYPED_RULES } from './oxlint-rules.ts';
import { type ConfinedResult, runConfined } from './run-confined.ts';
import { besideStage } from './stager.ts';
import { findNativeProgram, findTool } from './tools.ts';

/** How an analyser is run; the same for all. */
export interface AnalyserOptions {
  readonly confinement: Confinement;
  readonly timeoutMs: number;
}

export const SCRIPT_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$/i;
const BATCH_SIZE = 1000;
const MAX_MEMORY_BYTES = 8_000_000_000;
/**
 * Each thread reserves this much address space for its stack, which survives nesting 100,000 deep; so threads are few,
 * however many processors there are.
 */
const THREADS = {
  RUST_MIN_STACK: '512000000',
  RAYON_NUM_THREADS: '2',
  TOKIO_WORKER_THREADS: '2',
  GOMAXPROCS: '2',
  // The checker ends soon: collecting garbage seldom takes a fourth of its time away. The limit is for large repositories.
  GOGC: '800',
  GOMEMLIMIT: '2GiB',
};

interface Variant {
  readonly id: string;
  readonly rules: OxlintRules;
  readonly isTyped: boolean;
}

/** Mistakes that the syntax alone proves. */
export const createOxlintLogic = (options: AnalyserOptions): Analyser =>
  createOxlint({ id: 'logic', rules: LOGIC_RULES, isTyped: false }, options);

/** Type errors and mistakes that need types, by TypeScript's own checker. */
export const createOxlintTyped = (options: AnalyserOptions): Analyser =>
  createOxlint({ id: 'typed', rules: TYPED_RULES, isTyped: true }, options);

function createOxlint(variant: Variant, options: AnalyserOptions): Analyser {
  const oxlint = findTool('oxlint');
  const tsgolint = findTool('oxlint-tsgolint');
  const name = variant.isTyped ? `tsgolint ${tsgolint.version}` : `oxlint ${oxlint.version}`;
  return {
    name,
    category: 'logic',
    followsImports: variant.isTyped,
    judgesDependents: variant.isTyped,
    reads: (path) => SCRIPT_FILE.test(path),
    analyse: async (stage, paths, signal) => {
      const call = await prepare(variant, stage);
      const run = async (batch: readonly string[], attempt: Attempt): Promise<BatchResult> => {
        const args = [`${oxlint.folder}/bin/oxlint`, ...call.args, ...batch.map((path) => `./${path}`)];
        const result = await runConfined(
          {
            program: process.execPath,
            args,
            readable: [oxlint.modules, tsgolint.modules, dirname(stage.folder), process.execPath],
            cwd: stage.folder,
            env: call.env,
            ...limitsFor(attempt, { ...options, stage, paths: batch.length }),
            maxMemoryBytes: MAX_MEMORY_BYTES,
          },
          options.confinement,
          signal,
        );
        return toBatchResult(result, stage, batch, variant);
      };
      return analyseInBatches(paths, BATCH_SIZE, run);
    },
  };
}

interface Prepared {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Writes our configuration beside the stage. Every flag here is one without which oxlint obeyed or executed a file of
 * the repository: nested configurations, JavaScript plugins, `oxlint.config.ts`, ignore files, and a
 * `node_modules/.bin/tsgolint`.
 */
async function prepare(variant: Variant, stage: Stage): Promise<Prepared> {
  const config = await besideStage(
    stage.folder,
    `oxlint-${variant.id}.json`,
    JSON.stringify({
      plugins: ['typescript', 'unicorn', 'oxc', 'jest', 'react'],
      categories: { correctness: 'off' },
      env: { builtin: true, browser: true, node: true },
      rules: variant.rules,
    }),
  );
  const args = ['-c', config, '--disable-nested-config', '--no-ignore', '--threads=2', '-f', 'json'];
  if (!variant.isTyped) return { args, env: THREADS };
  await besideStage(stage.folder, 'tsconfig.json', JSON.stringify(ownTsconfig()));
  const program = findNativeProgram(findTool('oxlint-tsgolint'), '@oxlint-tsgolint/', 'tsgolint');
  return {
    args: [...args, '--type-aware', '--type-check'],
    env: { ...THREADS, OXLINT_TSGOLINT_PATH: program },
  };
}

/** Lies in the folder above the stage, where the checker looks after finding none among the staged files. */
function ownTsconfig(): unknown {
  const types = findTool('@types/node');
  return {
    compilerOptions: {
      target: 'es2024',
      lib: ['es2024', 'esnext', 'dom', 'dom.iterable'],
      module: 'esnext',
      moduleResolution: 'bundler',
      // Files without imports are no modules to TypeScript, and would then share one scope.
      moduleDetection: 'force',
      jsx: 'preserve',
      strict: true,
      noImplicitAny: false,
      strictPropertyInitialization: false,
      useUnknownInCatchVariables: false,
      allowJs: true,
      checkJs: false,
      skipLibCheck: true,
      noEmit: true,
      resolveJsonModule: true,
      esModuleInterop: true,
      experimentalDecorators: true,
      allowImportingTsExtensions: true,
      allowUnreachableCode: true,
      allowUnusedLabels: true,
      typeRoots: [dirname(types.folder)],
      types: ['node'],
    },
    include: ['files/**/*'],
    exclude: [],
  };
}

async function toBatchResult(
  result: ConfinedResult,
  stage: Stage,
  batch: readonly string[],
  { isTyped }: Variant,
): Promise<BatchResult> {
  if (result.kind === 'timed-out')
    return { kind: 'failed', why: `took longer than ${result.afterMs / 1000} s` };
  if (result.kind === 'crashed') return { kind: 'failed', why: `crashed (${result.why})` };
  if (result.kind === 'too-much-output') return { kind: 'failed', why: 'printed more than we read' };
  const read = await readOxlintOutput(result.stdout, stage, { isTyped, batch });
  if (read !== undefined) return { kind: 'analysed', ...read };
  return {
    kind: 'failed',
    why: `exit code ${result.code}: ${(result.stderr || result.stdout).trim().slice(0, 300)}`,
  };
}
