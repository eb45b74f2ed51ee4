import { dirname, relative } from 'node:path/posix';
import picomatch from 'picomatch';

/** What `.editorconfig` says of one file: names and values in lower case, with the file that says it. */
export type EditorSettings = ReadonlyMap<string, { readonly value: string; readonly document: string }>;

interface Section {
  readonly matches: (path: string) => boolean;
  readonly pairs: readonly (readonly [string, string])[];
}

const MAX_LINES = 2000;
const MAX_PATTERN = 300;
const MAX_RANGE = 100;

/**
 * The settings that hold for a file: https://spec.editorconfig.org
 *
 * `documents` are the texts of the `.editorconfig` files by path. Nearer ones win, later sections win, `root = true`
 * hides those above.
 */
export function editorSettings(path: string, documents: ReadonlyMap<string, string>): EditorSettings {
  const settings = new Map<string, { readonly value: string; readonly document: string }>();
  const above = [...documents]
    .filter(([document]) => isBelow(path, dirname(document)))
    .sort(([a], [b]) => b.length - a.length);
  const heard: (readonly [string, string])[] = [];
  for (const entry of above) {
    heard.push(entry);
    if (isRoot(entry[1])) break;
  }
  for (const [document, text] of heard.toReversed()) {
    const name = dirname(document) === '.' ? path : relative(dirname(document), path);
    for (const { matches, pairs } of sectionsOf(text)) {
      if (!matches(name)) continue;
      for (const [key, value] of pairs) settings.set(key, { value, document });
    }
  }
  return new Map([...settings].filter(([, { value }]) => value !== 'unset'));
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

function isRoot(text: string): boolean {
  const preamble = text.split(/^\s*\[/m)[0] ?? '';
  return /^\s*root\s*=\s*true\s*$/im.test(preamble);
}

function sectionsOf(text: string): readonly Section[] {
  const sections: { matches: Section['matches']; pairs: (readonly [string, string])[] }[] = [];
  for (const line of text.split('\n').slice(0, MAX_LINES)) {
    const header = /^\s*\[(.+)\]\s*(?:[#;].*)?$/.exec(line)?.[1];
    if (header !== undefined) sections.push({ matches: matcherOf(header), pairs: [] });
    const pair = /^\s*([\w-]+)\s*[=:]\s*([^#;]*?)\s*(?:[#;].*)?$/.exec(line);
    if (header === undefined && pair !== null)
      sections.at(-1)?.pairs.push([(pair[1] ?? '').toLowerCase(), (pair[2] ?? '').toLowerCase()]);
  }
  return sections;
}

/** A pattern without a slash holds at every depth; `{1..3}` is a range of numbers. */
function matcherOf(pattern: string): (path: string) => boolean {
  if (pattern.length > MAX_PATTERN) return () => false;
  const plain = pattern.replace(/^\//, '').replace(/\{(-?\d+)\.\.(-?\d+)\}/g, (whole, from, to) => {
    const [first, last] = [Number(from), Number(to)];
    const count = last - first + 1;
    if (count < 1 || count > MAX_RANGE) return whole;
    return `{${Array.from({ length: count }, (_, index) => first + index).join(',')}}`;
  });
  // A group of one is no group: `{js}` is written as it stands, which picomatch would open.
  const glob = plain.replace(/\{([^{},]*)\}/g, '$1').replace(/(?<=^|\/)\*\*(?=[^/*])/g, '**/*');
  try {
    return picomatch(pattern.includes('/') ? glob : `**/${glob}`, { dot: true });
  } catch {
    // A pattern that says nothing matches nothing.
    return () => false;
  }
}
