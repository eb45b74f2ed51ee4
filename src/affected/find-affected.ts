import type { Affected, AffectedRoute, ChangedPart, Route } from '../domain/affected.ts';
import type { FileDiff } from '../domain/diff.ts';
import { type ChangedContent, readChangedContent } from './changed-content.ts';
import { type Dependents, edgeKey, findDependents } from './find-dependents.ts';
import { buildImportGraph, type Edge, type ImportGraph } from './import-graph.ts';
import { kindOfFile } from './kinds-of-files.ts';
import type { ScriptReader, TrackedFiles } from './ports.ts';
import { type Project, readProject } from './read-project.ts';
import { CONVENTIONS } from './routes/conventions.ts';
import { whySweep } from './why-sweep.ts';

/** A change, as commits and as their diff. */
export interface ChangeInCommits {
  /** Full name of the commit from which the diff is taken. */
  readonly base: string;
  readonly head: string;
  readonly diff: readonly FileDiff[];
}

export interface AffectedPorts {
  readonly files: TrackedFiles;
  readonly scripts: ScriptReader;
}

const MAX_CHANGED = 400;
const MAX_ROUTES = 400;
const MAX_ROUTES_OF_PART = 40;
const MAX_PARTS = 400;
const MAX_SELECTORS = 60;
const MAX_TEXTS = 200;

/**
 * Finds what of a product a change may affect: from changed files over who imports them to the routes that show them,
 * and the selectors and texts that change. Nothing of the repository is run, and nothing outside its tracked files read.
 *
 * Rejects with what `files` throws, and with the signal's reason when it is aborted.
 */
export async function findAffected(
  change: ChangeInCommits,
  { files, scripts }: AffectedPorts,
  signal: AbortSignal,
): Promise<Affected> {
  const near = change.diff.map(({ path }) => path);
  const project = await readProject({ files, scripts, commit: change.head, near }, signal);
  const { routes, graph, cut } = mapProduct(project);
  const contents = await readChangedContent(change, { files, scripts }, signal);
  const byFile = new Map<string, readonly AffectedRoute[]>();
  for (const { path } of change.diff.slice(0, MAX_CHANGED)) {
    const isOfProduct = kindOfFile(path) === 'source';
    byFile.set(
      path,
      isOfProduct
        ? routesOf(path, routes, findDependents(path, withMentions(project, graph, path), cut))
        : [],
    );
  }
  const affected = nearest([...byFile.values()].flat());
  const parts = change.diff
    .flatMap((file) => partsOf(file, byFile.get(file.path) ?? [], contents.get(file.path)))
    .slice(0, MAX_PARTS);
  const sweep = whySweep({ diff: change.diff, routes, byFile, project });
  return {
    routes: affected.slice(0, MAX_ROUTES),
    parts,
    selectors: [...new Set(parts.flatMap(({ selectors }) => selectors))].slice(0, MAX_SELECTORS),
    texts: [...new Set(parts.flatMap(({ texts }) => texts))].slice(0, MAX_TEXTS),
    otherPages: otherPages(routes, affected),
    ...(sweep === undefined ? {} : { sweep }),
  };
}

function otherPages(routes: readonly Route[], affected: readonly AffectedRoute[]): readonly string[] {
  const reached = new Set(affected.map(({ pattern }) => pattern));
  const pages = routes.filter(({ kind, pattern }) => kind === 'page' && !reached.has(pattern));
  return [...new Set(pages.map(({ pattern }) => pattern))].slice(0, MAX_ROUTES);
}

interface Product {
  readonly routes: readonly Route[];
  readonly graph: ImportGraph;
  /** Imports by which a file only lists pages. */
  readonly cut: ReadonlySet<string>;
}

