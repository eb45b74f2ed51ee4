import type { Action } from '../model/action.ts';
import { NEAR, type Situation, urgencyOf } from './situation.ts';
import { type Edge, firstTwoOf, type StateGraph } from './state-graph.ts';
import { effectOn, STRENGTH, strengthOf } from './strength.ts';

/** Of a pair of controls that were not used one after the other yet, each as strong as it was seen to be. */
const PAIR = 0.8;
/** How much the further pairs count that the same use makes. */
const BESIDE = 0.25;
/** What is kept, and how, shows when the page is opened again, and by the key that ends typing. */
const AFTERMATH_STRENGTH = 1.4;
const AFTERMATH: ReadonlySet<Action['kind']> = new Set(['history', 'key']);
/**
 * How likely two spoil something for each other: they change the same, nothing in common, or it is not known; or the other
 * page that the second leads to shows what the first has changed.
 */
const MEETING = { same: 1, apart: 0.1, unknown: 0.4, elsewhere: 0.8 };
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
      if (graph.triples.get(firstTwoOf(first, second))?.has(action.control) === true) continue;
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
  const { graph, before } = there;
  const own = ownStrength(graph, action);
  let [best, all] = [0, 0];
  for (const one of before) {
    if (one.seconds?.has(action.control) === true) continue;
    const urgency = one.isLast ? urgencyOf(there, action) : 1;
    const like = one.kindred?.get(action.family) ?? 0;
    const gain = (PAIR * one.strength * own * meetingOf(graph, one.action, action) * urgency) / (1 + like);
    best = Math.max(best, gain);
    all += gain;
  }
  return best + BESIDE * (all - best);
}

function ownStrength(graph: StateGraph, action: Action): number {
  if (AFTERMATH.has(action.kind)) return AFTERMATH_STRENGTH;
  return strengthOf(graph, action) * (WEAK_KINDS.has(action.kind) ? 0.5 : 1);
}

/** Whether two actions change the same; what is opened anew and the keys that end typing meet everything. */
function meetingOf(graph: StateGraph, first: Action, second: Action): number {
  if (AFTERMATH.has(second.kind)) return MEETING.same;
  if (effectOn(graph, second) === 'moved' && effectOn(graph, first) === 'kept') return MEETING.elsewhere;
  const [one, other] = [touchedOf(graph, first), touchedOf(graph, second)];
  if (one.size === 0 || other.size === 0) return MEETING.unknown;
  for (const key of one) if (other.has(key)) return MEETING.same;
  return MEETING.apart;
}

function touchedOf({ controls }: StateGraph, { control, sort }: Action): ReadonlySet<string> {
  return (controls.get(control) ?? controls.get(sort))?.touched ?? NOTHING;
}
