import type { Step } from '../domain/flow.ts';
import { brokenOnBoth, brokenPage, type PageState } from './broken-page.ts';
import { compareErrors } from './compare-errors.ts';
import type { Difference } from './difference.ts';
import { lookAtBoth, noteRefused } from './look.ts';
import { onBoth, type Pair } from './pair.ts';
import type { StateContext } from './pictures/compare-pictures.ts';
import type { Environment } from './plan.ts';
import type { Navigation, Session } from './ports.ts';
import type { Run } from './run.ts';
import { addressOf } from './site.ts';

const LOAD_MS = 15_000;
/** What a server answers for a page that it does not have. */
const ABSENT = new Set([404, 410]);

export interface Visit {
  readonly path: string;
  readonly environment: Environment;
  /** The page of the head whose link led here first; undefined when the base links here too, or nothing does. */
  readonly newLinkOn: string | undefined;
}

/** Opens a page on both sides and compares what they show, or says why there is nothing to compare. */
export async function visitPage(
  run: Run,
  sessions: Pair<Session>,
  visit: Visit,
): Promise<readonly Difference[]> {
  const { path, environment } = visit;
  const steps: readonly Step[] = [{ goto: path }];
  const context: StateContext = { steps, environment: environment.name, path };
  const navigations = await onBoth(sessions, (session, side) =>
    session.goto(addressOf(run.sites[side] ?? run.sites.head, path), run.budget.within(LOAD_MS)),
  );
  if (navigations.base !== undefined && !opens(navigations.base)) {
    return withoutBasePage(run, sessions, { visit, navigation: navigations.head, base: navigations.base });
  }
  const { observed, differences } = await lookAtBoth(run, sessions, context);
  if (!opens(navigations.head)) {
    // Where the browser may not go is our own limit; with a base it is a change of where the page leads.
    if (navigations.base === undefined && navigations.head.kind === 'blocked') {
      run.coverage.notReached.set(path, navigations.head.why);
      return [];
    }
    const state = { path, navigation: navigations.head, context, observed };
    return [brokenPage(state, { hasBase: navigations.base !== undefined })];
  }
  const errors = compareErrors(
    observed.base === undefined || run.sites.base === undefined
      ? undefined
      : [{ observation: observed.base, site: run.sites.base, context }],
    [{ observation: observed.head, site: run.sites.head, context }],
  );
  return [...differences, ...errors];
}

/** What the head shows of a page that the base does not open: its own errors, or that it is broken too. */
async function withoutBasePage(
  run: Run,
  sessions: Pair<Session>,
  {
    visit,
    navigation,
    base,
  }: { readonly visit: Visit; readonly navigation: Navigation; readonly base: Navigation },
): Promise<readonly Difference[]> {
  const { path, environment, newLinkOn } = visit;
  const context: StateContext = { steps: [{ goto: path }], environment: environment.name, path };
  const observed = await onBoth(sessions, (session) => session.observe());
  noteRefused(run, observed.head);
  const state: PageState = { path, navigation, context, observed };
  if (navigation.kind === 'blocked') {
    run.coverage.notReached.set(path, navigation.why);
    return [];
  }
  if (!opens(navigation)) {
    return [newLinkOn === undefined ? brokenOnBoth(state) : brokenPage(state, { hasBase: true, newLinkOn })];
  }
  const isNew = base.kind === 'loaded' && ABSENT.has(base.status);
  run.coverage.notReached.set(
    path,
    isNew
      ? 'new on the head, nothing to compare with'
      : `nothing to compare with: on the base ${whyNot(base)}`,
  );
  const seenOnBase =
    observed.base === undefined || run.sites.base === undefined
      ? []
      : // The base's own error page carries the errors that every page has.
        [{ observation: observed.base, site: run.sites.base, context }];
  const errors = compareErrors(seenOnBase, [{ observation: observed.head, site: run.sites.head, context }]);
  return errors.map((one) =>
    run.ledger.isOnBase(one.key) ? { ...one, isOnBase: true, severity: 'low' } : one,
  );
}

function opens(navigation: Navigation): boolean {
  return navigation.kind === 'loaded' && navigation.status < 400;
}

function whyNot(navigation: Navigation): string {
  return navigation.kind === 'loaded' ? `it answers ${navigation.status}` : navigation.why;
}
