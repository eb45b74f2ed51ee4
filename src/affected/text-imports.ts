import type { Block } from './blocks.ts';
import { TEMPLATE } from './kinds-of-files.ts';
import type { ImportFact } from './ports.ts';

const SCRIPT_IMPORT = /(?:\bimport|\bfrom|\brequire\s*\(|\bimport\s*\()\s*(["'])([^"'\n]{1,500})\1/g;
/** Names of files that Angular's components and workers are made with. */
const SCRIPT_FILE_NAME =
  /\b(?:templateUrl|styleUrl)\s*:\s*(["'`])([^"'`\n]{1,300})\1|\bnew\s+URL\(\s*(["'`])([^"'`\n]{1,300})\3\s*,\s*import\.meta\.url/g;
const STYLE_URLS = /\bstyleUrls\s*:\s*\[([^\]]{1,2000})\]/g;
const STYLE_IMPORT =
  /@(?:import|use|forward|reference|config|plugin)\s+(?:\([^)]*\)\s*)?(?:url\(\s*)?(["']?)([^"')\s;]{1,300})\1|\bcomposes\s*:[^;{}]*\bfrom\s+(["'])([^"'\n]{1,300})\3/g;
const STYLE_URL = /\burl\(\s*(["']?)([^"')\s]{1,300})\1\s*\)/g;
const MARKUP_FILE =
  /<(?:script|link|img|source|iframe|style|template|embed|object|image|use)\b[^>]*?\s(?:src|href|data)\s*=\s*(["'])([^"'\n]{1,300})\1/gi;
const MARKDOWN_IMPORT =
  /^import\s[^\n]*?from\s+(["'])([^"'\n]{1,300})\1|^layout:\s*(["']?)([^"'\s]{1,300})\3\s*$/gm;
const TEMPLATE_FILE = /\b(?:src|href)\s*=\s*(["'])([^"'\n]{1,300})\1/g;
const TEMPLATE_PART =
  /(?:\binclude|\bextends|\blayout|\bimport|\bpartial)\s*\(?\s*(["']?)([\w./@-]{1,200})\1|\{\{>\s*(["']?)([\w./-]{1,200})\3/g;

/** What a script imports, by its text alone: for scripts that cannot be parsed. */
export function importsByText(text: string): readonly ImportFact[] {
  return specifiers(text, SCRIPT_IMPORT).map((specifier) => ({
    specifier,
    names: { '*': '*' },
    isReexport: false,
  }));
}

/** Files that a part of a file names otherwise than by an import of its language. */
export function namedFiles(path: string, { kind, text }: Block): readonly string[] {
  if (kind === 'style') {
    const urls = specifiers(text, STYLE_URL).filter((url) => !url.startsWith('data:'));
    return [...specifiers(text, STYLE_IMPORT), ...urls].flatMap(asRelative);
  }
  if (kind === 'script') {
    const lists = [...text.matchAll(STYLE_URLS)].flatMap(([, list = '']) =>
      [...list.matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, one = '']) => one),
    );
    return [...specifiers(text, SCRIPT_FILE_NAME), ...lists].flatMap(asRelative);
  }
  if (TEMPLATE.test(path)) return namedInTemplate(path, text);
  return [...specifiers(text, MARKUP_FILE).flatMap(asRelative), ...specifiers(text, MARKDOWN_IMPORT)];
}

/** Parts are named without their ending, and from where the file lies or from the folder of all templates. */
function namedInTemplate(path: string, text: string): readonly string[] {
  const ending = TEMPLATE.exec(path)?.[0] ?? '';
  const parts = specifiers(text, TEMPLATE_PART).flatMap((name) => {
    const full = TEMPLATE.test(name) ? name : `${name}${ending}`;
    const inFolder = ['views', 'templates', 'partials', 'src/views'].map((folder) => `/${folder}/${full}`);
    return full.startsWith('.') ? [full] : [`./${full}`, ...inFolder, `/views/partials/${full}`];
  });
  return [...parts, ...specifiers(text, TEMPLATE_FILE)];
}

/** Globs of `import.meta.glob` and `require.context`, as they stand. */
export function globsOf(text: string): readonly string[] {
  return [
    ...text.matchAll(
      /\bimport\.meta\.glob(?:Eager)?(?:<[^>]*>)?\(\s*(?:\[([^\]]{1,1000})\]|(["'`][^"'`\n]{1,300}["'`]))/g,
    ),
  ]
    .flatMap(([, list, one]) =>
      [...(list ?? one ?? '').matchAll(/["'`]([^"'`]+)["'`]/g)].map(([, glob = '']) => glob),
    )
    .filter((glob) => !glob.startsWith('!'));
}

/** Style sheets and pages mean `a.css` as `./a.css`; packages are found under the plain name. */
function asRelative(name: string): readonly string[] {
  return /^[./#~@]|^[a-z][a-z0-9+.-]*:/i.test(name) ? [name] : [`./${name}`, name];
}

/** The last group that took part: patterns have the quote in one group and the name in the next. */
function specifiers(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const name = match
      .slice(1)
      .findLast((group) => group !== undefined && group !== '' && !/^["'`]$/.test(group));
    return name === undefined ? [] : [name];
  });
}