/** All routes of a project, and who uses what. */
export function mapProduct(project: Project): Product {
  const found = CONVENTIONS.map((convention) => convention.find(project));
  const uses: readonly Edge[] = found.flatMap((one) => one.uses ?? []);
  const graph = buildImportGraph(project, uses);
  const cut = new Set(found.flatMap((one) => one.lists ?? []).map(edgeKey));
  const declaring = new Set(found.flatMap((one) => one.lists ?? []).map(([from]) => from));
  const entries = new Map([...declaring].map((file) => [file, entriesOf(file, graph)] as const));
  const routes = found
    .flatMap((one) => one.routes)
    .map((route) => {
      const also = (route.also ?? []).flatMap((file) => [file, ...(entries.get(file) ?? [])]);
      const own = entries.get(route.file) ?? [];
      return { ...route, also: [...new Set([...also, ...own])].filter((file) => file !== route.file) };
    });
  return { routes, graph, cut };
}

/** The files that start a product by importing the one that lists its pages; not pages that import it back. */
function entriesOf(file: string, graph: ImportGraph): readonly string[] {
  const importers = [...findDependents(file, graph, new Set()).files]
    .filter((one) => one !== file)
    .slice(0, 200);
  return importers.filter((one) => findDependents(one, graph, new Set()).distanceTo(file) === undefined);
}

/** Pictures and data are mostly named in texts, not imported. */
function withMentions({ texts, blocks }: Project, graph: ImportGraph, path: string): ImportGraph {
  if (blocks.has(path)) return graph;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const mentioning = [...texts].filter(([, text]) => text.includes(`/${name}`)).map(([one]) => one);
  if (mentioning.length === 0) return graph;
  const own = new Set([...graph.importersOf(path), ...mentioning]);
  return { importersOf: (file) => (file === path ? own : graph.importersOf(file)) };
}

function routesOf(path: string, routes: readonly Route[], dependents: Dependents): readonly AffectedRoute[] {
  const found = routes.flatMap(
    ({ pattern, file, framework, kind, method, also = [] }): readonly AffectedRoute[] => {
      // What stands around a page is one step further away than what the page is made of.
      const reached = [file, ...also].flatMap((one, index) => {
        const distance = dependents.distanceTo(one);
        return distance === undefined ? [] : [{ one, distance: distance + (index === 0 ? 0 : 1) }];
      });
      const [first] = reached.sort((a, b) => a.distance - b.distance);
      if (first === undefined) return [];
      const via = dependents.wayTo(first.one);
      const reason = tellReason(path, via, first.one === file);
      return [
        {
          pattern,
          file,
          framework,
          kind,
          ...(method === undefined ? {} : { method }),
          distance: first.distance,
          via,
          reason,
        },
      ];
    },
  );
  return nearest(found);
}

function tellReason(path: string, via: readonly string[], isOwn: boolean): string {
  if (via.length === 1) return isOwn ? 'its own file changed' : `${path}, which takes part in it, changed`;
  return `it uses ${path}, ${via.length === 2 ? 'which it imports' : `over ${via.length - 1} imports`}`;
}

/** Each route once, with its nearest change, the nearest first. */
function nearest(routes: readonly AffectedRoute[]): readonly AffectedRoute[] {
  const best = new Map<string, AffectedRoute>();
  for (const route of routes) {
    const key = `${route.method ?? ''} ${route.pattern} ${route.kind}`;
    const known = best.get(key);
    if (known === undefined || route.distance < known.distance) best.set(key, route);
  }
  return [...best.values()].sort((a, b) => a.distance - b.distance);
}

function partsOf(
  file: FileDiff,
  routes: readonly AffectedRoute[],
  content: ChangedContent | undefined,
): readonly ChangedPart[] {
  const kind = kindOfFile(file.path);
  const unseen =
    kind === 'test' || kind === 'documentation' || kind === 'automation'
      ? `it is ${UNSEEN[kind]}, no part of the product`
      : undefined;
  const patterns = [...new Set(routes.map(({ pattern }) => pattern))].slice(0, MAX_ROUTES_OF_PART);
  const hunks = content?.hunks ?? [];
  return hunks.map(({ startLine, endLine, selectors, texts, code }) => ({
    path: file.path,
    startLine,
    endLine,
    routes: patterns,
    selectors,
    texts,
    ...(unseen === undefined ? {} : { unseen }),
    ...(code === undefined ? {} : { code }),
  }));
}

const UNSEEN = { test: 'a test', documentation: 'documentation', automation: 'automation' } as const;
