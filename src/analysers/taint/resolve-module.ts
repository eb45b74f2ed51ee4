import { dirname, join } from 'node:path/posix';

const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
];
/** What a specifier written for the compiled file is in the source. */
const COMPILED: Readonly<Record<string, string>> = {
  '.js': '.ts',
  '.mjs': '.mts',
  '.cjs': '.cts',
  '.jsx': '.tsx',
};
/** Folders that the usual aliases `@/` and `~/` stand for, from each folder above the importing file. */
const ALIASED = ['src', 'app', ''];

/**
 * Finds the file of the program that a specifier names, among files that are known to be there.
 *
 * Nothing is looked up on disk and no configuration is read, so that no specifier leads out of the program.
 */
export function resolveModule(
  from: string,
  specifier: string,
  has: (path: string) => boolean,
): string | undefined {
  if (/^\.\.?(?:\/|$)/.test(specifier)) return tryEndings(join(dirname(from), specifier), has);
  const alias = /^[@~]\/(.+)$/.exec(specifier)?.[1];
  if (alias === undefined) return undefined;
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    for (const base of ALIASED) {
      const found = tryEndings(join(folder, base, alias), has);
      if (found !== undefined) return found;
    }
    if (folder === '.' || folder === '/') return undefined;
  }
}

function tryEndings(path: string, has: (path: string) => boolean): string | undefined {
  const found = ENDINGS.map((ending) => `${path}${ending}`).find((name) => has(name));
  if (found !== undefined) return found;
  const written = /\.[cm]?jsx?$/.exec(path)?.[0];
  const source = written === undefined ? undefined : COMPILED[written];
  if (written === undefined || source === undefined) return undefined;
  const stem = path.slice(0, -written.length);
  return [`${stem}${source}`, `${stem}.tsx`].find((name) => has(name));
}
