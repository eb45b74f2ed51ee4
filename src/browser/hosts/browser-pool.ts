import { TransientError } from '../../domain/errors.ts';
import type { BrowserHost } from './browser-host.ts';
import { orAbort } from './or-abort.ts';

/** The right of one run to open contexts in a browser. */
export interface Lease {
  readonly host: BrowserHost;
  /** Of the place that the host is at: counted for as long as it is open. */
  countContext(): () => void;
  /** The browser ends when its last lease does. Never rejects; safe to call twice. */
  release(): Promise<void>;
}

/** Where browsers come from: this machine, or one remote server. */
export interface Place {
  /** For messages: without passwords. */
  readonly name: string;
  start(): Promise<BrowserHost>;
}

export interface BrowserPool {
  /**
   * Gives a place in the browser with the fewest running contexts, and starts it when it does not run. Throws what the
   * last place to be tried threw, and the signal's reason when it is aborted first.
   */
  take(signal: AbortSignal): Promise<Lease>;
}

/** After so many contexts a browser takes no further runs and ends with the last that it has. */
const MAX_CONTEXTS = 400;
/** How long a place that did not answer is left alone while there are others. */
const DOWN_MS = 30_000;

interface Running {
  readonly starting: Promise<BrowserHost>;
  users: number;
  opened: number;
}

interface Known {
  readonly place: Place;
  running: Running | undefined;
  contexts: number;
  downUntil: number;
}

/** Keeps one browser process at each place for as long as somebody uses it. `now` counts milliseconds. */
export function createBrowserPool(places: readonly Place[], now: () => number): BrowserPool {
  const known = places.map((place): Known => ({ place, running: undefined, contexts: 0, downUntil: 0 }));
  return {
    async take(signal) {
      let problem: unknown;
      for (const one of order(known, now())) {
        signal.throwIfAborted();
        try {
          return await takeFrom(one, signal);
        } catch (error) {
          signal.throwIfAborted();
          one.downUntil = now() + DOWN_MS;
          problem = error;
        }
      }
      if (known.length === 1 && problem !== undefined) throw problem;
      throw new TransientError(`none of ${known.map(({ place }) => place.name).join(', ')} gives a browser`, {
        cause: problem,
      });
    },
  };
}

/** The places that answered, with the fewest contexts first; then those that did not. */
function order(known: readonly Known[], at: number): readonly Known[] {
  const isDown = ({ downUntil }: Known): number => Number(downUntil > at);
  const users = ({ running }: Known): number => running?.users ?? 0;
  return [...known].sort((a, b) => isDown(a) - isDown(b) || a.contexts - b.contexts || users(a) - users(b));
}

async function takeFrom(known: Known, signal: AbortSignal): Promise<Lease> {
  const running = await join(known);
  let isReleased = false;
  const release = async (): Promise<void> => {
    if (isReleased) return;
    isReleased = true;
    await leave(known, running);
  };
  try {
    const host = await orAbort(running.starting, signal);
    const countContext = (): (() => void) => {
      running.opened += 1;
      known.contexts += 1;
      let isOpen = true;
      return () => {
        if (isOpen) known.contexts -= 1;
        isOpen = false;
      };
    };
    return { host, countContext, release };
  } catch (error) {
    const ending = release();
    // Whoever aborted does not wait for a start that is under way.
    if (!signal.aborted) await ending;
    throw error;
  }
}

/** Counts one more user of what runs there and can be used, else of a new start. */
async function join(known: Known): Promise<Running> {
  for (;;) {
    const { running } = known;
    if (running === undefined || running.opened >= MAX_CONTEXTS) {
      const fresh: Running = { starting: known.place.start(), users: 1, opened: 0 };
      // Whoever takes it hears of it.
      fresh.starting.catch(() => undefined);
      known.running = fresh;
      return fresh;
    }
    running.users += 1;
    if (!(await hasEnded(running))) return running;
    if (known.running === running) known.running = undefined;
    await leave(known, running);
  }
}

/** One user less; the last one ends the browser. */
async function leave(known: Known, running: Running): Promise<void> {
  running.users -= 1;
  if (running.users > 0) return;
  if (known.running === running) known.running = undefined;
  const host = await running.starting.catch(() => undefined);
  await host?.end();
}

async function hasEnded({ starting }: Running): Promise<boolean> {
  const host = await starting.catch(() => undefined);
  return host === undefined || (await host.isGone());
}
