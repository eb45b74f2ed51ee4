import type { Diagnostic } from './ports.ts';

/** The text of a line (1-based) of a file, empty where there is none. */
export type Lines = (path: string, line: number) => string;

/**
 * The diagnostics of the head that the base does not have.
 *
 * Two are the same when rule, message and text of the line are (white space folded); the number of the line takes no
 * part, so code that only moved gives nothing new, also into another file. Where the head has more of the same than
 * the base, those that `isAdded` are the new ones, top first.
 */
export function newDiagnostics(
  head: { readonly diagnostics: readonly Diagnostic[]; readonly lines: Lines },
  base: { readonly diagnostics: readonly Diagnostic[]; readonly lines: Lines },
  isAdded: (diagnostic: Diagnostic) => boolean,
): readonly Diagnostic[] {
  const left = new Map<string, number>();
  for (const diagnostic of base.diagnostics) {
    const key = keyOf(diagnostic, base.lines);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const known = new Set<Diagnostic>();
  // Those on untouched lines are matched first: they are surely the old ones.
  const untouchedFirst = [...head.diagnostics].sort((a, b) => Number(isAdded(a)) - Number(isAdded(b)));
  for (const diagnostic of untouchedFirst) {
    const key = keyOf(diagnostic, head.lines);
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    left.set(key, count - 1);
    known.add(diagnostic);
  }
  return head.diagnostics.filter((diagnostic) => !known.has(diagnostic));
}

function keyOf({ rule, message, path, startLine }: Diagnostic, lines: Lines): string {
  return JSON.stringify([rule, message, foldSpace(lines(path, startLine))]);
}

/** Looks lines up in files; each file is split at its first use. */
export function linesOf(files: ReadonlyMap<string, Uint8Array>): Lines {
  const split = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = split.get(path);
    if (lines === undefined) {
      lines = Buffer.from(files.get(path) ?? [])
        .toString('utf8')
        .split('\n');
      split.set(path, lines);
    }
    return lines[line - 1] ?? '';
  };
}

export function foldSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
