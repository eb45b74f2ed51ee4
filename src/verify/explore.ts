import type { Step } from '../domain/flow.ts';
import { compareErrors } from './compare-errors.ts';
import type { StateContext } from './compare-pictures.ts';
import { keepConfirmed } from './confirm.ts';
import type { Difference } from './difference.ts';
import { linkedPaths } from './linked-paths.ts';
import { lookAtBoth, withPictures } from './look.ts';
import { onBoth, type Pair } from './pair.ts';
import type { Environment } from './plan.ts';
import type { Navigation, Observation, Session, StorageState } from './ports.ts';
import { comparedKey, noteUnfinished, type Run, reportProgress, withSessions } from './run.ts';
import { addressOf, pathOn, pathTemplate } from './site.ts';

const LOAD_MS = 15_000;
/** Pages of one template, such as one page for each product, that are visited. */
const MAX_PER_TEMPLATE = 3;

export interface ExploreOptions {
  readonly environment: Environment;
  readonly storage: Pair<StorageState> | undefined;
  /** Where to begin, beside the start page. */
  readonly from?: readonly string[];
  readonly maxPages?: number;
}

/**
 * Visits the pages that links reach from the start page, breadth first, on both sides, and compares them.
 *
 * A page that a flow has opened and compared is not opened again: only its links are followed.
 */
export async function explore(run: Run, options: ExploreOptions): Promise<void> {
  const start = pathOn(run.sites.head, run.sites.head.start.href) ?? '/';
  const queue = [...new Set([start, ...(options.from ?? [])])];
  const seen = new Set(queue);
  const templates = new Map<string, number>();
  const maxPages = options.maxPages ?? Number.POSITIVE_INFINITY;
  await withSessions(run, options, async (sessions) => {
    let visited = 0;
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (visited >= maxPages) return;
      const template = pathTemplate(path);
      const count = templates.get(template) ?? 0;
      if (count >= MAX_PER_TEMPLATE) continue;
      templates.set(template, count + 1);
      if (run.budget.isSpent()) {
        const left = [path, ...queue].filter(
          (one) => (templates.get(pathTemplate(one)) ?? 0) <= MAX_PER_TEMPLATE,
        );
        for (const one of left.slice(0, 50)) run.coverage.notReached.set(one, run.budget.why());
        const pages = `${left.length} more ${left.length === 1 ? 'page' : 'pages'}`;
        noteUnfinished(run, `${pages} (${describeSurroundings(options)})`);
        return;
      }
      visited += 1;
      const links =
        run.compared.get(comparedKey(path, options)) ??
        (await visitAndConfirm(run, sessions, { path, environment: options.environment }));
      for (const link of links) {
        if (seen.has(link) || seen.size > 500) continue;
        seen.add(link);
        queue.push(link);
      }
    }
  });
}

function describeSurroundings({ environment, maxPages }: ExploreOptions): string {
  return maxPages === undefined ? environment.name : `${environment.name}, logged out`;
}

interface Visit {
  readonly path: string;
  readonly environment: Environment;
}

/** Visits a page; when something differs, once more. Returns the paths that the page links to. */
async function visitAndConfirm(run: Run, sessions: Pair<Session>, visit: Visit): Promise<readonly string[]> {
  reportProgress(run, 'comparing', `page ${visit.path}`);
  run.budget.spend();
  const first = await visitOnce(run, sessions, visit);
  const links = await linkedPaths(run, sessions);
  const fresh = first.filter((one) => one.isOnBase !== true && !run.ledger.has(one.key));
  if (fresh.length === 0) {
    for (const one of first) run.ledger.add(one, 'confirmed');
    return links;
  }
  const isCut = !run.budget.repeat();
  const second = isCut ? [] : await visitOnce(run, sessions, visit);
  keepConfirmed(run, { first, second, where: visit.path, wasCut: isCut });
  return links;
}

async function visitOnce(
  run: Run,
  sessions: Pair<Session>,
  { path, environment }: Visit,
): Promise<readonly Difference[]> {
  const steps: readonly Step[] = [{ goto: path }];
  const context: StateContext = { steps, environment: environment.name, path };
  const navigations = await onBoth(sessions, (session, side) =>
    session.goto(addressOf(run.sites[side] ?? run.sites.head, path), run.budget.within(LOAD_MS)),
  );
  const works = {
    base: navigations.base === undefined ? undefined : opens(navigations.base),
    head: opens(navigations.head),
  };
  if (works.base === false) {
    // Nothing to compare with: a new page, or one that is broken on both.
    await onBoth(sessions, (session) => session.observe());
    if (works.head) run.coverage.notReached.set(path, 'the base has no such page to compare with');
    return [];
  }
  const { observed, differences } = await lookAtBoth(run, sessions, context);
  if (!works.head) {
    return works.base === undefined ? [] : [brokenPage(path, navigations.head, { context, observed })];
  }
  const errors = compareErrors(
    observed.base === undefined || run.sites.base === undefined
      ? undefined
      : [{ observation: observed.base, site: run.sites.base, context }],
    [{ observation: observed.head, site: run.sites.head, context }],
  );
  return [...differences, ...errors];
}

function opens(navigation: Navigation): boolean {
  return navigation.kind === 'loaded' && navigation.status < 400;
}

function brokenPage(
  path: string,
  navigation: Navigation,
  { context, observed }: { readonly context: StateContext; readonly observed: Pair<Observation> },
): Difference {
  const why = navigation.kind === 'loaded' ? `it answers ${navigation.status}` : navigation.why;
  return withPictures(
    {
      key: `page|${pathTemplate(path)}`,
      category: 'flow',
      severity: 'high',
      source: 'firsthand/step-impossible',
      title: `The page ${path} no longer opens: ${why}`.slice(0, 200),
      body: 'A link leads to the page, and it opens on the base.',
      expected: 'the page opens',
      actual: why,
      steps: context.steps,
      url: observed.head.url,
      environment: context.environment,
    },
    observed.base,
    observed.head,
  );
}
