import type { Action } from '../model/action.ts';
import type { Effect } from './effect.ts';
import { NEAR, type Situation, urgencyOf } from './situation.ts';
import { type Edge, kindredKey, pairKey, type StateGraph, tripleKey } from './state-graph.ts';

/** Of a pair of controls that were not used one after the other yet, each as strong as it was seen to be. */
const PAIR = 1.2;
const STRENGTH: Readonly<Record<Effect, number>> = { none: 0.2, moved: 1, shown: 1.6, kept: 3 };
/** How much the further pairs count that the same use makes. */
const BESIDE = 0.25;
/** Of a control that was not used yet. */
const UNKNOWN_STRENGTH = 1.5;
/** What is kept, and how, shows when the page is opened again, and by the key that ends typing. */
const AFTERMATH_STRENGTH = 2;
const AFTERMATH: ReadonlySet<Action['kind']> = new Set(['history', 'key']);
/** How likely two spoil something for each other: they change the same, nothing in common, or it is not known. */
const MEETING = { same: 1, apart: 0.1, unknown: 0.4 };
/** Of three in a row, of which the last was not used after the other two yet: worth it only where one stands. */
const TRIPLE = 0.06;
/** Changes further back than this are not combined by three. */
const TRIPLE_REACH = 4;
/** Odd values and mere typing combine with little. */
const WEAK_KINDS: ReadonlySet<Action['kind']> = new Set(['type', 'hover', 'scroll', 'double']);
const NOTHING: ReadonlySet<string> = new Set();

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
      const meeting = Math.sqrt(meetingOf(graph, first, action) * meetingOf(graph, second, action));
      gain += TRIPLE * strengthOf(graph, first) * strengthOf(graph, second) * STRENGTH.kept * meeting;
    }
  }
  return (gain / (1 + depth / NEAR)) * interest(action);
}

/**
 * What is to be learned from doing it after each of those that changed something. One use tries all the pairs that it
 * makes: the best counts in full.
 */
export function pairGain(there: Situation, action: Action): number {
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
