import {
  type ClockState,
  createAdvance,
  createHop,
  type DueTimers,
  finishAnimations,
  watchChanges,
} from './clock-advance.ts';
import {
  replaceDates,
  replaceFormats,
  replacePerformance,
  replaceRandomness,
  replaceTemporal,
} from './clock-sources.ts';

/**
 * The page's half of the virtual clock: functions that run in the page's own world, before any script of the page.
 * They are sent as source text, so each may only use its arguments, the page's globals and itself.
 *
 * The page can replace every global afterwards. What is needed later is therefore taken at the start, and the queue is
 * made of plain linked objects: no method of a prototype that the page could have replaced decides what runs.
 */

interface Timer {
  readonly id: number;
  due: number;
  readonly run: () => void;
  /** Milliseconds between two runs; absent for a single one. */
  readonly period?: number;
  /** How many timers set one another to come here. */
  readonly depth: number;
  next: Timer | undefined;
  isOff: boolean;
}

interface Queue extends DueTimers {
  add(run: () => void, delay: number, repeats: boolean): number;
  remove(id: unknown): void;
}

type Call = Parameters<typeof replaceFunction>[2];

const PARTS = {
  replaceFunction,
  createQueue,
  insertInOrder,
  replaceTimers,
  replaceFrames,
  replaceDates,
  replaceTemporal,
  replaceFormats,
  replacePerformance,
  replaceRandomness,
  watchChanges,
  finishAnimations,
  createHop,
  createAdvance,
};

/** The parts of the script; none changes while the process runs. */
const SOURCE = `{${Object.entries(PARTS)
  .map(([name, part]) => `${name}: ${String(part)}`)
  .join(',\n')}}`;

/** Source of a script that installs the clock under `key` in every new document. */
export function clockSource(options: {
  readonly key: string;
  readonly now: number;
  readonly seed: number;
}): string {
  return `(() => {'use strict';\n(${String(installClock)})(${SOURCE}, ${JSON.stringify(options)});})()`;
}

function installClock(
  parts: typeof PARTS,
  { key, now, seed }: { readonly key: string; readonly now: number; readonly seed: number },
): void {
  if (Object.hasOwn(window, key)) return;
  const state: ClockState = { now, stamp: now, start: now, changes: 0, changedAt: now };
  // Reading the clock moves it a little, so that a loop that waits for the time to pass comes to its end.
  const read = (): number => {
    state.now += 0.02;
    return state.now;
  };
  const queue = parts.createQueue(state, parts.insertInOrder);
  const hop = parts.createHop();
  const advance = parts.createAdvance({ state, queue, key, hop, finishAnimations: parts.finishAnimations });
  const replace = parts.replaceFunction;
  parts.replaceTimers(queue, read, replace);
  parts.replaceFrames(queue, state, replace);
  parts.replaceDates(read, replace);
  parts.replaceTemporal(read, replace);
  parts.replaceFormats(read, replace);
  parts.replacePerformance(state, read, replace);
  const place = window === window.top ? 0 : 0x5bd1e995;
  parts.replaceRandomness(seed ^ Math.floor(now / 16) ^ place, replace);
  parts.watchChanges(state);
  Object.defineProperty(window, key, { value: advance });
}

/** Puts `call` in the place of a function of the browser; a proxy keeps its name, length and source text. */
function replaceFunction(
  owner: object | undefined,
  name: string,
  call: (self: unknown, args: readonly unknown[]) => unknown,
): void {
  if (owner === undefined || owner === null) return;
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  const native: unknown = descriptor?.value;
  if (typeof native !== 'function') return;
  const value: unknown = new Proxy(native, { apply: (_target, self, args) => call(self, args) });
  Object.defineProperty(owner, name, { ...descriptor, value });
}

/** Puts a timer behind those that are due no later; returns the first of all. */
function insertInOrder(first: Timer | undefined, timer: Timer): Timer {
  if (first === undefined || timer.due < first.due) {
    timer.next = first;
    return timer;
  }
  let before = first;
  while (before.next !== undefined && before.next.due <= timer.due) before = before.next;
  timer.next = before.next;
  before.next = timer;
  return first;
}

