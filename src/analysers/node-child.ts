import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { AnalysisResult, Diagnostic, Stage } from '../review/ports.ts';
import type { BatchResult } from './analyse-in-batches.ts';
import { type Attempt, limitsFor } from './limits.ts';
import type { AnalyserOptions } from './oxlint.ts';
import type { ConfinedResult } from './run-confined.ts';
import { runConfined } from './run-confined.ts';
import { childScript, findTool } from './tools.ts';

const diagnosticSchema = z.object({
  rule: z.string(),
  path: z.string(),
  startLine: z.int().min(1),
  endLine: z.int().min(1),
  message: z.string(),
  side: z.literal('LEFT').exactOptional(),
  places: z.array(z.object({ path: z.string(), line: z.int().min(1) })).exactOptional(),
  replacement: z.string().exactOptional(),
  alsoLines: z.array(z.int().min(1)).exactOptional(),
  trace: z.array(z.object({ path: z.string(), line: z.int().min(1), code: z.string() })).exactOptional(),
});
const replySchema = z.object({
  path: z.string(),
  kind: z.enum(['analysed', 'failed']),
  why: z.string().optional(),
  diagnostics: z.array(diagnosticSchema),
});

const MAX_MEMORY_BYTES = 24_000_000_000;
const MAX_HEAP_MB = 768;
/** The heap, as much again for parsers in native code and for buffers, and 0.6 GB that Node counts at its start. */
const MAX_DATA_BYTES = 2_400_000_000;
/** Baseline code at once: optimising ten megabytes of WebAssembly takes longer than the files do. */
const WEBASSEMBLY = ['--liftoff-only'];
/** With the stack that `runConfined` allows, deep nesting is survived. */
const NATIVE = ['--allow-addons', '--stack-size=60000'];

/** What a script of ours is given. */
export interface ChildCall {
  readonly script: string;
  readonly rules: readonly string[];
  readonly stage: Stage;
  readonly paths: readonly string[];
  readonly attempt: Attempt;
  /** What the script is told beside; goes into its request. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** The script loads a parser in native code, for which the permission model needs a flag of its own. */
  readonly usesNativeCode?: boolean;
}

/** Runs one of the scripts in `children/` over files of the stage, in Node with its permission model on. */
export async function runNodeChild(
  call: ChildCall,
  { confinement, timeoutMs }: AnalyserOptions,
  signal: AbortSignal,
): Promise<BatchResult> {
  const script = childScript(call.script);
  const { modules } = findTool('zod');
  const ownFolder = dirname(dirname(script));
  const readable = [modules, ownFolder, dirname(call.stage.folder), process.execPath];
  const result = await runConfined(
    {
      program: process.execPath,
      args: [
        '--permission',
        ...readable.map((path) => `--allow-fs-read=${path}`),
        `--allow-fs-read=${join(dirname(dirname(ownFolder)), 'package.json')}`,
        `--max-old-space-size=${MAX_HEAP_MB}`,
        ...(call.usesNativeCode === true ? NATIVE : WEBASSEMBLY),
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        script,
      ],
      readable,
      cwd: call.stage.folder,
      env: {},
      input: JSON.stringify({
        ...call.more,
        folder: call.stage.folder,
        paths: call.paths,
        rules: call.rules,
      }),
      ...limitsFor(call.attempt, { timeoutMs, confinement, stage: call.stage, paths: call.paths.length }),
      maxMemoryBytes: MAX_MEMORY_BYTES,
      maxDataBytes: MAX_DATA_BYTES,
    },
    confinement,
    signal,
  );
  return toBatchResult(result, call.paths);
}

function toBatchResult(result: ConfinedResult, paths: readonly string[]): BatchResult {
  if (result.kind === 'too-much-output') return { kind: 'failed', why: 'printed more than we read' };
  const { answered, ...read } = readReplies(result.stdout);
  const left = paths.filter((path) => !answered.has(path));
  const [at, ...after] = left;
  if (result.kind !== 'exited') {
    const why =
      result.kind === 'crashed' ? `crashed (${result.why})` : `took longer than ${result.afterMs / 1000} s`;
    // Files are answered in turn: the first without an answer is the one that it was at.
    return at === undefined ? { kind: 'failed', why } : { kind: 'stopped', at, left: after, why, ...read };
  }
  if (result.code !== 0)
    return { kind: 'failed', why: `exit code ${result.code}: ${result.stderr.slice(-300)}` };
  if (left.length > 0) return { kind: 'failed', why: `gave no answer for ${left.length} files` };
  return { kind: 'analysed', ...read };
}

/** What is on whole lines; the last one may have been cut off by the end of the process. */
function readReplies(stdout: string): AnalysisResult & { readonly answered: ReadonlySet<string> } {
  const diagnostics: Diagnostic[] = [];
  const notAnalysed: { path: string; reason: string }[] = [];
  const answered = new Set<string>();
  for (const line of stdout.split('\n').slice(0, -1)) {
    const reply = replySchema.parse(JSON.parse(line));
    answered.add(reply.path);
    diagnostics.push(...reply.diagnostics);
    if (reply.kind === 'failed') notAnalysed.push({ path: reply.path, reason: reply.why ?? 'failed' });
  }
  return { answered, diagnostics, notAnalysed };
}
