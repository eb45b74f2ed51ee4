import type { ChangedPath } from '../../review/ports.ts';
import { resolveImport } from './resolve-import.ts';
import { createSource, type ParseScript, SCRIPT, type Source } from './source.ts';

/** A changed file, with the version of it that each side has. */
export interface ChangedSource extends ChangedPath {
  readonly head: Source | undefined;
  readonly base: Source | undefined;
}

/** The staged files of both sides. A path that a side does not have gives nothing. */
export interface Versions {
  readonly headPaths: readonly string[];
  head(path: string): string | undefined;
  base(path: string): string | undefined;
}

/** The change, and the unchanged files that may depend on it. */
export interface Project {
  readonly files: readonly ChangedSource[];
  /** Every script of the head that is staged, changed or not. */
  readonly scripts: readonly string[];
  readonly head: (path: string) => Source | undefined;
  /** The file on the base, which for an unchanged one is that of the head. */
  readonly base: (path: string) => Source | undefined;
  /** The file of the head that an import names; nothing for packages and what is not staged. */
  readonly resolve: (importer: string, specifier: string) => string | undefined;
  /** The changed file that had this name on the base, whether or not the head has it. */
  readonly resolveGone: (importer: string, specifier: string) => string | undefined;
}

export function createProject(
  changed: readonly ChangedPath[],
  versions: Versions,
  parse: ParseScript,
): Project {
  const toSource = (path: string, text: string | undefined): Source | undefined =>
    text === undefined ? undefined : createSource(path, text, parse);
  const head = remember((path) => toSource(path, versions.head(path)));
  const isChangedOrGone = new Set(changed.map(({ oldPath }) => oldPath));
  const base = remember((path) =>
    isChangedOrGone.has(path) ? toSource(path, versions.base(path)) : head(path),
  );
  const headPaths = new Set(versions.headPaths);
  const goneOrHead = new Set([...isChangedOrGone].filter((path) => !headPaths.has(path)));
  return {
    files: changed.map((file) => ({
      ...file,
      head: file.status === 'deleted' ? undefined : head(file.path),
      base: file.status === 'added' ? undefined : base(file.oldPath),
    })),
    scripts: versions.headPaths.filter((path) => SCRIPT.test(path)),
    head,
    base,
    resolve: (importer, specifier) => resolveImport(importer, specifier, headPaths),
    resolveGone: (importer, specifier) => resolveImport(importer, specifier, goneOrHead),
  };
}

function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
