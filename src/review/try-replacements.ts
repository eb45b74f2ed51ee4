import type { ModelFinding } from '../agent/reading.ts';
import { boundedMap } from '../lib/bounded-map.ts';
import type { Change, ChangedFile } from './collect-change.ts';
import { readContext } from './context-files.ts';
import type { Analyser } from './ports.ts';
import type { ReviewPorts } from './request.ts';
import { type Analysis, filesFor, needsContext, runAnalyser } from './run-analyser.ts';

/** More suggestions than these are not tried, and so not offered. */
const MAX_TRIED = 20;

/**
 * Applies the models' replacements to copies of their files and runs the tools of logic over them, which parse, and
 * where the language has types check them. Returns the findings after whose replacement no tool says more than before.
 *
 * Where no tool reads the language nothing is known of the text, and it is not offered.
 */
export async function tryReplacements(
  findings: readonly ModelFinding[],
  change: Change,
  { ports, head }: { readonly ports: ReviewPorts; readonly head: string },
  signal: AbortSignal,
): Promise<ReadonlySet<ModelFinding>> {
  const candidates = onePerFile(findings.filter(({ replacement }) => replacement !== undefined));
  const tools = ports.analysers.filter(({ category }) => category === 'logic');
  const files = change.files.filter(
    ({ path, suppressions }) => candidates.has(path) && suppressions.length === 0,
  );
  if (files.length === 0 || tools.length === 0) return new Set();
  const before = { ...change, files };
  const after = { ...change, files: files.map((file) => apply(file, candidates.get(file.path))) };
  const good = new Set<string>();
  const bad = new Set<string>();
  await boundedMap(tools, 1, async (tool) => {
    const given = filesFor(tool, files).map(({ path }) => path);
    if (given.length === 0) return;
    const [old, now] = await runTwice(tool, [before, after], { ports, head }, signal);
    for (const path of given) {
      const isWorse =
        old === undefined ||
        now === undefined ||
        now.notAnalysed.some((one) => one.path === path) ||
        countIn(now, path) > countIn(old, path);
      (isWorse ? bad : good).add(path);
    }
  });
  return new Set([...candidates].flatMap(([path, one]) => (good.has(path) && !bad.has(path) ? [one] : [])));
}

function onePerFile(findings: readonly ModelFinding[]): ReadonlyMap<string, ModelFinding> {
  const chosen = new Map<string, ModelFinding>();
  for (const finding of findings) {
    if (chosen.size < MAX_TRIED && !chosen.has(finding.location.path)) {
      chosen.set(finding.location.path, finding);
    }
  }
  return chosen;
}

function apply(file: ChangedFile, finding: ModelFinding | undefined): ChangedFile {
  if (finding?.replacement === undefined) return file;
  const { startLine, endLine } = finding.location;
  const lines = Buffer.from(file.head).toString('utf8').split('\n');
  lines.splice(startLine - 1, endLine - startLine + 1, ...finding.replacement.split('\n'));
  const bytes = Buffer.from(lines.join('\n'));
  return { ...file, head: bytes, staged: bytes };
}

/** Undefined for a version that the tool could not look at. */
async function runTwice(
  tool: Analyser,
  changes: readonly [Change, Change],
  { ports, head }: { readonly ports: ReviewPorts; readonly head: string },
  signal: AbortSignal,
): Promise<readonly (Analysis | undefined)[]> {
  const { objects, stager } = ports;
  const context = needsContext(tool)
    ? await readContext(changes[0], (path) => tool.reads(path), { objects, commit: head }, signal)
    : new Map<string, Uint8Array>();
  return await boundedMap(changes, 1, async (change) => {
    try {
      return await runAnalyser(tool, { change, context, stager }, signal);
    } catch {
      // A tool that cannot run proves nothing about the text, which is then not offered.
      signal.throwIfAborted();
      return undefined;
    }
  });
}

function countIn({ diagnostics }: Analysis, path: string): number {
  return diagnostics.filter((one) => one.path === path).length;
}
