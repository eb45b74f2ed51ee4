import type { Location } from '../domain/finding.ts';
import type { Diagnostic } from './ports.ts';

const MAX_LINES = 10;

/**
 * Where in the diff a diagnostic can be reported: the first line it points at that the diff adds, and the added lines
 * that follow within its range. `undefined` when the diff adds none of its lines.
 */
export function placeInDiff(
  diagnostic: Diagnostic,
  added: ReadonlyMap<string, ReadonlySet<number>>,
): Location | undefined {
  const lines = added.get(diagnostic.path);
  if (lines === undefined) return undefined;
  const { startLine, endLine, alsoLines = [] } = diagnostic;
  let first: number | undefined;
  for (let line = startLine; line <= endLine && first === undefined; line++)
    if (lines.has(line)) first = line;
  first ??= alsoLines.find((line) => lines.has(line));
  if (first === undefined) return undefined;
  let last = first;
  while (last < endLine && last - first + 1 < MAX_LINES && lines.has(last + 1)) last++;
  return { path: diagnostic.path, side: 'RIGHT', startLine: first, endLine: last };
}
