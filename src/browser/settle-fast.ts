import { bounded } from './bounded.ts';
import type { Tab } from './open-tab.ts';
import type { PageClock } from './page-clock.ts';
import type { PageEvents } from './page-events.ts';

/** Page time of the first rounds: most pages answer at once, a debounced search within half a second. */
const ROUNDS_MS = [0, 50, 150, 400];
const MORE_MS = 400;
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
 * Lets page time pass until nothing comes of it any more: 600 ms, and up to 3,000 ms while requests come or the
 * document changes. Time stands still while a request or a navigation is under way. At most five real seconds, and
 * ten more for a document that loads.
 */
export async function settleFast(
  tab: Tab & { readonly clock: PageClock },
  events: PageEvents,
  before: Before,
): Promise<Settled & Before> {
  const { clock, navigation, page } = tab;
  const from = clock.session.now;
  let deadline = performance.now() + SETTLE_MS;
  let { changes, documents } = before;
  let activity = events.activity();
  let [round, passed, busyUntil, isDrawn] = [0, 0, from, false];
  const result = (kind: Settled['kind']): Settled & Before => {
    return { kind, busyMs: Math.max(0, Math.round(busyUntil - from)), changes, documents };
  };
  while (performance.now() < deadline && passed < MAX_PAGE_MS) {
    if (page.isClosed()) return result('hung');
    if (navigation.isPending()) {
      const startedAt = performance.now();
      await navigation.whenLoaded(LOAD_MS);
      deadline += Math.min(LOAD_MS, performance.now() - startedAt);
    }
    await events.whenIdle(page, Math.max(0, deadline - performance.now()));
    const ms = ROUNDS_MS[round] ?? MORE_MS;
    const startedAt = performance.now();
    const report = await clock.advance(ms, ms > 0 && !isDrawn);
    if (navigation.isPending()) {
      // What the old document answered is of no interest.
      busyUntil = clock.session.now;
      round = 0;
      continue;
    }
    if (report === undefined) {
      if (performance.now() - startedAt > HUNG_MS) return result('hung');
      // A document without our clock, such as the browser's own pages: there is nothing to wait for.
      if ((await bounded(tab.cdp.send('Runtime.evaluate', { expression: '1' }), HUNG_MS)) === undefined)
        return result('hung');
      if (navigation.isPending()) continue;
      return result('settled');
    }
    const isNew = navigation.documents() !== documents;
    if (isNew) [documents, changes, round, passed] = [navigation.documents(), 0, 0, 0];
    const hasChanged = report.changes !== changes;
    const isActive = isNew || hasChanged || events.activity() !== activity || report.animated > 0;
    if (hasChanged) busyUntil = Math.max(busyUntil, Math.min(report.changedAt, clock.session.now));
    changes = report.changes;
    activity = events.activity();
    if (hasChanged) isDrawn = false;
    else if (ms > 0) isDrawn = true;
    passed += ms;
    round += 1;
    if (round >= ROUNDS_MS.length && !isActive && events.inFlight(page) === 0) return result('settled');
  }
  return result('restless');
}
