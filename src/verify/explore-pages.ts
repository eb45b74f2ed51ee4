import type { Pair } from './pair.ts';
import type { Plan } from './plan.ts';
import type { StorageState } from './ports.ts';
import type { Run } from './run.ts';
import { visitPages } from './tour/visit-pages.ts';

const PAGES_LOGGED_OUT = 3;

/** Visits the reachable pages in every viewport, each with its share of what is left of the budget. */
export async function explorePages(
  run: Run,
  plan: Plan,
  storage: Pair<StorageState> | undefined,
): Promise<void> {
  const login = run.request.settings.login;
  const [first] = plan.environments;
  if (login !== undefined && storage !== undefined && first !== undefined) {
    // What a visitor sees first is not what the test account sees.
    await visitPages(run, {
      environment: first,
      storage: undefined,
      from: [login.path],
      maxPages: PAGES_LOGGED_OUT,
    });
  }
  const left = [...plan.environments];
  for (let environment = left.shift(); environment !== undefined; environment = left.shift()) {
    const budget = run.budget.share(1 / (left.length + 1));
    await visitPages({ ...run, budget }, { environment, storage });
  }
}
