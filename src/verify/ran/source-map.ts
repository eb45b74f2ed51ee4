import { decodeMappings, type Segment } from './decode-mappings.ts';

/** A source map without sections: one list of sources, and where its pieces lie in the script. */
interface PlainMap {
  readonly sources: readonly string[];
  /** Text of each source, where the map has it. */
  readonly contents: readonly (string | undefined)[];
  readonly mappings: string;
  /** Where in the script the map begins, 0-based. */
  readonly from: { readonly line: number; readonly column: number };
}

/** A map of maps: the only other form there is. More of them than this come from somebody who means harm. */
const MAX_SECTIONS = 5_000;
/** What some programs put before the text, so that it is no script. */
const GUARD = /^\)\]\}'[^\n]*\n/;

/** Reads a source map (ECMA-426), with or without sections; `undefined` when it is none. */
export function parseSourceMap(text: string): readonly PlainMap[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(GUARD, ''));
  } catch {
    // Whatever a site answers for its map: it is none then.
    return undefined;
  }
  if (!isRecord(json)) return undefined;
  const { sections } = json;
  if (sections === undefined) {
    const plain = readPlain(json, { line: 0, column: 0 });
    return plain === undefined ? undefined : [plain];
  }
  if (!Array.isArray(sections) || sections.length > MAX_SECTIONS) return undefined;
  return sections.flatMap((section: unknown) => {
    if (!isRecord(section) || !isRecord(section['offset']) || !isRecord(section['map'])) return [];
    const { line, column } = section['offset'];
    if (typeof line !== 'number' || typeof column !== 'number') return [];
    return readPlain(section['map'], { line, column }) ?? [];
  });
}

function readPlain(
  { sources, sourcesContent, mappings, sourceRoot }: Readonly<Record<string, unknown>>,
  from: PlainMap['from'],
): PlainMap | undefined {
  if (!Array.isArray(sources) || typeof mappings !== 'string') return undefined;
  const root = typeof sourceRoot === 'string' && sourceRoot !== '' ? `${sourceRoot.replace(/\/$/, '')}/` : '';
  const contents: readonly unknown[] = Array.isArray(sourcesContent) ? sourcesContent : [];
  return {
    sources: sources.map((one: unknown) => (typeof one === 'string' ? root + one : '')),
    contents: sources.map((_, index) => {
      const content = contents[index];
      return typeof content === 'string' ? content : undefined;
    }),
    mappings,
    from,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Gives every piece of the wanted sources of a map, with its place in the script. */
export function readSegments(
  { mappings, from }: PlainMap,
  wanted: ReadonlySet<number>,
  onSegment: (segment: Segment) => void,
): boolean {
  return decodeMappings(mappings, (segment) => {
    if (!wanted.has(segment.source)) return;
    const { line, column } = segment;
    onSegment({
      ...segment,
      line: line + from.line,
      column: column + (line === 0 ? from.column : 0),
    });
  });
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/{0,3}/i;

/**
 * What a source of a map is called inside a repository, as far as its name tells: `webpack://shop/./src/a.ts?5d2f` is
 * `src/a.ts`, with or without folders before it.
 */
export function sourcePath(source: string): string {
  const plain = source.replace(SCHEME, '').replace(/[?#].*$/s, '');
  const parts: string[] = [];
  for (const part of plain.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** How many folders and names at the end of two paths are the same; 0 when one of them is not wholly in the other. */
export function sharedEnd(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const count = Math.min(left.length, right.length);
  for (let back = 1; back <= count; back++) {
    if (left.at(-back) !== right.at(-back)) return isOnlyPrefix(left, right, back - 1) ? back - 1 : 0;
  }
  return count;
}

/** `[project]/src/a.ts` and `web/src/a.ts`: what stands before is a name of the bundler’s own. */
function isOnlyPrefix(left: readonly string[], right: readonly string[], shared: number): boolean {
  return shared >= 2 && (left.length === shared + 1 || right.length === shared + 1);
}
