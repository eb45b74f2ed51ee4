import type { Action } from '../model/action.ts';
import type { Effect } from './effect.ts';
import {
  type ControlRecord,
  type Edge,
  kindredKey,
  pairKey,
  type StateGraph,
  tripleKey,
} from './state-graph.ts';

/** Where an action would be done. */
export interface Situation {
  readonly graph: StateGraph;
  /** The actions that changed something since the last fresh start. */
  readonly changed: readonly Action[];
  /** Actions since the last fresh start. */
  readonly depth: number;
  /** How much more an action is worth because of what it touches; 1 for most. */
  readonly interest: (action: Action) => number;
  /** Keys of the actions that were not there before the last step; absent where that is not known. */
  readonly appeared?: ReadonlySet<string>;
}

/** What the first use of a control is worth, by how it is used. */
const FIRST_USE: Readonly<Record<Action['kind'], number>> = {
  click: 10,
  submit: 9,
  select: 7,
  double: 3,
  key: 3,
  type: 3,
  scroll: 5,
  hover: 1,
  history: 2,
};
/** How much less it is worth for each use of its like elsewhere, such as the same menu in another column. */
const KINDRED = 0.4;
/** Of another value for a control that is known. */
const OTHER_VALUE = 2;
const ODD_VALUE = 0.8;
/** Of a pair of controls that were not used one after the other yet, each as strong as it was seen to be. */
const PAIR = 0.5;
const STRENGTH: Readonly<Record<Effect, number>> = { none: 0.2, moved: 1, shown: 1.6, kept: 3 };
/** How much the further pairs count that the same use makes. */
const BESIDE = 0.25;
/** How much likelier something is tried that has only just come up, such as “Undo” or the buttons of a dialog. */
const JUST_APPEARED = 6;
/** Of a control that was not used yet. */
const UNKNOWN_STRENGTH = 1.5;
/** What is kept, and how, shows when the page is opened again, and by the key that ends typing. */
const AFTERMATH_STRENGTH = 2;
const AFTERMATH: ReadonlySet<Action['kind']> = new Set(['history', 'key']);
/** How likely two spoil something for each other: they change the same, nothing in common, or it is not known. */
const MEETING = { same: 1, apart: 0.15, unknown: 0.5 };
/** Of three in a row, of which the last was not used after the other two yet: worth it only where one stands. */
const TRIPLE = 0.06;
/** Changes further back than this are not combined by three. */
const TRIPLE_REACH = 4;
/** Odd values and mere typing combine with little. */
const WEAK_KINDS: ReadonlySet<Action['kind']> = new Set(['type', 'hover', 'scroll', 'double']);
/** New things are tried near the start, where the product is as its makers left it. */
const NEAR = 6;
const FAR = 0.3;
/** Tries after which something that never worked is given up, in one place and everywhere. */
const MAX_FAILED = 2;
const MAX_FAILED_ANYWHERE = 3;
const MAX_TRIES = 8;
const NOTHING: ReadonlySet<string> = new Set();

/**
 * What is to be learned from an action: of a control the first use most, a further value less; and from a pair of
 * controls that change something, used one after the other for the first time, which is how flows meet that nobody
 * thought of together. 0 when nothing is.
 */
export function gainOf(there: Situation, edge: Edge): number {
  const { graph, depth, interest } = there;
  const { action } = edge;
  if (edge.isDivergent || edge.tries >= MAX_TRIES || isGivenUp(graph, action)) return 0;
  const isTried = graph.tried.has(action.key);
  const fresh = isTried ? 0 : noveltyOf(graph, action) * (depth <= NEAR ? 1 : FAR) * urgencyOf(there, action);
  return (fresh + pairGain(there, action) / (1 + depth / NEAR)) * interest(action);
}

function urgencyOf({ appeared }: Situation, { key, kind }: Action): number {
  return kind !== 'key' && appeared?.has(key) === true ? JUST_APPEARED : 1;
}

