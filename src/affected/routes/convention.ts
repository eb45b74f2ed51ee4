import type { Route } from '../../domain/affected.ts';
import type { Edge } from '../import-graph.ts';
import type { Project } from '../read-project.ts';

/** How one framework says which address is served by which file. */
export interface Convention {
  readonly framework: string;
  readonly find: (project: Project) => FoundRoutes;
}

export interface FoundRoutes {
  readonly routes: readonly Route[];
  /** Uses that no import says, such as components that are there by their name. */
  readonly uses?: readonly Edge[];
  /** Imports by which a file only lists the pages of the product. */
  readonly lists?: readonly Edge[];
}

/** Folders of the packages that depend on one of `names`, or that have one of its configuration files; `.` for the root. */
export function rootsOf(
  { packages, files }: Pick<Project, 'packages' | 'files'>,
  names: readonly string[],
  configuration?: RegExp,
): readonly string[] {
  const found = new Set(
    packages
      .filter(({ dependencies }) => names.some((name) => dependencies.has(name)))
      .map(({ folder }) => folder),
  );
  if (configuration !== undefined) {
    for (const path of files) {
      const slash = path.lastIndexOf('/');
      if (configuration.test(path.slice(slash + 1))) found.add(slash === -1 ? '.' : path.slice(0, slash));
    }
  }
  return [...found];
}

/** Files below a folder, as paths relative to it. */
export function filesBelow(project: Pick<Project, 'files'>, folder: string): readonly string[] {
  const prefix = folder === '.' ? '' : `${folder}/`;
  return [...project.files]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length));
}

export function inFolder(folder: string, path: string): string {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** A pattern of segments; empty ones are left out. */
export function toPattern(segments: readonly string[]): string {
  return `/${segments
    .flatMap((one) => one.split('/'))
    .filter((one) => one !== '')
    .join('/')}`;
}

/** The folders of a file below a root, outermost first, the root's own `` first. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
