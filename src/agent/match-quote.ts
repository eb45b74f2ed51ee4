import { visibleCode } from './untrusted-text.ts';

/** Number and mark of a passage's line, which models sometimes copy along. */
const MARGIN = /^\s*\d+\s?[+\- ]?\|/;
/** A shorter piece of a line proves nothing. */
const MIN_PIECE = 8;

/** Lines of a file as prompts show them, split once. */
export type ShownLines = readonly string[];

export function shownLines(text: string): ShownLines {
  return visibleCode(text)
    .split('\n')
    .map((line) => line.trim());
}

/**
 * Where `code` stands in `lines`: the place nearest to `line`, both ends included, counted from 1; undefined when it
 * stands nowhere.
 *
 * Characters count, white space at both ends of a line and empty lines around the quote do not. A quote of one line may
 * be a piece of it.
 */
export function findQuote(
  lines: ShownLines,
  code: string,
  line: number,
): { readonly startLine: number; readonly endLine: number } | undefined {
  const wanted = quotedLines(code);
  const [only] = wanted;
  if (only === undefined) return undefined;
  const isPiece = (at: number): boolean =>
    wanted.length === 1 && only.length >= MIN_PIECE && (lines[at]?.includes(only) ?? false);
  const starts = lines.flatMap((_, at) =>
    wanted.every((text, offset) => lines[at + offset] === text) || isPiece(at) ? [at + 1] : [],
  );
  const nearest = starts.sort((a, b) => Math.abs(a - line) - Math.abs(b - line))[0];
  return nearest === undefined ? undefined : { startLine: nearest, endLine: nearest + wanted.length - 1 };
}

function quotedLines(code: string): readonly string[] {
  const lines = code.replace(/\r/g, '').split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const hasMargin = filled.length > 0 && filled.every((line) => MARGIN.test(line));
  const plain = lines.map((line) => (hasMargin ? line.replace(MARGIN, '') : line).trim());
  const first = plain.findIndex((line) => line !== '');
  return first === -1 ? [] : plain.slice(first, plain.findLastIndex((line) => line !== '') + 1);
}
