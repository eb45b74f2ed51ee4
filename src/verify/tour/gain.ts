import type { Action } from '../model/action.ts';
import { pairGain } from './pair-gain.ts';
import { freshUrgencyOf, NEAR, type Situation } from './situation.ts';
import type { ControlRecord, Edge, StateGraph } from './state-graph.ts';
import { kindOf } from './topics.ts';

/** What the first use of a control is worth, by how it is used. */
const FIRST_USE: Readonly<Record<Action['kind'], number>> = {
  click: 20,
  submit: 14,
  form: 30,
  select: 14,
  double: 8,
  key: 5,
  type: 8,
  scroll: 10,
  hover: 3,
  history: 5,
};
/** Of a double click on what only might be a thing to edit. */
const DOUBLE_ON_ITEM = 3;
/** One goes through with a thing before one turns back. */
const LEADS = { on: 1.3, out: 0.5 };
/** How much less it is worth for each use of its like elsewhere, such as the same menu in another column. */
const KINDRED = 0.7;
/** Of another value for a control that is known; what can be chosen often does something of its own, such as an order. */
const OTHER_VALUE = { chosen: 6, typed: 3 };
const ODD_VALUE = { sent: 1.5, typed: 0.6 };
/** Where little is shown, little shows of what is tried. */
const POOR = 0.5;
/** New things are tried near the start, where the product is as its makers left it. */
const FAR = 0.6;
/** Pairs need some steps before them: so many halve what they are worth. */
const FAR_OFF = 12;
/** Tries after which something that never worked is given up, in one place and everywhere. */
const MAX_FAILED = 2;
const MAX_FAILED_ANYWHERE = 3;
const MAX_TRIES = 8;

/**
 * What is to be learned from an action: of a control the first use most, a further value less; and from a pair of
 * controls that change something, used one after the other for the first time, which is how flows meet that nobody
 * thought of together. 0 when nothing is.
 */
export function gainOf(there: Situation, edge: Edge): number {
  const { graph, depth, interest } = there;
  const { action } = edge;
  if (edge.isDivergent || edge.tries >= MAX_TRIES || isGivenUp(graph, action)) return 0;
  const isTried = timesOf(there, action.key) > 0;
  const here = (depth <= NEAR ? 1 : FAR) * (there.isPoor ? POOR : 1);
  const fresh = isTried ? 0 : noveltyOf(there, action) * here;
  const pairs = there.isFirstRound === true ? 0 : pairGain(there, action) / (1 + depth / FAR_OFF);
  return (fresh + pairs) * interest(action);
}

/** How many sorts of controls were seen, wherever in a list, and of how many of them none was used yet. */
export function countControls(graph: StateGraph): { readonly seen: number; readonly untried: number } {
  const seen = new Map<string, boolean>();
  for (const { edges } of graph.states.values()) {
    for (const { action } of edges.values()) {
      if (action.isOdd || isGivenUp(graph, action)) continue;
      const control = kindOf(action);
      const isTried = graph.tried.has(action.sort) || graph.triedInPoor.has(action.sort);
      seen.set(control, seen.get(control) === true || isTried);
    }
  }
  return { seen: seen.size, untried: [...seen.values()].filter((isTried) => !isTried).length };
}

/** Whether a control never worked, here or anywhere. */
export function isGivenUp({ controls }: StateGraph, { control, sort }: Action): boolean {
  return isHopeless(controls.get(control), MAX_FAILED) || isHopeless(controls.get(sort), MAX_FAILED_ANYWHERE);
}

function isHopeless(record: ControlRecord | undefined, limit: number): boolean {
  return record !== undefined && record.effect === undefined && record.failed >= limit;
}

/** How often something was tried, where much was shown; or at all, for one who stands where little is. */
function timesOf({ graph, isPoor }: Situation, key: string): number {
  return (graph.tried.get(key) ?? 0) + (isPoor ? (graph.triedInPoor.get(key) ?? 0) : 0);
}

function noveltyOf(there: Situation, action: Action): number {
  if (action.isOdd && there.isFirstRound === true) return 0;
  if (action.isOdd)
    return action.kind === 'submit' || action.kind === 'form' ? ODD_VALUE.sent : ODD_VALUE.typed;
  const values = timesOf(there, action.spot);
  if (values > 0 && there.isFirstRound === true) return 0;
  if (values > 0)
    return (action.kind === 'select' ? OTHER_VALUE.chosen : OTHER_VALUE.typed) / Math.sqrt(values);
  // The same on many pages, such as one page for each product, most likely does the same.
  const times = (key: string): number => timesOf(there, key);
  const first = action.sort.startsWith('double|item|') ? DOUBLE_ON_ITEM : FIRST_USE[action.kind];
  const use =
    ((action.leads === undefined ? 1 : LEADS[action.leads]) * first) /
    (1 + times(action.sort)) /
    (1 + KINDRED * times(action.family));
  return use * freshUrgencyOf(there, action);
}
