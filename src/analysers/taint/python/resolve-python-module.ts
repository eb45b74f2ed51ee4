import { dirname, join } from 'node:path/posix';

/** Finds the file of a module: beside the importing one where the specifier is relative, else from any folder above. */
export function resolvePythonModule(
  from: string,
  specifier: string,
  has: (path: string) => boolean,
): string | undefined {
  const find = (path: string): string | undefined =>
    [`${path}.py`, join(path, '__init__.py')].find((name) => has(name));
  if (specifier.startsWith('.')) return find(join(dirname(from), specifier));
  const path = specifier.replaceAll('.', '/');
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const found = find(join(folder, path));
    if (found !== undefined && found !== from) return found;
    if (folder === '.' || folder === '/') return undefined;
  }
}

/** The specifier of something inside of a module or package. */
export function within(specifier: string, name: string): string {
  if (/^\.\.?\/$|\/$/.test(specifier)) return `${specifier}${name}`;
  return `${specifier}${specifier.startsWith('.') ? '/' : '.'}${name}`;
}
