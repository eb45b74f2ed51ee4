import type { DiffLine, Hunk } from '../domain/diff.ts';
import { findDeclarations } from '../lib/enclosing-symbol.ts';
import type { ReadableFile } from './task.ts';
import { visibleCode } from './untrusted-text.ts';

/** Longer hunks are cut, so that each passage is short enough to be read closely. */
const MAX_LINES = 80;
/** Lines of the file around a hunk, beside the three that the diff has. */
const AROUND = 12;

/** A hunk, or a part of a long one: the unit that is assigned and receipted. */
export interface Passage {
  /** `H1`, `H2`, … in the order of the diff. */
  readonly id: string;
  readonly path: string;
  /** Which hunk of the file, from 0; the hunk counts as read when all its passages are. */
  readonly hunk: number;
  readonly lines: readonly DiffLine[];
  /** As it stands in a prompt, without its receipt. */
  readonly text: string;
}

/** Cuts all hunks into passages with the code around them. */
export function listPassages(files: readonly ReadableFile[]): readonly Passage[] {
  let count = 0;
  return files.flatMap((file) => {
    const headLines = file.head.split('\n');
    return file.hunks.flatMap((hunk, index) =>
      cut(hunk).map((lines, part, parts): Passage => {
        count += 1;
        const isFirst = part === 0;
        const isLast = part === parts.length - 1;
        return {
          id: `H${count}`,
          path: file.path,
          hunk: index,
          lines,
          text: render(lines, headLines, { before: isFirst ? AROUND : 3, after: isLast ? AROUND : 3 }),
        };
      }),
    );
  });
}

function cut({ lines }: Hunk): readonly (readonly DiffLine[])[] {
  const parts = Math.max(1, Math.ceil(lines.length / MAX_LINES));
  const size = Math.ceil(lines.length / parts);
  return Array.from({ length: parts }, (_, part) => lines.slice(part * size, (part + 1) * size));
}

function render(
  lines: readonly DiffLine[],
  headLines: readonly string[],
  around: { readonly before: number; readonly after: number },
): string {
  const numbers = lines.flatMap(({ newLine }) => (newLine === undefined ? [] : [newLine]));
  const first = numbers.at(0) ?? 1;
  const last = numbers.at(-1) ?? first;
  const start = Math.max(1, first - around.before);
  const before = range(start, first - 1).map((line) => show(line, ' ', headLines[line - 1] ?? ''));
  const after = range(last + 1, Math.min(headLines.length, last + around.after)).map((line) =>
    show(line, ' ', headLines[line - 1] ?? ''),
  );
  // An empty last element is the end of the last line, not a line.
  if (last + around.after >= headLines.length && headLines.at(-1) === '') after.pop();
  const enclosing = findDeclarations(headLines, first - 1)
    .filter(({ start: at }) => at + 1 < start)
    .map(({ start: at }) => show(at + 1, ' ', headLines[at] ?? ''));
  return [
    ...enclosing,
    ...(enclosing.length > 0 ? ['      …'] : []),
    ...before,
    ...lines.map((line) => show(line.newLine ?? line.oldLine ?? 0, markOf(line), line.text)),
    ...after,
  ].join('\n');
}

/** `  12+|code`: the number is of the new version, or of the old one for a removed line. */
function show(line: number, mark: string, text: string): string {
  return `${String(line).padStart(5)}${mark}|${visibleCode(text)}`;
}

function markOf({ kind }: DiffLine): string {
  return kind === 'added' ? '+' : kind === 'removed' ? '-' : ' ';
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
