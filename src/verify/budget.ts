/** What a run may still do. Hard: nothing is performed once it is used up. */
export interface Budget {
  /** Takes one action; false when there is none left or the time is over. */
  spend(): boolean;
  /** Counts an action that is done once more, to be sure; only the time limits these. False when the time is over. */
  repeat(): boolean;
  readonly isSpent: () => boolean;
  /** Whether the time is over; then nothing can be done once more either. */
  readonly isOver: () => boolean;
  /** Actions performed on each side so far, repeated ones included. */
  readonly used: () => number;
  /** At most `wanted` milliseconds, and no more than what is left of the time. */
  readonly within: (wanted: number) => number;
  /** What ran out, in words. */
  readonly why: () => string;
  /** A part of what is left, so that one stage leaves something to the next; what it uses is used here too. */
  share(part: number): Budget;
  /** The same time, but so many actions fewer: they are left for what comes later. */
  leaving(actions: number): Budget;
  /** The same actions, but only a part of the time that is left. */
  sooner(part: number): Budget;
  /** The same actions, but the time ends earlier by so many milliseconds, which may change as the run goes. */
  keeping(reserveMs: () => number): Budget;
}

export interface BudgetLimits {
  readonly actions: number;
  readonly seconds: number;
}

export function createBudget(limits: BudgetLimits, elapsedMs: () => number): Budget {
  let used = 0;
  let repeated = 0;
  const make = (maxActions: number, end: () => number): Budget => {
    const isOver = (): boolean => elapsedMs() >= end();
    const partOf = (part: number): (() => number) => {
      const endMs = elapsedMs() + (end() - elapsedMs()) * part;
      return () => Math.min(endMs, end());
    };
    const isSpent = (): boolean => used >= maxActions || isOver();
    return {
      spend() {
        if (isSpent()) return false;
        used += 1;
        return true;
      },
      repeat() {
        if (isOver()) return false;
        repeated += 1;
        return true;
      },
      isSpent,
      isOver,
      used: () => used + repeated,
      within: (wanted) => Math.max(0, Math.min(wanted, end() - elapsedMs())),
      why: () =>
        isOver()
          ? `the time budget of ${limits.seconds} s was used up`
          : `the budget of ${limits.actions} actions was used up`,
      leaving: (actions) => make(Math.max(used, maxActions - actions), end),
      sooner: (part) => make(maxActions, partOf(part)),
      keeping: (reserveMs) => make(maxActions, () => end() - reserveMs()),
      share: (part) => make(used + Math.ceil((maxActions - used) * part), partOf(part)),
    };
  };
  return make(limits.actions, () => limits.seconds * 1000);
}
