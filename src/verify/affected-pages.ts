import { type Affected, affectedPage, isStatic } from '../domain/affected.ts';
import { DANGEROUS } from './linked-paths.ts';
import type { Run } from './run.ts';
import { pathTemplate } from './site.ts';

/** Pages that are opened because the diff reaches them, though nothing may link to them. */
const MAX_OPENED = 8;
/** Pages on which exploration begins, beside the start page. */
const MAX_STARTS = 3;

/** Paths of pages that the diff reaches and that can be opened as they stand, nearest first. */
export function pagesToOpen({ request }: Run): readonly string[] {
  return (request.affected?.routes ?? [])
    .filter(({ kind, method, pattern }) => kind === 'page' && method === undefined && isStatic(pattern))
    .map(({ pattern }) => pattern)
    .filter((path) => !DANGEROUS.test(path))
    .slice(0, MAX_OPENED);
}

/** How soon a page is worth a visit: imports between it and what changed; the same for all that the diff does not reach. */
export function rankPage({ request }: Run, path: string): number {
  const { affected } = request;
  if (affected === undefined || affected.sweep !== undefined) return Number.POSITIVE_INFINITY;
  return affectedPage(affected, path)?.distance ?? Number.POSITIVE_INFINITY;
}

/** Pages that were seen and that the diff reaches, nearest first: one of each kind; then those that ran changed code. */
export function affectedStarts(run: Run): readonly string[] {
  const { affected } = run.request;
  if (affected === undefined) return [];
  const byRoute = affected.sweep === undefined ? startsByRoute(run, affected) : [];
  const known = new Set(byRoute.map(pathTemplate));
  const byCode = run.ran.pages().filter((path) => path.startsWith('/') && !known.has(pathTemplate(path)));
  return [...byRoute, ...byCode].slice(0, MAX_STARTS);
}

function startsByRoute(run: Run, affected: Affected): readonly string[] {
  const found = new Map<string, { readonly path: string; readonly distance: number }>();
  for (const path of run.coverage.pages) {
    const route = affectedPage(affected, path);
    if (route !== undefined && !found.has(route.pattern))
      found.set(route.pattern, { path, distance: route.distance });
  }
  return [...found.values()].toSorted((a, b) => a.distance - b.distance).map(({ path }) => path);
}
