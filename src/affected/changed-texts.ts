import { blocksOf } from './blocks.ts';
import type { ScriptSource, ScriptText } from './ports.ts';

const MAX_LENGTH = 200;
const READ_ATTRIBUTE =
  /\b(?:placeholder|alt|title|label|aria-label|value|content|header|caption)\s*=\s*(?:"([^"{}]{2,200})"|'([^'{}]{2,200})')/g;
const DATA_TEXT =
  /^\s*(?:-\s+)?(?:"[^"]*"|'[^']*'|[\w.-]+)\s*:\s*(?:"((?:[^"\\]|\\.){2,200})"|'([^']{2,200})'|([^"'{[\s#&*!|>%@`][^#]{1,200}))\s*,?\s*$/;

/** The scripts of a file, to be read for their texts; `id` begins with the lines of the file before the script. */
export function scriptsOf(path: string, text: string): readonly ScriptSource[] {
  return blocksOf(path, text).flatMap((block) =>
    block.kind === 'script'
      ? [
          {
            id: `${block.linesBefore} ${path}`,
            text: block.text,
            language: block.language,
            wants: { declarations: false, texts: true },
          },
        ]
      : [],
  );
}

/** The texts on `lines` of a file that people may read: those of its scripts are given. */
export function changedTexts(
  {
    path,
    text,
    scripts,
  }: { readonly path: string; readonly text: string; readonly scripts: readonly ScriptText[] },
  lines: ReadonlySet<number>,
): readonly string[] {
  const found = scripts.filter(({ line }) => lines.has(line)).map(({ text: one }) => one);
  const markup = isData(path) ? [] : blocksOf(path, text).filter(({ kind }) => kind === 'markup');
  for (const block of markup) {
    const all = block.text.split('\n');
    for (const line of lines) {
      const one = all[line - 1 - block.linesBefore];
      if (one !== undefined) found.push(...textsOfMarkup(one));
    }
  }
  if (isData(path)) {
    const all = text.split('\n');
    for (const line of lines) {
      const match = DATA_TEXT.exec(all[line - 1] ?? '');
      if (match !== null) found.push((match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'));
    }
  }
  return [...new Set(found.flatMap(pieces).filter(isReadable))];
}

function isData(path: string): boolean {
  return /\.(?:json|ya?ml|properties|po)$/i.test(path);
}

function textsOfMarkup(line: string): readonly string[] {
  const attributes = [...line.matchAll(READ_ATTRIBUTE)].map(([, a, b]) => a ?? b ?? '');
  const between = line
    .replace(/^[^<>]*>(?=[^<]*$)|^[^<]*["'][^<]*>/, '\n')
    .replace(/<[^>]*>?/g, '\n')
    .replace(/^#+\s|^[-*]\s|[*_`]{1,3}/g, '')
    .split('\n');
  return [...attributes, ...between];
}

/** Without what a template fills in: `Hello, {{ name }}!` is two texts. */
function pieces(text: string): readonly string[] {
  return text
    .replace(/&(?:nbsp|amp|lt|gt|quot|apos|#39);/g, (entity) => ENTITIES[entity] ?? ' ')
    .split(/\{\{.*?\}\}|\$?\{[^}]*\}|<%.*?%>|%[sd]|\[\[.*?\]\]|<[^>]*>/)
    .map((one) => one.replace(/\s+/g, ' ').trim());
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
};

/** Words for people: not the names of classes, paths, keys and constants. */
function isReadable(text: string): boolean {
  if (text.length < 3 || text.length > MAX_LENGTH || !/\p{L}{2}/u.test(text)) return false;
  if (/[{}<>;=]|=>|^[./@#]|^https?:|\(\)|&&|\|\|/.test(text)) return false;
  const words = text.split(' ');
  if (words.length === 1)
    return (
      /^[\p{Lu}][\p{L}'’.,!?:…-]*$/u.test(text) && !/^[A-Z0-9_]+$/.test(text) && !/[a-z][A-Z]/.test(text)
    );
  const areClasses =
    words.every((word) => /^-?[a-z0-9:/.[\]%!_#()-]+$/.test(word)) &&
    words.some((word) => /[-:[]/.test(word));
  return !areClasses;
}