/** The timers in the order in which they are due; equal ones in the order in which they were set. */
function createQueue(state: ClockState, insertTimer: typeof insertInOrder): Queue {
  const byId: Record<number, Timer> = Object.create(null);
  const report = window.reportError;
  const apply = Reflect.apply;
  let first: Timer | undefined;
  let lastId = 0;
  let depth = 0;
  const insert = (timer: Timer): void => {
    first = insertTimer(first, timer);
  };
  const dropOff = (): void => {
    while (first?.isOff === true) first = first.next;
  };
  return {
    add(run, delay, repeats) {
      lastId += 1;
      const least = depth >= 5 ? 4 : repeats ? 1 : 0;
      const wait = delay > least && delay <= 0x7fffffff ? delay : least;
      const timer = { id: lastId, due: state.now + wait, run, depth, next: undefined, isOff: false };
      const added: Timer = repeats ? { ...timer, period: wait } : timer;
      byId[lastId] = added;
      insert(added);
      return lastId;
    },
    remove(id) {
      const timer = typeof id === 'object' ? undefined : byId[Number(id)];
      if (timer === undefined) return;
      timer.isOff = true;
      delete byId[timer.id];
    },
    nextDue() {
      dropOff();
      return first === undefined ? -1 : first.due;
    },
    runNext(to) {
      dropOff();
      const timer = first;
      if (timer === undefined || timer.due > to) return false;
      first = timer.next;
      if (state.now < timer.due) state.now = timer.due;
      state.stamp = state.now;
      depth = timer.depth + 1;
      if (timer.period === undefined) delete byId[timer.id];
      else {
        timer.due = state.now + timer.period;
        insert(timer);
      }
      try {
        timer.run();
      } catch (error) {
        // As the browser does with what a timer throws: an uncaught exception of the page.
        apply(report, window, [error]);
      } finally {
        depth = 0;
      }
      return true;
    },
  };
}

function replaceTimers(queue: Queue, read: () => number, replace: typeof replaceFunction): void {
  const apply = Reflect.apply;
  // oxlint-disable-next-line eslint/no-eval -- a timer may be given as text, which only the page writes
  const evaluate = globalThis.eval;
  const set =
    (repeats: boolean): Call =>
    (_self, args) => {
      const handler = args[0];
      const rest: unknown[] = [];
      for (let i = 2; i < args.length; i += 1) rest[i - 2] = args[i];
      const run = (): void => {
        if (typeof handler === 'function') apply(handler, window, rest);
        else evaluate(String(handler));
      };
      return queue.add(run, Number(args[1]), repeats);
    };
  const clear: Call = (_self, args) => queue.remove(args[0]);
  replace(window, 'setTimeout', set(false));
  replace(window, 'setInterval', set(true));
  replace(window, 'clearTimeout', clear);
  replace(window, 'clearInterval', clear);
  replace(window, 'requestIdleCallback', (_self, args) => {
    const callback = args[0];
    if (typeof callback !== 'function') throw new TypeError('The callback is not a function.');
    const run = (): void => {
      const end = read() + 40;
      const timeRemaining = (): number => (end > read() ? end - read() : 0);
      apply(callback, undefined, [{ didTimeout: false, timeRemaining }]);
    };
    return queue.add(run, 1, false);
  });
  replace(window, 'cancelIdleCallback', clear);
}

/** Animation frames come every 16 ms, and only while somebody waits for one. */
function replaceFrames(queue: Queue, state: ClockState, replace: typeof replaceFunction): void {
  interface Waiting {
    readonly id: number;
    readonly callback: FrameRequestCallback;
    isOff: boolean;
    next: Waiting | undefined;
  }
  const apply = Reflect.apply;
  const report = window.reportError;
  let first: Waiting | undefined;
  let last: Waiting | undefined;
  let lastId = 0;
  const runFrame = (): void => {
    let waiting = first;
    const time = state.stamp - state.start;
    first = undefined;
    last = undefined;
    for (; waiting !== undefined; waiting = waiting.next) {
      try {
        if (!waiting.isOff) apply(waiting.callback, window, [time]);
      } catch (error) {
        apply(report, window, [error]);
      }
    }
  };
  let running: Waiting | undefined;
  replace(window, 'requestAnimationFrame', (_self, args) => {
    const callback = args[0];
    if (typeof callback !== 'function') throw new TypeError('The callback is not a function.');
    lastId += 1;
    const asked: Waiting = {
      id: lastId,
      callback: callback as FrameRequestCallback, // the page's own function
      isOff: false,
      next: undefined,
    };
    if (last === undefined) {
      first = asked;
      running = asked;
      queue.add(runFrame, 16 - ((state.now - state.start) % 16), false);
    } else last.next = asked;
    last = asked;
    return lastId;
  });
  replace(window, 'cancelAnimationFrame', (_self, args) => {
    for (let asked = running; asked !== undefined; asked = asked.next) {
      if (asked.id === args[0]) asked.isOff = true;
    }
    for (let asked = first; asked !== undefined; asked = asked.next) {
      if (asked.id === args[0]) asked.isOff = true;
    }
  });
}
