import { bounded } from './bounded.ts';
import type { AdvanceReport } from './clock-advance.ts';
import { clockSource } from './clock-page.ts';
import type { FirstScript, TabEngine } from './engine/tab-engine.ts';

/** The page itself stops an advance after two seconds of work. */
const ADVANCE_MS = 5_000;

/** The time of a whole session: it goes on over documents and tabs. */
export interface SessionClock {
  /** Name of the property that holds the clock in a page; no page can guess it. */
  readonly key: string;
  readonly at: number;
  readonly seed: number;
  now: number;
}

/** The clock of the pages of one tab. */
export interface PageClock {
  readonly session: SessionClock;
  /** Makes the documents to come begin at this time. */
  prepare(at: number): Promise<void>;
  /** Takes the session's time to where a document that just began has started. */
  follow(): void;
  /** Moves the time on; `undefined` when the page did not answer or has no clock. */
  advance(ms: number, withFrame: boolean): Promise<AdvanceReport | undefined>;
}

export function createPageClock(
  engine: Pick<TabEngine, 'runFirst' | 'evaluate'>,
  session: SessionClock,
): PageClock {
  let registered: Promise<FirstScript | undefined> = Promise.resolve(undefined);
  let startsAt = session.now;
  const prepare = (at: number): Promise<void> => {
    const before = registered;
    startsAt = at;
    const source = clockSource({ ...session, now: at });
    // The new one is there before the old one goes: no document may begin without a clock.
    registered = engine.runFirst(source).catch(() => undefined); // the tab is gone
    const removed = before.then((script) => script?.end());
    return bounded(Promise.all([registered, removed]), ADVANCE_MS).then(() => undefined);
  };
  return {
    session,
    prepare,
    follow() {
      session.now = Math.max(session.now, startsAt);
    },
    async advance(ms, withFrame) {
      session.now += ms;
      const expression = `globalThis[${JSON.stringify(session.key)}]?.(${session.now}, ${withFrame})`;
      return readReport(await bounded(engine.evaluate(expression), ADVANCE_MS));
    },
  };
}

/** A page can put anything in the place of our function's answer. */
function readReport(value: unknown): AdvanceReport | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field = (name: keyof AdvanceReport): number => {
    const found: unknown = Reflect.get(value, name);
    return typeof found === 'number' && Number.isFinite(found) ? found : 0;
  };
  return {
    now: field('now'),
    changes: field('changes'),
    changedAt: field('changedAt'),
    animated: field('animated'),
    nextDue: field('nextDue'),
  };
}
