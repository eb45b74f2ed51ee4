import type { BothLogins } from './login/log-in-both.ts';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';
import { visitPages } from './tour/visit-pages.ts';

const PAGES_LOGGED_OUT = 3;

/** Visits the reachable pages in every viewport, each with its share of what is left of the budget. */
export async function explorePages(
  run: Run,
  plan: Plan,
  { storage, path }: Pick<BothLogins, 'storage' | 'path'>,
): Promise<void> {
  const [first] = plan.environments;
  if (storage !== undefined && first !== undefined) {
    // What a visitor sees first is not what the test account sees.
    await visitPages(run, {
      environment: first,
      storage: undefined,
      from: path === undefined ? [] : [path],
      maxPages: PAGES_LOGGED_OUT,
    });
  }
  const left = [...plan.environments];
  for (let environment = left.shift(); environment !== undefined; environment = left.shift()) {
    const budget = run.budget.share(1 / (left.length + 1));
    await visitPages({ ...run, budget }, { environment, storage });
  }
}
