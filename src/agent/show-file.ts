import { numberLines } from './code-tools.ts';

/** A longer file is shown around a line only; the rest can be looked up. */
const MAX_LINES = 600;

/** A file for a prompt, with line numbers: whole, or the part of it around `line`. */
export function showFile(text: string, line: number, maxLines = MAX_LINES): string {
  const lines = text.split('\n');
  if (lines.length <= maxLines) return numberLines(lines, 1, lines.length);
  const first = Math.max(1, Math.min(line - Math.floor(maxLines / 2), lines.length - maxLines));
  return numberLines(lines, first, first + maxLines);
}
