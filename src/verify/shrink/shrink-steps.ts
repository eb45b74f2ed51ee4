import type { Step } from '../../domain/flow.ts';
import { type Cut, changesOf, relatedToLast, shortestThrough, type Trace } from './short-cuts.ts';
import { simplerSteps } from './simpler-steps.ts';

const MAX_REPLAYS = 40;
/** Of so few parts, each is left out alone at once: chunks would seldom fit. */
const FEW_PARTS = 7;

/** What a replay of a candidate told; `over`: the budget is used up and nothing was replayed. */
export type Showing = 'shows' | 'not' | 'over';

export interface ShrinkOptions {
  /**
   * The abstract state after each of the steps, in order, as long as they. Steps between two equal ones are a loop and
   * are cut first. Left out: no loops are known.
   */
  readonly stateKeys?: readonly string[];
  /** Of the steps; left out: nothing is known of what they did. */
  readonly trace?: Trace;
  /** 40 when left out. */
  readonly maxReplays?: number;
}

export interface Shrunk {
  /** Show the difference: the given ones, or some of them in the same order, perhaps with simpler values. */
  readonly steps: readonly Step[];
  /** No single step can be left out, and no value replaced by one of the simpler ones that are tried. */
  readonly isMinimal: boolean;
  readonly replays: number;
}

/**
 * Looks for the fewest steps that still show a difference which `steps` are known to show.
 *
 * What the trace shows to be needless goes first, then loops in the state graph, then the beginning, then chunks of halving length (Zeller's ddmin, kept in order
 * and tried on complements only, because a part of a session seldom runs alone), first of whole actions, then of single
 * steps, then values. The first step stays a
 * `goto` if it was one. No candidate is tried twice.
 */
export async function shrinkSteps(
  steps: readonly Step[],
  shows: (candidate: readonly Step[]) => Promise<Showing>,
  { stateKeys, trace, maxReplays = MAX_REPLAYS }: ShrinkOptions = {},
): Promise<Shrunk> {
  const search = new Search(steps, shows, maxReplays);
  const isCut = trace !== undefined && (await takeShortCuts(search, trace));
  if (!isCut && stateKeys !== undefined && stateKeys.length === steps.length)
    await cutLoops(search, stateKeys);
  await cutBeginning(search);
  await cutChunks(search, asActions);
  do {
    await cutChunks(search, asSteps);
  } while (await simplify(search));
  return { steps: search.current, isMinimal: !search.isOver, replays: search.replays };
}

/**
 * Leaves out what has nothing to do with the last step, or else only what leads nowhere; then one change after the other,
 * with what led to it. True when anything was left out.
 */
async function takeShortCuts(search: Search, trace: Trace): Promise<boolean> {
  const all = search.current;
  const accepts = async (cut: Cut | undefined): Promise<boolean> =>
    cut !== undefined && (await search.accepts(cut.flatMap((index) => all[index] ?? [])));
  let kept = relatedToLast(trace);
  let isShorter = await accepts(shortestThrough(trace, kept));
  if (!isShorter) {
    kept = changesOf(trace);
    isShorter = await accepts(shortestThrough(trace, kept));
  }
  for (const one of kept) {
    const fewer = new Set(kept);
    fewer.delete(one);
    if (!(await accepts(shortestThrough(trace, fewer)))) continue;
    kept = fewer;
    isShorter = true;
  }
  return isShorter;
}

/** The best steps so far, and what was tried. */
class Search {
  current: readonly Step[];
  isOver = false;
  replays = 0;
  private readonly tried = new Set<string>();
  private readonly mustOpen: boolean;
  private readonly shows: (candidate: readonly Step[]) => Promise<Showing>;
  private readonly maxReplays: number;

  constructor(
    steps: readonly Step[],
    shows: (candidate: readonly Step[]) => Promise<Showing>,
    maxReplays: number,
  ) {
    this.current = steps;
    this.shows = shows;
    this.maxReplays = maxReplays;
    this.mustOpen = opens(steps);
    this.tried.add(JSON.stringify(steps));
  }

  /** Whether the candidate shows the difference too; it is the best one then. */
  async accepts(candidate: readonly Step[]): Promise<boolean> {
    if (this.isOver || candidate.length === 0 || (this.mustOpen && !opens(candidate))) return false;
    const key = JSON.stringify(candidate);
    if (this.tried.has(key)) return false;
    if (this.replays >= this.maxReplays) {
      this.isOver = true;
      return false;
    }
    const showing = await this.shows(candidate);
    if (showing === 'over') {
      this.isOver = true;
      return false;
    }
    this.replays += 1;
    this.tried.add(key);
    if (showing === 'shows') this.current = candidate;
    return showing === 'shows';
  }
}

function opens([first]: readonly Step[]): boolean {
  return first !== undefined && 'goto' in first;
}

interface Visit {
  readonly step: Step;
  /** State after the step. */
  readonly key: string;
}

