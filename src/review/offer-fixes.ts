import type { ChangedFile } from './collect-change.ts';
import { FIXES } from './fixes.ts';
import { linesOf } from './new-diagnostics.ts';
import { type ChangedLines, placeInDiff } from './place.ts';
import type { AnalysisResult, Diagnostic } from './ports.ts';

interface Candidate {
  readonly diagnostic: Diagnostic;
  readonly line: number;
  readonly replacement: string;
}

export interface FixInput {
  readonly files: readonly ChangedFile[];
  readonly changed: ChangedLines;
  /** What the tool says of the head, old and new. */
  readonly head: AnalysisResult;
  /** Runs the same tool over other versions of some of the files, beside the rest of the head. */
  readonly analyse: (files: ReadonlyMap<string, Uint8Array>) => Promise<AnalysisResult>;
}

/**
 * Adds to diagnostics the line that mends them, where applying it to a copy and running the tool again shows that the
 * complaint is gone and that nothing else has come.
 */
export async function offerFixes(
  diagnostics: readonly Diagnostic[],
  { files, changed, head, analyse }: FixInput,
): Promise<readonly Diagnostic[]> {
  const candidates = findCandidates(diagnostics, files, changed);
  if (candidates.length === 0) return diagnostics;
  const byPath = Map.groupBy(candidates, ({ diagnostic }) => diagnostic.path);
  const fixed = new Map(
    files.flatMap(({ path, staged }) => {
      const edits = byPath.get(path);
      return edits === undefined ? [] : [[path, applyEdits(staged, edits)] as const];
    }),
  );
  const after = await analyse(fixed);
  const before = new Set(head.diagnostics.map(placeOf));
  const unread = new Set(after.notAnalysed.map(({ path }) => path));
  const worse = new Set(after.diagnostics.filter((one) => !before.has(placeOf(one))).map(({ path }) => path));
  const left = new Set(after.diagnostics.map(placeOf));
  const offered = new Map(
    candidates
      .filter(({ diagnostic }) => !left.has(placeOf(diagnostic)))
      .filter(({ diagnostic: { path } }) => !unread.has(path) && !worse.has(path))
      .map(({ diagnostic, replacement }) => [diagnostic, replacement]),
  );
  return diagnostics.map((diagnostic) => {
    const replacement = offered.get(diagnostic);
    return replacement === undefined ? diagnostic : { ...diagnostic, replacement };
  });
}

/** One candidate a line, for diagnostics that stand on one line as it is in the repository. */
function findCandidates(
  diagnostics: readonly Diagnostic[],
  files: readonly ChangedFile[],
  changed: ChangedLines,
): readonly Candidate[] {
  const heads = linesOf(new Map(files.map(({ path, head }) => [path, head])));
  const staged = linesOf(new Map(files.map((file) => [file.path, file.staged])));
  const taken = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const { rule, path, startLine } = diagnostic;
    const place = placeInDiff(diagnostic, changed);
    if (place?.startLine !== startLine || place.endLine !== startLine || diagnostic.endLine !== startLine)
      return [];
    const text = heads(path, startLine);
    const replacement = FIXES[rule]?.(text);
    const key = JSON.stringify([path, startLine]);
    // A line whose suppression was overwritten is another one than the repository's.
    if (replacement === undefined || text !== staged(path, startLine) || taken.has(key)) return [];
    taken.add(key);
    return [{ diagnostic, line: startLine, replacement }];
  });
}

function applyEdits(bytes: Uint8Array, edits: readonly Candidate[]): Uint8Array {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  for (const { line, replacement } of edits) lines[line - 1] = replacement;
  return Buffer.from(lines.join('\n'));
}

/** Fixes keep the number of lines, so a line is the same before and after. */
function placeOf({ rule, path, startLine }: Diagnostic): string {
  return JSON.stringify([rule, path, startLine]);
}
