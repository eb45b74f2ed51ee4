import { visibleCode } from './untrusted-text.ts';

/** Number and mark of a passage's line, which models sometimes copy along. */
const MARGIN = /^\s*\d+\s?([+\- ]?)\|/;
/** A shorter piece of code proves nothing. */
const MIN_PIECE = 8;

/** Lines of a file as prompts show them, split once. */
export type ShownLines = readonly string[];

/** Lines counted from 1, both ends included. */
interface Range {
  readonly startLine: number;
  readonly endLine: number;
}

export function shownLines(text: string): ShownLines {
  return visibleCode(text)
    .split('\n')
    .map((line) => line.trim());
}

/**
 * Where `code` stands in `lines`: the place nearest to `line`; undefined when it stands nowhere.
 *
 * Characters count, white space does not. A quote may begin or end within a line, and where it was copied out of a diff,
 * only the lines of one side count.
 */
export function findQuote(lines: ShownLines, code: string, line: number): Range | undefined {
  for (const wanted of versionsOf(code)) {
    const places = findLines(lines, wanted);
    const found = nearest(places.length > 0 ? places : findCharacters(lines, wanted), line);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The lines as they are, then those of the new and of the old side of a diff. */
function versionsOf(code: string): readonly (readonly string[])[] {
  const rows = code.replace(/\r/g, '').split('\n');
  const filled = rows.filter((row) => row.trim() !== '');
  const hasMargin = filled.length > 0 && filled.every((row) => MARGIN.test(row));
  const marked = rows.map((row) => {
    const [margin = '', mark = ''] = (hasMargin ? MARGIN.exec(row) : /^\s*([+-])/.exec(row)) ?? [];
    return { mark: mark.trim(), text: row.slice(margin.length) };
  });
  const side = (left: string): readonly string[] =>
    marked.filter(({ mark }) => mark !== left).map(({ text }) => text);
  const plain = hasMargin ? marked.map(({ text }) => text) : rows;
  const hasMarks = marked.some(({ mark }) => mark !== '');
  return [plain, ...(hasMarks ? [side('-'), side('+')] : [])].map(withoutEmptyEnds);
}

function withoutEmptyEnds(rows: readonly string[]): readonly string[] {
  const trimmed = rows.map((row) => row.trim());
  const first = trimmed.findIndex((row) => row !== '');
  return first === -1 ? [] : trimmed.slice(first, trimmed.findLastIndex((row) => row !== '') + 1);
}

/** Where the lines follow each other, each as it is. */
function findLines(lines: ShownLines, wanted: readonly string[]): readonly Range[] {
  if (wanted.length === 0) return [];
  return lines.flatMap((_, at) =>
    wanted.every((text, offset) => lines[at + offset] === text)
      ? [{ startLine: at + 1, endLine: at + wanted.length }]
      : [],
  );
}

/** Where the characters follow each other, whatever white space and ends of lines are between them. */
function findCharacters(lines: ShownLines, wanted: readonly string[]): readonly Range[] {
  const sought = wanted.join('').replace(/\s+/g, '');
  if (sought.length < MIN_PIECE) return [];
  const plain = lines.map((line) => line.replace(/\s+/g, ''));
  const text = plain.join('');
  const places: Range[] = [];
  let [line, past] = [0, 0];
  /** The line, from 0, in which a character stands; asked in rising order. */
  const lineOf = (character: number): number => {
    while (past + (plain[line]?.length ?? 0) <= character) {
      past += plain[line]?.length ?? 0;
      line += 1;
    }
    return line;
  };
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + sought.length)) {
    places.push({ startLine: lineOf(at) + 1, endLine: lineOf(at + sought.length - 1) + 1 });
  }
  return places;
}

function nearest(places: readonly Range[], line: number): Range | undefined {
  return [...places].sort((a, b) => Math.abs(a.startLine - line) - Math.abs(b.startLine - line))[0];
}
