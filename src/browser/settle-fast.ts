import { bounded } from './bounded.ts';
import type { Tab } from './open-tab.ts';
import type { PageClock } from './page-clock.ts';
import type { PageEvents } from './page-events.ts';

/** Where the first rounds of page time end: most pages answer at once, a debounced search within half a second. */
const STOPS_MS = [0, 50, 200, 600];
const FIRST_MS = 600;
const QUIET_MS = 400;
const MAX_PAGE_MS = 3_000;
const SETTLE_MS = 5_000;
const LOAD_MS = 10_000;
const HUNG_MS = 4_500;

export interface Settled {
  readonly kind: 'settled' | 'restless' | 'hung';
  /** Page time from the start until the document last changed. */
  readonly busyMs: number;
}

/** Changes of the document that were there before an action. */
export interface Before {
  readonly documents: number;
  readonly changes: number;
}

/**
 * Lets page time pass until nothing comes of it any more: 600 ms, and up to 3,000 ms until 400 ms were quiet. At most
 * five real seconds, and ten more for a document that loads.
 *
 * Time stands still while a request or a navigation is under way, so how much of it passes does not depend on how fast
 * the site or the machine is. A document that an action leads to begins where the 600 ms end, whenever its answer comes.
 */
export async function settleFast(
  tab: Tab & { readonly clock: PageClock },
  events: PageEvents,
  before: Before,
): Promise<Settled & Before> {
  const { clock, navigation, page } = tab;
  const { session } = clock;
  const from = session.now;
  const run: Run = { ...before, from, busyUntil: from, nextDue: from, stop: 0 };
  let deadline = performance.now() + SETTLE_MS;
  let [activity, isDrawn] = [events.activity(), false];
  let kind: Settled['kind'] | undefined;
  const note = (at: number): void => {
    if (events.activity() !== activity) run.busyUntil = Math.max(run.busyUntil, at);
    activity = events.activity();
  };
  let changedAt = from;
  while (kind === undefined && performance.now() < deadline && session.now - run.from < MAX_PAGE_MS) {
    deadline += await awaitLoading(tab, run);
    await events.whenIdle(page, Math.max(0, deadline - performance.now()));
    note(session.now);
    const ms = nextRound(run, session.now);
    const startedAt = performance.now();
    const report = await clock.advance(ms, ms > 0 && !isDrawn);
    if (navigation.isPending()) continue;
    if (report === undefined) {
      // The document that was asked has been replaced meanwhile.
      if (navigation.documents() !== run.documents) continue;
      kind = await withoutClock(tab, performance.now() - startedAt);
      continue;
    }
    note(session.now);
    const hasChanged = report.changes !== run.changes;
    if (hasChanged) changedAt = Math.max(changedAt, Math.min(report.changedAt, session.now));
    run.busyUntil = Math.max(run.busyUntil, changedAt, report.animated > 0 ? session.now : 0);
    isDrawn = ms > 0 && !hasChanged;
    run.changes = report.changes;
    run.nextDue = report.nextDue < 0 ? Number.POSITIVE_INFINITY : report.nextDue;
    run.stop += 1;
    if (nextRound(run, session.now) <= 0 && events.inFlight(page) === 0) kind = 'settled';
    else if (session.now - run.from >= FIRST_MS) await clock.prepare(session.now + QUIET_MS);
  }
  // For what the next action leads to: it is sent after this, so the answer need not be waited for.
  void clock.prepare(session.now + FIRST_MS);
  const busyMs = Math.max(0, Math.round(Math.max(changedAt, run.from) - from));
  return { kind: kind ?? 'restless', busyMs, changes: run.changes, documents: run.documents };
}

interface Run {
  changes: number;
  documents: number;
  /** Page time when the action was, or the document began. */
  from: number;
  /** Page time until which something happened. */
  busyUntil: number;
  nextDue: number;
  stop: number;
}

/** Waits for the document that is on its way, if any; returns the real time that it took. */
async function awaitLoading(tab: Tab & { readonly clock: PageClock }, run: Run): Promise<number> {
  const { clock, navigation } = tab;
  const startedAt = performance.now();
  await navigation.whenLoaded(LOAD_MS);
  if (navigation.documents() === run.documents) return 0;
  clock.follow();
  const { now } = clock.session;
  Object.assign(run, { documents: navigation.documents(), changes: 0, from: now, busyUntil: now, stop: 0 });
  await clock.prepare(now + FIRST_MS);
  return Math.min(LOAD_MS, performance.now() - startedAt);
}

/** Page time of the next round; all that is left when no timer is due in it, since nothing can begin then. */
function nextRound({ from, busyUntil, nextDue, stop }: Run, now: number): number {
  if (stop === 0) return 0;
  const rest = Math.max(from + FIRST_MS, busyUntil + QUIET_MS, now) - now;
  const first = from + (STOPS_MS[stop] ?? 0) - now;
  return nextDue > now + rest || first <= 0 ? Math.min(rest, FIRST_MS) : Math.min(rest, first);
}

/** A document without our clock, such as one of the browser's own: there is nothing to wait for. */
async function withoutClock(tab: Tab, tookMs: number): Promise<Settled['kind']> {
  if (tab.page.isClosed() || tookMs > HUNG_MS) return 'hung';
  const answer = await bounded(tab.evaluate('1'), HUNG_MS);
  return answer === undefined ? 'hung' : 'settled';
}
