import { dirname, join } from 'node:path/posix';

const MAX_FILES = 600;
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/i;
const PYTHON = /\.pyi?$/i;
const ENDING = /(?:\.d)?\.(?:[cm]?[jt]s|[jt]sx|pyi?)$/i;
/** `from '…'`, `import '…'`, `import('…')`, `require('…')`. */
const SCRIPT_IMPORTS =
  /\b(?:from|import)\s*['"]([^'"\n]{1,300})['"]|\b(?:import|require)\s*\(\s*['"`]([^'"`\n]{1,300})['"`]/g;
const PYTHON_IMPORTS =
  /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*(\([^)]{0,2000}\)|[^\n]{0,500})|import[ \t]+([\w., \t]{1,500}))/gm;
/** What a file says to the whole program, whoever imports it. */
const FOR_EVERYONE = /\bdeclare\s+(?:global\b|module\s*['"])/;
const TEST = /(?:^|\/)(?:[\w-]*tests?|__tests__|specs?|fixtures?)\/|[._-](?:test|spec)\.\w+$/i;

/**
 * The files among `available` that `files` import, directly or through others, nearest first, at most 600; and those
 * that declare types for the whole program, without what only they import: tests do so for tests only.
 *
 * Imports are found by text, and an alias stands for every file whose path ends like it: too many rather than too few.
 */
export function importClosure(
  files: ReadonlyMap<string, Uint8Array>,
  available: ReadonlyMap<string, Uint8Array>,
): ReadonlyMap<string, Uint8Array> {
  const imports = createImports([...available.keys(), ...files.keys()]);
  const found = new Map<string, Uint8Array>();
  if ([...files.keys()].some((path) => SCRIPT.test(path))) {
    const hasTests = [...files.keys()].some((path) => TEST.test(path));
    for (const [path, bytes] of available)
      if ((hasTests || !TEST.test(path)) && isForEveryone(path, bytes)) found.set(path, bytes);
  }
  const queue = [...files];
  for (const [path, bytes] of queue) {
    for (const target of imports(path, Buffer.from(bytes).toString('utf8'))) {
      const next = available.get(target);
      if (next === undefined || found.has(target) || files.has(target)) continue;
      if (found.size >= MAX_FILES) return found;
      found.set(target, next);
      queue.push([target, next]);
    }
  }
  return found;
}

/** A function that gives the files among `paths` that a file with this path and text imports. */
export function createImports(paths: readonly string[]): (path: string, text: string) => readonly string[] {
  const index = Map.groupBy(new Set(paths), (path) => lastOf(stemOf(path)));
  return (path, text) => importsOf(path, text, index);
}

/** `src/cart/total.ts` → `src/cart/total`; `src/cart/index.ts` and `src/cart/__init__.py` → `src/cart`. */
function stemOf(path: string): string {
  return path.replace(ENDING, '').replace(/(?:^|\/)(?:index|__init__)$/, '');
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isForEveryone(path: string, bytes: Uint8Array): boolean {
  if (/\.d\.[cm]?ts$/i.test(path)) return true;
  if (!/\.[cm]?tsx?$/i.test(path)) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('declare ') && FOR_EVERYONE.test(text.toString('latin1'));
}

function importsOf(
  path: string,
  text: string,
  index: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const named = PYTHON.test(path) ? pythonImports(path, text) : scriptImports(path, text);
  return named.flatMap(({ stem, isWhole }) =>
    (index.get(lastOf(stem)) ?? []).filter((candidate) => {
      if (PYTHON.test(candidate) !== PYTHON.test(path)) return false;
      const other = stemOf(candidate);
      return other === stem || (!isWhole && other.endsWith(`/${stem}`));
    }),
  );
}

/** What a file imports: a path from the repository's root, or the end of one. */
interface Imported {
  readonly stem: string;
  readonly isWhole: boolean;
}

function scriptImports(path: string, text: string): readonly Imported[] {
  return [...text.matchAll(SCRIPT_IMPORTS)].flatMap(([, from, call]) => {
    const specifier = (from ?? call ?? '').replace(/[?#].*$/, '');
    if (/^\.\.?(?:\/|$)/.test(specifier)) return { stem: relative(path, specifier), isWhole: true };
    const alias = /^(?:[@~$][\w-]*\/|[#/])/.exec(specifier)?.[0] ?? '';
    // One word is a package; `@/cart/total`, `#cart/total` and `src/cart/total` can be files of the repository.
    if (alias === '' && !specifier.includes('/')) return [];
    return { stem: stemOf(specifier.slice(alias.length)), isWhole: false };
  });
}

function relative(path: string, specifier: string): string {
  const joined = join(dirname(path), specifier);
  return joined === '.' ? '' : stemOf(joined.replace(/\/$/, ''));
}

function pythonImports(path: string, text: string): readonly Imported[] {
  return [...text.matchAll(PYTHON_IMPORTS)].flatMap(([, from, names = '', plain = '']) => {
    if (from === undefined) {
      return plain.split(',').map((one) => toImported(path, one.trim().split(/\s/)[0] ?? ''));
    }
    const inside = names.match(/\w+/g) ?? [];
    return [
      toImported(path, from),
      ...inside.map((name) => toImported(path, from.endsWith('.') ? `${from}${name}` : `${from}.${name}`)),
    ];
  });
}

/** One leading dot is the file's own folder, each further one the folder above. */
function toImported(path: string, module: string): Imported {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const inside = module.slice(dots).replaceAll('.', '/');
  if (dots === 0) return { stem: inside, isWhole: false };
  const folder = join(dirname(path), '../'.repeat(dots - 1));
  return { stem: join(folder, inside).replace(/^\.$|\/$/, ''), isWhole: true };
}
