import { pagesToOpen, rankPage } from '../affected-pages.ts';
import type { LinkedPath } from '../linked-paths.ts';
import { noteUnfinished, type Run, reportProgress } from '../run.ts';
import { pathOn, pathTemplate } from '../site.ts';
import type { Surroundings } from '../surroundings.ts';
import { createPageKinds, type PageKinds } from './page-kinds.ts';
import { withWalk } from './stride.ts';
import { visitPage } from './visit-page.ts';
import type { Walk } from './walk.ts';

/** Pages of one template, such as one page for each product, that are visited. */
const MAX_PER_TEMPLATE = 3;
/** Pages that are remembered; a site with more is not explored to its end. */
const MAX_SEEN = 500;
/** Pages of one path that are visited, whatever their queries say: sorting and filtering is for the states. */
const MAX_PER_PATH = 4;

export interface VisitOptions extends Surroundings {
  /** Where to begin, beside the start page. */
  readonly from?: readonly string[];
  readonly maxPages?: number;
}

/** What is still to be visited, and what was left out. */
interface Frontier {
  readonly queue: string[];
  /** Every path that was ever queued, with the page whose link only the head has. */
  readonly seen: Map<string, string | undefined>;
  readonly visitedOf: Map<string, number>;
  /** What the diff says to open, while nothing was met that links there. */
  readonly guessed: Set<string>;
  /** How soon each is worth a visit, the lowest first. */
  readonly ranks: Map<string, number>;
  /** By template: the first page that was left out because others of its kind were visited, and how many. */
  readonly sampled: Map<string, { readonly first: string; readonly count: number }>;
  readonly dropped: Set<string>;
  readonly kinds: PageKinds;
}

/**
 * Visits the pages that links reach from the start page, breadth first, on both sides, and compares them.
 *
 * What is left out is named in the coverage.
 */
export async function visitPages(run: Run, options: VisitOptions): Promise<void> {
  const start = pathOn(run.sites.head, run.sites.head.start.href) ?? '/';
  const linked = [...new Set([start, ...(options.from ?? [])])];
  // A visitor who is not logged in is shown a few pages only.
  const guessed =
    options.maxPages === undefined ? pagesToOpen(run).filter((path) => !linked.includes(path)) : [];
  const queue = [...linked, ...guessed];
  const frontier: Frontier = {
    queue,
    seen: new Map(queue.map((path) => [path, undefined])),
    guessed: new Set(guessed),
    ranks: new Map(linked.map((path) => [path, Number.NEGATIVE_INFINITY])),
    visitedOf: new Map(),
    sampled: new Map(),
    dropped: new Set(),
    kinds: createPageKinds(),
  };
  await withWalk(run, options, (walk) => visitAll(walk, { options, frontier }));
  noteLeftOut(run, frontier);
}

interface Visits {
  readonly options: VisitOptions;
  readonly frontier: Frontier;
}

async function visitAll(walk: Walk, { options, frontier }: Visits): Promise<void> {
  const { run } = walk;
  const { queue, seen, visitedOf, kinds } = frontier;
  const maxPages = options.maxPages ?? Number.POSITIVE_INFINITY;
  let visited = 0;
  for (let path = takeNext(run, frontier); path !== undefined; path = takeNext(run, frontier)) {
    if (visited >= maxPages) return;
    const template = kinds.of(path);
    const withAnyQuery = `${pathTemplate(path.split('?')[0] ?? path)}?*`;
    // Of a folder whose pages are alike enough were seen.
    const count = template.endsWith('/*') ? MAX_PER_TEMPLATE : (visitedOf.get(template) ?? 0);
    const ofPath = path.includes('?') ? (visitedOf.get(withAnyQuery) ?? 0) : 0;
    if (count >= MAX_PER_TEMPLATE || ofPath >= MAX_PER_PATH) {
      const known = frontier.sampled.get(template);
      frontier.sampled.set(template, { first: known?.first ?? path, count: (known?.count ?? 0) + 1 });
      continue;
    }
    if (run.budget.isSpent()) return noteUnvisited(run, [path, ...queue], { options, frontier });
    visitedOf.set(template, count + 1);
    visitedOf.set(withAnyQuery, ofPath + 1);
    visited += 1;
    reportProgress(run, 'comparing', `page ${path}`);
    run.budget.spend();
    const links = await visitPage(walk, {
      path,
      newLinkOn: seen.get(path),
      isGuessed: frontier.guessed.has(path),
    });
    kinds.note(path, walk.moment.base);
    for (const link of links) follow(frontier, link, path);
  }
}

/** Pages that the diff reaches come before others, nearest first; otherwise the order is that of the links. */
function takeNext(run: Run, { queue, ranks, guessed }: Frontier): string | undefined {
  let next = 0;
  let best = Number.POSITIVE_INFINITY;
  for (const [index, path] of queue.entries()) {
    // Of two that are as near, one that is linked surely exists.
    const rank = ranks.get(path) ?? rankPage(run, path) + (guessed.has(path) ? 0.5 : 0);
    ranks.set(path, rank);
    if (rank >= best) continue;
    next = index;
    best = rank;
  }
  return queue.splice(next, 1)[0];
}

function follow(
  { seen, queue, dropped, guessed }: Frontier,
  { path, isOnBase, isOnHead }: LinkedPath,
  from: string,
): void {
  guessed.delete(path);
  if (seen.has(path)) {
    if (isOnBase) seen.set(path, undefined);
  } else if (seen.size >= MAX_SEEN) {
    if (dropped.size < 10_000) dropped.add(path);
  } else {
    seen.set(path, isOnHead && !isOnBase ? from : undefined);
    queue.push(path);
  }
}

function noteUnvisited(run: Run, paths: readonly string[], { options, frontier }: Visits): void {
  const left = paths.filter((one) => (frontier.visitedOf.get(pathTemplate(one)) ?? 0) < MAX_PER_TEMPLATE);
  for (const one of left.slice(0, 50)) run.coverage.notReached.set(one, run.budget.why());
  const pages = `${left.length} more ${left.length === 1 ? 'page' : 'pages'}`;
  noteUnfinished(run, `${pages} (${describeSurroundings(options)})`);
}

function noteLeftOut(run: Run, { sampled, dropped }: Frontier): void {
  for (const { first, count } of sampled.values()) {
    const pages = `${count} more ${count === 1 ? 'page' : 'pages'} like ${first}`;
    run.coverage.notReached.set(pages, 'pages of one kind are sampled');
  }
  if (dropped.size === 0) return;
  const what = `${dropped.size} more pages that links lead to`;
  run.coverage.notReached.set(what, `only the first ${MAX_SEEN} pages of a site are looked at`);
  run.shortfalls.add(`${what} were not visited: only the first ${MAX_SEEN} pages of a site are looked at`);
}

function describeSurroundings({ environment, maxPages }: VisitOptions): string {
  return maxPages === undefined ? environment.name : `${environment.name}, logged out`;
}
