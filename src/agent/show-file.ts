import { numberLines } from './code-tools.ts';

/** A longer file is shown around a line only; the rest can be looked up. Less for a model that cannot take as much. */
const MAX_LINES = [600, 150, 40] as const;

/** A file for a prompt, with line numbers: whole or the part of it around `line`, then shorter ones for small models. */
export function showShorter(text: string, line: number): readonly string[] {
  return [...new Set(MAX_LINES.map((max) => showFile(text, line, max)))];
}

function showFile(text: string, line: number, maxLines: number): string {
  const lines = text.split('\n');
  if (lines.length <= maxLines) return numberLines(lines, 1, lines.length);
  const first = Math.max(1, Math.min(line - Math.floor(maxLines / 2), lines.length - maxLines + 1));
  return numberLines(lines, first, first + maxLines - 1);
}
