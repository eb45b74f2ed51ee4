import type { FileDiff } from '../domain/diff.ts';
import { addedLines } from '../domain/diff.ts';
import type { Location } from '../domain/finding.ts';
import type { Diagnostic } from './ports.ts';

const MAX_LINES = 10;

/** The lines that a diff changes, by the path that its files go by. */
export interface ChangedLines {
  /** Of the head. */
  readonly added: ReadonlyMap<string, ReadonlySet<number>>;
  /** Of the base. */
  readonly removed: ReadonlyMap<string, ReadonlySet<number>>;
}

/** The lines that the diff adds and removes. */
export function changedLines(diff: readonly FileDiff[]): ChangedLines {
  const removed = diff.map(({ path, hunks }) => {
    const lines = hunks.flatMap((hunk) => hunk.lines);
    const numbers = lines.flatMap(({ kind, oldLine }) =>
      kind === 'removed' && oldLine !== undefined ? [oldLine] : [],
    );
    return [path, new Set(numbers)] as const;
  });
  return { added: addedLines(diff), removed: new Map(removed) };
}

/**
 * Where in the diff a diagnostic can be reported: the first line it points at that the diff adds (or, for one of the
 * LEFT side, removes), and such lines that follow within its range. `undefined` when the diff has none of its lines.
 *
 * A file that only got another name has no lines in the diff; what is said of its base stands at its first line.
 */
export function placeInDiff(diagnostic: Diagnostic, changed: ChangedLines): Location | undefined {
  const side = diagnostic.side ?? 'RIGHT';
  const lines = (side === 'LEFT' ? changed.removed : changed.added).get(diagnostic.path);
  if (lines === undefined) return undefined;
  if (side === 'LEFT' && lines.size === 0 && changed.added.get(diagnostic.path)?.size === 0)
    return { path: diagnostic.path, side: 'RIGHT', startLine: 1, endLine: 1 };
  const { startLine, endLine, alsoLines = [] } = diagnostic;
  let first: number | undefined;
  for (let line = startLine; line <= endLine && first === undefined; line++)
    if (lines.has(line)) first = line;
  first ??= alsoLines.find((line) => lines.has(line));
  if (first === undefined) return undefined;
  let last = first;
  while (last < endLine && last - first + 1 < MAX_LINES && lines.has(last + 1)) last++;
  return { path: diagnostic.path, side, startLine: first, endLine: last };
}
