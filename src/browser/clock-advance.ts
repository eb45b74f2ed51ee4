/**
 * How the page's clock is moved on: functions that run in the page's own world, sent as source text by `clock-page.ts`.
 * Each may only use its arguments, the page's globals and itself.
 */

/* oxlint-disable typescript/unbound-method -- functions of the browser are kept here to be called with Reflect.apply */

/** What one advance did, as the page tells; the caller checks every field. */
export interface AdvanceReport {
  readonly now: number;
  /** How often the document has changed since it began, and when last. */
  readonly changes: number;
  readonly changedAt: number;
  /** Animations that were brought to their end. */
  readonly animated: number;
  /** When the next timer is due; -1 when there is none. */
  readonly nextDue: number;
}

export interface ClockState {
  now: number;
  /** The time without what reading it added: what events carry. */
  stamp: number;
  readonly start: number;
  changes: number;
  changedAt: number;
}

export interface DueTimers {
  nextDue(): number;
  /** Runs what is due first, if anything is by `to`. */
  runNext(to: number): boolean;
}

/** Lets the browser do one round of other work: promises, messages, the answers of requests. */
export function createHop(): { readonly task: () => Promise<void>; readonly frame: () => Promise<void> } {
  const { port1, port2 } = new MessageChannel();
  const post = port2.postMessage;
  const apply = Reflect.apply;
  const Later = Promise;
  const nextFrame = window.requestAnimationFrame;
  const setTimer = window.setTimeout;
  let go: () => void = () => undefined;
  port1.onmessage = () => go();
  return {
    task: () =>
      new Later((resolve) => {
        go = resolve;
        apply(post, port2, [0]);
      }),
    frame: () =>
      new Later((resolve) => {
        // A window in the background draws no frames.
        apply(setTimer, window, [resolve, 100]);
        apply(nextFrame, window, [() => resolve()]);
      }),
  };
}

/** Counts what changes in the document; a style that a script animates does not count. */
export function watchChanges(state: ClockState): void {
  const apply = Reflect.apply;
  const nameOf = Object.getOwnPropertyDescriptor(MutationRecord.prototype, 'attributeName')?.get;
  const Observer = MutationObserver;
  const { observe } = Observer.prototype;
  const observer = new Observer((records) => {
    for (let i = 0; i < records.length; i += 1) {
      if (nameOf !== undefined && apply(nameOf, records[i], []) === 'style') continue;
      state.changes += 1;
      state.changedAt = state.stamp;
    }
  });
  const options = { subtree: true, childList: true, characterData: true, attributes: true };
  observer.observe(document, options);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = new Proxy(attach, {
    apply: (target, self, args) => {
      const root: unknown = apply(target, self, args);
      apply(observe, observer, [root, options]);
      return root;
    },
  });
}

/** Brings what moves for a limited time to its end; returns how many there were. */
export function finishAnimations(): number {
  let count = 0;
  try {
    for (const animation of document.getAnimations()) {
      const end = animation.effect?.getComputedTiming().endTime;
      if (animation.playState !== 'running' || typeof end !== 'number' || !(end < Number.POSITIVE_INFINITY))
        continue;
      animation.finish();
      count += 1;
    }
  } catch {
    // The page replaced what this needs: its animations run on.
  }
  return count;
}

/**
 * Makes the function that moves the clock of a window, and of the windows inside it, on to a time. Between two timers
 * the browser does other work, so that promises and messages arrive in the order in which they would.
 */
export function createAdvance(parts: {
  readonly state: ClockState;
  readonly queue: DueTimers;
  readonly key: string;
  readonly hop: { readonly task: () => Promise<void>; readonly frame: () => Promise<void> };
  readonly finishAnimations: () => number;
}): (to: number, withFrame: boolean) => Promise<AdvanceReport> {
  const { state, queue, key, hop } = parts;
  const [MAX_RUNS, MAX_FRAMES, MAX_MS] = [5_000, 20, 2_000];
  const apply = Reflect.apply;
  const { performance } = window;
  const realNow = performance.now;
  const inner = async (to: number): Promise<{ changes: number; nextDue: number }> => {
    const sum = { changes: 0, nextDue: -1 };
    for (let i = 0; i < window.length && i < MAX_FRAMES; i += 1) {
      try {
        const child: unknown = Reflect.get(window[i] ?? {}, key);
        const done: unknown = typeof child === 'function' ? await child(to, false) : undefined;
        if (typeof done !== 'object' || done === null) continue;
        const [changes, due] = [Reflect.get(done, 'changes'), Reflect.get(done, 'nextDue')];
        if (typeof changes === 'number') sum.changes += changes;
        if (typeof due === 'number' && due >= 0 && (sum.nextDue < 0 || due < sum.nextDue)) sum.nextDue = due;
      } catch {
        // A window of another origin keeps its own time.
      }
    }
    return sum;
  };
  return async (to, withFrame) => {
    const startedAt = apply(realNow, performance, []);
    await hop.task();
    for (let runs = 0; runs < MAX_RUNS && apply(realNow, performance, []) - startedAt < MAX_MS; runs += 1) {
      if (!queue.runNext(to)) break;
      await hop.task();
    }
    const children = await inner(to);
    if (state.now < to) state.now = to;
    state.stamp = state.now;
    const animated = parts.finishAnimations();
    if (withFrame || animated > 0) await hop.frame();
    await hop.task();
    const due = queue.nextDue();
    return {
      now: state.now,
      changes: state.changes + children.changes,
      changedAt: state.changedAt,
      animated,
      nextDue: due >= 0 && (children.nextDue < 0 || due < children.nextDue) ? due : children.nextDue,
    };
  };
}
