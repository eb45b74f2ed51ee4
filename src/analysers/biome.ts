import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Analyser, Diagnostic } from '../review/ports.ts';
import { analyseInBatches, type BatchResult } from './analyse-in-batches.ts';
import { limitsFor } from './limits.ts';
import { type AnalyserOptions, SCRIPT_FILE } from './oxlint.ts';
import { type ConfinedResult, runConfined } from './run-confined.ts';
import { besideStage } from './stager.ts';
import { findNativeProgram, findTool } from './tools.ts';

const BATCH_SIZE = 500;
const MAX_MEMORY_BYTES = 8_000_000_000;
/** A large stack against deep nesting, and therefore few threads. */
const ENVIRONMENT = {
  BIOME_LOG_PATH: '/tmp',
  RUST_MIN_STACK: '512000000',
  RAYON_NUM_THREADS: '2',
  BIOME_THREADS: '2',
};

/**
 * Rules of habit and plainness. Whether one counts is measured on the repository's base: only what the base already
 * keeps to is asked of the head, so even a matter of taste is the repository's own.
 */
const RULES = {
  style: [
    'noInferrableTypes',
    'noNestedTernary',
    'noNonNullAssertion',
    'noParameterAssign',
    'noUnusedTemplateLiteral',
    'noUselessElse',
    'noYodaExpression',
    'useArrayLiterals',
    'useAsConstAssertion',
    'useCollapsedElseIf',
    'useConst',
    'useDefaultParameterLast',
    'useExponentiationOperator',
    'useExportType',
    'useForOf',
    'useImportType',
    'useNamingConvention',
    'useNodejsImportProtocol',
    'useNumberNamespace',
    'useShorthandAssign',
    'useSingleVarDeclarator',
    'useTemplate',
    'useThrowNewError',
    'useThrowOnlyError',
  ],
  complexity: [
    'noCommaOperator',
    'noExtraBooleanCast',
    'noForEach',
    'noUselessCatch',
    'noUselessConstructor',
    'noUselessLoneBlockStatements',
    'noUselessRename',
    'noUselessStringConcat',
    'noUselessSwitchCase',
    'noUselessTernary',
    'useArrowFunction',
    'useDateNow',
    'useFlatMap',
    'useOptionalChain',
    'useRegexLiterals',
  ],
  suspicious: [
    'noAssignInExpressions',
    'noConsole',
    'noDoubleEquals',
    'noEmptyBlockStatements',
    'noExplicitAny',
    'noVar',
  ],
  correctness: ['noUnusedImports', 'noUnusedVariables'],
} as const;

/** Settings of those rules that have any. */
const OPTIONS: Readonly<Record<string, unknown>> = {
  useNamingConvention: { strictCase: false, requireAscii: false },
  noDoubleEquals: { ignoreNull: true },
};

/** Biome's linter over JavaScript and TypeScript, for style. */
export function createBiome(options: AnalyserOptions): Analyser {
  const biome = findTool('@biomejs/biome');
  const program = findNativeProgram(
    biome,
    '@biomejs/cli-',
    process.platform === 'win32' ? 'biome.exe' : 'biome',
  );
  return {
    name: `biome ${biome.version}`,
    category: 'style',
    reads: (path) => SCRIPT_FILE.test(path),
    analyse: async (stage, paths, signal) => {
      await mkdir(join(dirname(stage.folder), 'biome'), { recursive: true });
      const config = await besideStage(stage.folder, 'biome/biome.json', JSON.stringify(ownConfig()));
      return analyseInBatches(paths, BATCH_SIZE, async (batch, attempt) => {
        const result = await runConfined(
          {
            program,
            // With a configuration named, biome looks for no other; the repository's own are not obeyed.
            args: ['lint', `--config-path=${dirname(config)}`, ...FLAGS, ...batch.map((path) => `./${path}`)],
            readable: [biome.modules, dirname(stage.folder)],
            cwd: stage.folder,
            env: ENVIRONMENT,
            ...limitsFor(attempt, { ...options, stage, paths: batch.length }),
            maxMemoryBytes: MAX_MEMORY_BYTES,
          },
          options.confinement,
          signal,
        );
        return toBatchResult(result, new Set(batch));
      });
    },
  };
}

const FLAGS = [
  '--reporter=json',
  '--max-diagnostics=none',
  '--colors=off',
  '--no-errors-on-unmatched',
  '--vcs-enabled=false',
  '--files-max-size=1048576',
];

function ownConfig(): unknown {
  const groups = Object.entries(RULES).map(([group, names]) => [
    group,
    Object.fromEntries(
      names.map((name) => [
        name,
        OPTIONS[name] === undefined ? 'error' : { level: 'error', options: OPTIONS[name] },
      ]),
    ),
  ]);
  return {
    root: true,
    formatter: { enabled: false },
    assist: { enabled: false },
    linter: { enabled: true, rules: { preset: 'none', ...Object.fromEntries(groups) } },
  };
}

const place = z.object({ line: z.int() });
const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      category: z.string().nullish(),
      location: z.object({ path: z.string(), start: place, end: place }).nullish(),
    }),
  ),
});

function toBatchResult(result: ConfinedResult, batch: ReadonlySet<string>): BatchResult {
  if (result.kind === 'timed-out')
    return { kind: 'failed', why: `took longer than ${result.afterMs / 1000} s` };
  if (result.kind === 'crashed') return { kind: 'failed', why: `crashed (${result.why})` };
  if (result.kind === 'too-much-output') return { kind: 'failed', why: 'printed more than we read' };
  const report = parseReport(result.stdout);
  if (report === undefined) {
    return { kind: 'failed', why: `exit code ${result.code}: ${result.stderr.trim().slice(0, 300)}` };
  }
  const diagnostics: Diagnostic[] = [];
  const unread = new Map<string, string>();
  for (const { category, message, location } of report) {
    const path = location?.path.replace(/^\.\//, '');
    if (path === undefined || !batch.has(path)) continue;
    if (category?.startsWith('lint/') === true) {
      const rule = `biome/${category.slice(category.lastIndexOf('/') + 1)}`;
      const [startLine, endLine] = [location?.start.line ?? 1, location?.end.line ?? 1];
      diagnostics.push({ rule, path, startLine, endLine, message });
    } else unread.set(path, message);
  }
  return {
    kind: 'analysed',
    diagnostics: diagnostics.filter(({ path }) => !unread.has(path)),
    notAnalysed: [...unread].map(([path, message]) => ({ path, reason: `does not parse: ${message}` })),
  };
}

function parseReport(text: string): z.infer<typeof reportSchema>['diagnostics'] | undefined {
  try {
    return reportSchema.safeParse(JSON.parse(text)).data?.diagnostics;
  } catch {
    // Not JSON: the caller reports how biome ended.
    return undefined;
  }
}
