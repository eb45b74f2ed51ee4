import { parseSourceMap, readSegments, sharedEnd, sourcePath } from './source-map.ts';

/** Changed lines of one file, as one side has them. */
export interface WantedFile {
  readonly path: string;
  readonly lines: readonly WantedLine[];
}

/** A changed line, and to which part of the diff it belongs. */
export interface WantedLine {
  readonly part: number;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** Where a changed line lies in a script, as offsets in UTF-16 units. */
export interface PlacedLine {
  readonly part: number;
  readonly line: number;
  readonly offsets: readonly number[];
}

const NEW_LINE = /\r\n|\r|\n/g;
/** Pieces that are kept for one line; a line that makes more than this is written by a program. */
const MAX_OFFSETS = 50;
/** Sources of one script that are looked at. */
const MAX_SOURCES = 50_000;
/** A line must say this much to be known again by its text alone. */
const MIN_TELLING = 8;

/** Places changed lines in a script by its source map; `undefined` when the map is none. */
export function placeByMap(
  script: string,
  map: string,
  wanted: readonly WantedFile[],
): readonly PlacedLine[] | undefined {
  const maps = parseSourceMap(map);
  if (maps === undefined) return undefined;
  const starts = lineStarts(script);
  const offsets = new Map<WantedLine, number[]>();
  const byName = Map.groupBy(wanted, ({ path }) => nameOf(path));
  let looked = 0;
  for (const one of maps) {
    const linesOf = new Map<number, ReadonlyMap<number, readonly WantedLine[]>>();
    for (const [index, source] of one.sources.entries()) {
      looked += 1;
      if (looked > MAX_SOURCES) break;
      const path = sourcePath(source);
      const named = byName.get(nameOf(path));
      if (named === undefined) continue;
      const lines = linesOfSource(path, one.contents[index], named);
      if (lines.size > 0) linesOf.set(index, lines);
    }
    if (linesOf.size === 0) continue;
    const isSound = readSegments(one, new Set(linesOf.keys()), ({ line, column, source, sourceLine }) => {
      const start = starts[line];
      if (start === undefined) return;
      for (const wantedLine of linesOf.get(source)?.get(sourceLine) ?? []) {
        const known = offsets.get(wantedLine) ?? [];
        if (known.length < MAX_OFFSETS) offsets.set(wantedLine, [...known, start + column]);
      }
    });
    if (!isSound) return undefined;
  }
  return [...offsets].map(([{ part, line }, found]) => ({ part, line, offsets: found }));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The wanted lines of a source by their 0-based line in it; empty when it is another file, or another version of it. */
function linesOfSource(
  path: string,
  content: string | undefined,
  wanted: readonly WantedFile[],
): ReadonlyMap<number, readonly WantedLine[]> {
  const isOfPackage = path.includes('node_modules/');
  const shared = wanted.map((file) =>
    isOfPackage && !file.path.includes('node_modules/') ? 0 : sharedEnd(path, file.path),
  );
  const most = Math.max(0, ...shared);
  const found = new Map<number, WantedLine[]>();
  if (most === 0) return found;
  const contents = content?.split(NEW_LINE);
  for (const [index, file] of wanted.entries()) {
    if (shared[index] !== most) continue;
    // Without its text only a whole path says that it is this file.
    if (contents === undefined && most < file.path.split('/').length) continue;
    for (const one of file.lines) {
      const at = contents === undefined ? one.line - 1 : findLine(contents, one);
      if (at !== undefined) found.set(at, [...(found.get(at) ?? []), one]);
    }
  }
  return found;
}

/** Places changed lines in a script that is served as it is written: a file of its own, or a part of a document. */
export function placeByText(script: string, wanted: readonly WantedFile[]): readonly PlacedLine[] {
  const lines = script.split(NEW_LINE);
  const starts = lineStarts(script);
  return wanted.flatMap((file) =>
    file.lines.flatMap((one) => {
      const at = findLine(lines, one);
      const text = at === undefined ? undefined : lines[at];
      const start = at === undefined ? undefined : starts[at];
      if (text === undefined || start === undefined) return [];
      const words = [...text.matchAll(/[\w$]+/g)].map(({ index }) => start + index);
      return words.length === 0
        ? []
        : [{ part: one.part, line: one.line, offsets: words.slice(0, MAX_OFFSETS) }];
    }),
  );
}

/** Which line of a text a changed line is: that of its number, else the only one that says the same. */
function findLine(lines: readonly string[], { line, text }: WantedLine): number | undefined {
  const wanted = text.trim();
  if (lines[line - 1]?.trim() === wanted) return line - 1;
  if (wanted.length < MIN_TELLING) return undefined;
  const first = lines.findIndex((one) => one.trim() === wanted);
  if (first === -1) return undefined;
  const isOnly = lines.findLastIndex((one) => one.trim() === wanted) === first;
  return isOnly ? first : undefined;
}

/** Offset of the first character of each line. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(NEW_LINE)) starts.push(match.index + match[0].length);
  return starts;
}
