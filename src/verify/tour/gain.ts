import type { Action } from '../model/action.ts';
import { pairGain } from './pair-gain.ts';
import { freshUrgencyOf, NEAR, type Situation } from './situation.ts';
import type { ControlRecord, Edge, StateGraph } from './state-graph.ts';

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
/** One goes through with a thing before one turns back. */
const LEADS = { on: 1.3, out: 0.5 };
/** How much less it is worth for each use of its like elsewhere, such as the same menu in another column. */
const KINDRED = 0.4;
/** Of another value for a control that is known; what can be chosen often does something of its own, such as an order. */
const OTHER_VALUE = { chosen: 7, typed: 3 };
const ODD_VALUE = { sent: 1.5, typed: 0.6 };
/** New things are tried near the start, where the product is as its makers left it. */
const FAR = 0.6;
/** Pairs need some steps before them: so many halve what they are worth. */
const FAR_OFF = 12;
/** Tries after which something that never worked is given up, in one place and everywhere. */
const MAX_FAILED = 2;
const MAX_FAILED_ANYWHERE = 3;
const MAX_TRIES = 8;
const PLACE_IN_LIST = /:(?:first|middle|last)(?=\/|$)|\|last(?=\|)/g;

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
  const fresh = isTried ? 0 : noveltyOf(there, action) * (depth <= NEAR ? 1 : FAR);
  return (fresh + pairGain(there, action) / (1 + depth / FAR_OFF)) * interest(action);
}

/** How many sorts of controls were seen, wherever in a list, and of how many of them none was used yet. */
export function countControls(graph: StateGraph): { readonly seen: number; readonly untried: number } {
  const seen = new Map<string, boolean>();
  for (const { edges } of graph.states.values()) {
    for (const { action } of edges.values()) {
      if (action.isOdd || isGivenUp(graph, action)) continue;
      const control = action.sort.replace(PLACE_IN_LIST, '');
      seen.set(control, seen.get(control) === true || graph.tried.has(action.sort));
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

function noveltyOf(there: Situation, action: Action): number {
  const { graph } = there;
  if (action.isOdd)
    return action.kind === 'submit' || action.kind === 'form' ? ODD_VALUE.sent : ODD_VALUE.typed;
  if (graph.tried.has(action.spot)) return action.kind === 'select' ? OTHER_VALUE.chosen : OTHER_VALUE.typed;
  // The same on many pages, such as one page for each product, most likely does the same.
  const times = (key: string): number => graph.tried.get(key) ?? 0;
  const use =
    ((action.leads === undefined ? 1 : LEADS[action.leads]) * FIRST_USE[action.kind]) /
    (1 + times(action.sort)) /
    (1 + KINDRED * times(action.family));
  return use * freshUrgencyOf(there, action);
}
