import type { Project } from './project.ts';
import type { Source } from './source.ts';

/** What a module exports, by name. */
export interface Exports {
  /** The lines that say so, first and last; for what a re-export of everything brings, the lines of that. */
  readonly names: ReadonlyMap<string, readonly [number, number]>;
  /** Some come from a package, or from a file that does not parse: which names there are is not known. */
  readonly isPartial: boolean;
}

const NONE: Exports = { names: new Map(), isPartial: true };

/** What a file of one side exports, with what it hands on from files that are staged. */
export function exportsOf(
  source: Source | undefined,
  { project, side }: { readonly project: Project; readonly side: 'head' | 'base' },
  visited: ReadonlySet<string> = new Set(),
): Exports {
  if (source?.parsed === undefined || visited.has(source.path)) return NONE;
  const names = new Map<string, readonly [number, number]>();
  let isPartial = usesExportsObject(source);
  for (const { end, entries } of source.parsed.module.staticExports) {
    for (const entry of entries) {
      const lines = [source.lineOf(entry.start), source.lineOf(end)] as const;
      const name = `${entry.exportName.kind}` === 'Default' ? 'default' : entry.exportName.name;
      if (name !== null) {
        names.set(name, lines);
        continue;
      }
      const target = starTarget(source.path, entry.moduleRequest?.value ?? '', { project, side });
      const inner = exportsOf(target, { project, side }, new Set([...visited, source.path]));
      isPartial ||= inner.isPartial;
      for (const inherited of inner.names.keys())
        if (inherited !== 'default' && !names.has(inherited)) names.set(inherited, lines);
    }
  }
  return { names, isPartial };
}

function starTarget(
  importer: string,
  specifier: string,
  { project, side }: { readonly project: Project; readonly side: 'head' | 'base' },
): Source | undefined {
  if (side === 'head') return project.head(project.resolve(importer, specifier) ?? '');
  const path = project.resolveGone(importer, specifier) ?? project.resolve(importer, specifier);
  return project.base(path ?? '');
}

/** `module.exports`, `exports.x` and `export =` say at run time what is exported. */
function usesExportsObject({ text, parsed }: Source): boolean {
  return (
    parsed?.module.hasModuleSyntax !== true || /\bmodule\.exports\b|\bexports\.\w|^\s*export\s*=/m.test(text)
  );
}

/** One place that names an export of another file. */
export interface ImportOf {
  readonly path: string;
  readonly line: number;
  /** The name that it has in the importing file; absent when it is only handed on. */
  readonly local?: string;
}

type Importers = ReadonlyMap<string, ReadonlyMap<string, readonly ImportOf[]>>;
const known = new WeakMap<Project, Importers>();

/**
 * Where the head's files take a name from a file. A path that only the base has is known by its old name; a file that
 * took its place answers for it.
 */
export function importsOf(project: Project, path: string, name: string): readonly ImportOf[] {
  const importers = known.get(project) ?? findImporters(project);
  known.set(project, importers);
  return importers.get(path)?.get(name) ?? [];
}

function findImporters(project: Project): Importers {
  const importers = new Map<string, Map<string, ImportOf[]>>();
  for (const path of project.scripts) {
    const source = project.head(path);
    if (source?.parsed === undefined) continue;
    for (const { specifier, name, at, local } of namedImports(source)) {
      const target = project.resolve(path, specifier) ?? project.resolveGone(path, specifier);
      if (target === undefined) continue;
      const names = importers.get(target) ?? new Map<string, ImportOf[]>();
      importers.set(target, names);
      const places = names.get(name) ?? [];
      names.set(name, places);
      places.push({ path, line: source.lineOf(at), ...(local === undefined ? {} : { local }) });
    }
  }
  return importers;
}

interface NamedImport {
  readonly specifier: string;
  readonly name: string;
  readonly at: number;
  readonly local?: string;
}

function namedImports({ parsed }: Source): readonly NamedImport[] {
  if (parsed === undefined) return [];
  const { staticImports, staticExports } = parsed.module;
  const imported = staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.flatMap(({ importName, localName }): readonly NamedImport[] => {
      const kind = `${importName.kind}` as const;
      const name = kind === 'Default' ? 'default' : importName.name;
      if (name === null || kind === 'NamespaceObject') return [];
      return [{ specifier: moduleRequest.value, name, at: localName.start, local: localName.value }];
    }),
  );
  const handedOn = staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, start }): readonly NamedImport[] => {
      if (moduleRequest === null || `${importName.kind}` !== 'Name' || importName.name === null) return [];
      return [{ specifier: moduleRequest.value, name: importName.name, at: start }];
    }),
  );
  return [...imported, ...handedOn];
}
