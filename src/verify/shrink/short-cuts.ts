/** What is known of a sequence of steps: what each did, and which of them could have been done earlier. */
export interface Trace {
  readonly length: number;
  /** Names of what a step changed; `undefined` for one that changed nothing but the place. */
  readonly touched: (index: number) => ReadonlySet<string> | undefined;
  /** Whether the step `index` was possible when the step `after` was done. */
  readonly isPossible: (index: number, after: number) => boolean;
}

/** Which steps of a sequence may do: their indices, in order. */
export type Cut = readonly number[];

/**
 * The fewest steps that lead through all of `kept`, the first and the last, as far as the trace can tell: from each step
 * straight on to a later one that was possible then already. `undefined` when that is the whole sequence.
 */
export function shortestThrough(trace: Trace, kept: ReadonlySet<number>): Cut | undefined {
  const ways: Cut[] = [[0]];
  for (let index = 1; index < trace.length; index += 1) {
    let best: Cut | undefined;
    for (let before = index - 1; before >= 0; before -= 1) {
      const way = ways[before];
      const isOpen = before === index - 1 || trace.isPossible(index, before);
      if (way !== undefined && isOpen && (best === undefined || way.length < best.length)) best = way;
      if (kept.has(before)) break;
    }
    ways.push([...(best ?? []), index]);
  }
  const found = ways.at(-1);
  return found === undefined || found.length === trace.length ? undefined : found;
}

/** The steps that changed something. */
export function changesOf(trace: Trace): ReadonlySet<number> {
  const changes = new Set<number>();
  for (let index = 1; index < trace.length; index += 1)
    if (trace.touched(index) !== undefined) changes.add(index);
  return changes;
}

/** Those of them that have something in common with the last one, or with one that has. */
export function relatedToLast(trace: Trace): ReadonlySet<number> {
  const all = [...changesOf(trace)].reverse();
  const [last] = all;
  if (last === undefined) return new Set();
  const names = new Set(trace.touched(last));
  const related = new Set([last]);
  for (const index of all.slice(1)) {
    const own = [...(trace.touched(index) ?? [])];
    if (!own.some((name) => names.has(name))) continue;
    related.add(index);
    for (const name of own) names.add(name);
  }
  return related;
}