/** Cuts what leads back to a state: all at once where that works, else one block at a time, the longest first. */
async function cutLoops(search: Search, stateKeys: readonly string[]): Promise<void> {
  let visits: readonly Visit[] = search.current.map((step, index) => ({ step, key: stateKeys[index] ?? '' }));
  const accepts = async (kept: readonly Visit[]): Promise<boolean> => {
    const isTaken = kept.length < visits.length && (await search.accepts(kept.map(({ step }) => step)));
    if (isTaken) visits = kept;
    return isTaken;
  };
  await accepts(withoutLoops(visits));
  for (let isShorter = true; isShorter && !search.isOver; ) {
    isShorter = false;
    for (const { start, end } of loopsOf(visits)) {
      isShorter = await accepts([...visits.slice(0, start), ...visits.slice(end)]);
      if (isShorter) break;
    }
  }
}

/**
 * From each state straight on from its last visit. The last step is no part of a loop: it is the one that shows the
 * difference, often in a state that counts as the same as the one before.
 */
function withoutLoops(visits: readonly Visit[]): readonly Visit[] {
  const before = visits.slice(0, -1);
  const kept: Visit[] = [];
  for (let index = 0; index < before.length; index += 1) {
    const key = before[index]?.key;
    const visit = before[index];
    if (visit !== undefined) kept.push(visit);
    index = before.findLastIndex((one) => one.key === key);
  }
  return [...kept, ...visits.slice(-1)];
}

/** Blocks of steps between two visits of a state, the longest first; `end` is not in the block. */
function loopsOf(visits: readonly Visit[]): readonly { readonly start: number; readonly end: number }[] {
  const loops: { readonly start: number; readonly end: number }[] = [];
  for (let from = 0; from < visits.length - 1; from += 1) {
    for (let to = from + 1; to < visits.length - 1; to += 1) {
      if (visits[from]?.key === visits[to]?.key) loops.push({ start: from + 1, end: to + 1 });
    }
  }
  return loops.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
}

/** Most differences need the last few steps only: 1, 2, 4, … of them after the opening one, or from a later `goto` on. */
async function cutBeginning(search: Search): Promise<void> {
  const all = search.current;
  const opening = opens(all) ? all.slice(0, 1) : [];
  const starts = all.flatMap((step, index) => ('goto' in step && index > 0 ? [all.slice(index)] : []));
  const endings: (readonly Step[])[] = [...starts];
  for (let count = 1; count < all.length - opening.length; count *= 2) {
    endings.push([...opening, ...all.slice(-count)]);
  }
  endings.sort((a, b) => a.length - b.length);
  for (const candidate of endings) {
    if (await search.accepts(candidate)) return;
  }
}

/** Leaves out chunks of parts, from half of them down to single ones, until no single part can be left out. */
async function cutChunks(search: Search, partsOf: (steps: readonly Step[]) => Parts): Promise<void> {
  const half = (): number => {
    const { length } = partsOf(search.current);
    return length <= FEW_PARTS ? 1 : Math.floor(length / 2);
  };
  let size = half();
  while (!search.isOver) {
    const isShorter = await cutOneSize(search, size, partsOf);
    if (isShorter) size = Math.min(size, half());
    else if (size === 1) return;
    else size = Math.floor(size / 2);
  }
}

async function cutOneSize(
  search: Search,
  size: number,
  partsOf: (steps: readonly Step[]) => Parts,
): Promise<boolean> {
  let isShorter = false;
  // From the end, so that what is cut does not move what is still to be tried.
  for (let start = partsOf(search.current).length - size; start > -size; start -= size) {
    const parts = partsOf(search.current);
    const kept = [...parts.slice(0, Math.max(0, start)), ...parts.slice(start + size)];
    isShorter = (await search.accepts(kept.flat())) || isShorter;
  }
  return isShorter;
}

/** Steps that belong together and mostly make no sense alone. */
type Parts = readonly (readonly Step[])[];

/** What is typed and the key after it are one part. */
function asActions(steps: readonly Step[]): Parts {
  const parts: Step[][] = [];
  for (const step of steps) {
    const last = parts.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && 'fill' in before && 'press' in step) last.push(step);
    else parts.push([step]);
  }
  return parts;
}

function asSteps(steps: readonly Step[]): Parts {
  return steps.map((step) => [step]);
}

/** Puts simpler values in the place of what the steps type and open; true when one was taken. */
async function simplify(search: Search): Promise<boolean> {
  let isSimpler = false;
  for (let index = 0; index < search.current.length; index += 1) {
    let candidates = simplerSteps(search.current[index]);
    for (let next = candidates.shift(); next !== undefined; next = candidates.shift()) {
      if (!(await search.accepts(search.current.with(index, next)))) continue;
      isSimpler = true;
      candidates = simplerSteps(next);
    }
  }
  return isSimpler;
}