/** How many sorts of controls were seen, and of how many of them none was used yet. */
export function countControls(graph: StateGraph): { readonly seen: number; readonly untried: number } {
  const seen = new Map<string, boolean>();
  for (const { edges } of graph.states.values()) {
    for (const { action } of edges.values()) {
      if (action.isOdd || isGivenUp(graph, action)) continue;
      seen.set(action.sort, graph.tried.has(action.sort));
    }
  }
  return { seen: seen.size, untried: [...seen.values()].filter((isTried) => !isTried).length };
}

function isGivenUp({ controls }: StateGraph, { control, sort }: Action): boolean {
  return isHopeless(controls.get(control), MAX_FAILED) || isHopeless(controls.get(sort), MAX_FAILED_ANYWHERE);
}

function isHopeless(record: ControlRecord | undefined, limit: number): boolean {
  return record !== undefined && record.effect === undefined && record.failed >= limit;
}

function noveltyOf(graph: StateGraph, action: Action): number {
  if (action.isOdd) return ODD_VALUE;
  if (graph.tried.has(action.spot)) return OTHER_VALUE;
  // The same on many pages, such as one page for each product, most likely does the same.
  const times = (key: string): number => graph.tried.get(key) ?? 0;
  return FIRST_USE[action.kind] / (1 + times(action.sort)) / (1 + KINDRED * times(action.family));
}

/** What is to be learned here beside that, from doing it after two others that changed something. */
export function tripleGain(
  { graph, changed, depth, interest }: Situation,
  { action, isDivergent }: Edge,
): number {
  if (isDivergent || action.isOdd || strengthOf(graph, action) < STRENGTH.kept) return 0;
  const recent = changed.slice(-TRIPLE_REACH);
  let gain = 0;
  for (const [index, second] of recent.entries()) {
    for (const first of recent.slice(0, index)) {
      if (graph.pairs.has(tripleKey(first, second, action))) continue;
      const meeting = meetingOf(graph, first, action) * meetingOf(graph, second, action);
      gain += TRIPLE * strengthOf(graph, first) * strengthOf(graph, second) * STRENGTH.kept * meeting;
    }
  }
  return (gain / (1 + depth / NEAR)) * interest(action);
}

/** One use tries all the pairs that it makes: the best counts in full. */
function pairGain(there: Situation, action: Action): number {
  if (action.isOdd) return 0;
  const { graph, changed } = there;
  const own = ownStrength(graph, action);
  const gains = new Map<string, number>();
  for (const [index, one] of changed.entries()) {
    const pair = pairKey(one, action);
    if (graph.pairs.has(pair)) continue;
    const like = graph.pairs.get(kindredKey(one, action)) ?? 0;
    const urgency = index === changed.length - 1 ? urgencyOf(there, action) : 1;
    const gain = PAIR * strengthOf(graph, one) * own * meetingOf(graph, one, action) * urgency;
    gains.set(pair, gain / (1 + like));
  }
  const all = [...gains.values()];
  const best = Math.max(0, ...all);
  return best + BESIDE * (all.reduce((sum, gain) => sum + gain, 0) - best);
}

function ownStrength(graph: StateGraph, action: Action): number {
  if (AFTERMATH.has(action.kind)) return AFTERMATH_STRENGTH;
  return strengthOf(graph, action) * (WEAK_KINDS.has(action.kind) ? 0.5 : 1);
}

/** Whether two actions change the same; what is opened anew and the keys that end typing meet everything. */
function meetingOf(graph: StateGraph, first: Action, second: Action): number {
  if (AFTERMATH.has(second.kind)) return MEETING.same;
  const [one, other] = [touchedOf(graph, first), touchedOf(graph, second)];
  if (one.size === 0 || other.size === 0) return MEETING.unknown;
  return [...one].some((key) => other.has(key)) ? MEETING.same : MEETING.apart;
}

function touchedOf({ controls }: StateGraph, { control, sort }: Action): ReadonlySet<string> {
  return (controls.get(control) ?? controls.get(sort))?.touched ?? NOTHING;
}

/** As strong as it was seen to be, or else one of its sort. */
function strengthOf({ controls }: StateGraph, { control, sort }: Action): number {
  const effect = controls.get(control)?.effect ?? controls.get(sort)?.effect;
  return effect === undefined ? UNKNOWN_STRENGTH : STRENGTH[effect];
}
