import type { AffectedRoute, Route } from '../domain/affected.ts';
import type { FileDiff } from '../domain/diff.ts';
import { type FileKind, kindOfFile, STYLE } from './kinds-of-files.ts';
import type { Project } from './read-project.ts';

const NO_PRODUCT: ReadonlySet<FileKind> = new Set(['test', 'documentation', 'automation']);

export interface SweepFacts {
  readonly diff: readonly FileDiff[];
  readonly routes: readonly Route[];
  readonly byFile: ReadonlyMap<string, readonly AffectedRoute[]>;
  readonly project: Pick<Project, 'cut'>;
}

/** Why the whole product must be looked at alike, as one sentence; `undefined` when the routes say where to begin. */
export function whySweep({ diff, routes, byFile, project }: SweepFacts): string | undefined {
  const files = diff
    .map(({ path }) => ({ path, kind: kindOfFile(path) }))
    .filter(({ kind }) => !NO_PRODUCT.has(kind));
  if (files.length === 0) return 'nothing that changed is part of the product';
  const configuration = files.find(({ kind }) => kind === 'configuration');
  if (configuration !== undefined)
    return `${configuration.path} is configuration, which may affect every page`;
  const sources = files.filter(({ kind }) => kind === 'source');
  if (sources.length === 0) {
    const isLock = files.every(({ kind }) => kind === 'lock file');
    const first = files[0]?.path ?? '';
    return isLock
      ? `only the lock file ${first} changed, and what it pins may be used on every page`
      : `only what ${first} depends on changed, which may be used on every page`;
  }
  const pages = countPages(routes);
  if (routes.length === 0) return 'no routes were found in the repository’s files';
  const reaching = sources.filter(({ path }) => (byFile.get(path)?.length ?? 0) > 0);
  if (reaching.length === 0)
    return `no known route uses ${sources[0]?.path ?? 'what changed'}${project.cut === undefined ? '' : `; ${project.cut}`}`;
  const everywhere = reaching.find(
    ({ path }) => STYLE.test(path) && pages > 1 && countPages(byFile.get(path) ?? []) >= pages,
  );
  return everywhere === undefined ? undefined : `${everywhere.path} is a style sheet of every page`;
}

function countPages(routes: readonly Pick<Route, 'kind' | 'pattern'>[]): number {
  return new Set(routes.filter(({ kind }) => kind === 'page').map(({ pattern }) => pattern)).size;
}
