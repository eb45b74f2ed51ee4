import type { Step } from '../../domain/flow.ts';
import type { Action } from '../model/action.ts';
import { type Effect, greater } from './effect.ts';

/** How an action fared in a state so far. */
export interface Edge {
  /** As it was last possible: names of items change. */
  action: Action;
  tries: number;
  /** The state that it led to last. */
  to: string | undefined;
  /** Base and head part here: nothing behind it can be compared. */
  isDivergent: boolean;
}

/** An abstract state that was seen on both sides. */
export interface StateNode {
  readonly key: string;
  /** Address without ids, to cap the states of one page. */
  readonly place: string;
  /** The shortest known steps that lead here from a fresh start. */
  path: readonly Step[];
  /** The actions on this path that changed something. */
  changed: readonly Action[];
  readonly edges: Map<string, Edge>;
  /** How often the path did not lead here again. */
  lost: number;
  /** Keys of the actions that were new when this state was first seen, such as those of a dialog. */
  readonly appeared: ReadonlySet<string>;
  /** Something that was there before could not be used here: most likely what appeared lies over it. */
  isCovered: boolean;
}

/** What exploration has learned about a control, or about a sort of them. */
export interface ControlRecord {
  /** The most that it ever did; undefined until it was used. */
  effect: Effect | undefined;
  /** How often it could not be used, such as because something covers it. */
  failed: number;
  /** What it ever changed, as `touchedBy` names it. */
  readonly touched: Set<string>;
}

/** What exploration has learned about the product: states, and the actions between them. */
export interface StateGraph {
  readonly states: Map<string, StateNode>;
  /** How often an action was tried, by its `key`, its `spot`, its `sort` and its `family`. */
  readonly tried: Map<string, number>;
  /** By `control` and by `sort`. */
  readonly controls: Map<string, ControlRecord>;
  readonly pairs: Pairs;
  /** The same by `kindredOf` and by family. */
  readonly kindred: Pairs;
  /** After two others: by `firstTwoOf`, then by control. */
  readonly triples: Pairs;
}

export function createStateGraph(): StateGraph {
  return {
    states: new Map(),
    tried: new Map(),
    controls: new Map(),
    pairs: new Map(),
    kindred: new Map(),
    triples: new Map(),
  };
}

/** How often something was used after something else had changed something: by `firstOf`, then by control. */
export type Pairs = Map<string, Map<string, number>>;

/** Another value is another first of a pair, such as a code that is accepted and one that is not; odd ones are alike. */
export function firstOf({ control, spot, key, isOdd }: Action): string {
  return isOdd ? control : `${control}${key.slice(spot.length)}`;
}

/** The same for any action of its sort, wherever it is. */
export function kindredOf({ family, spot, key, isOdd }: Action): string {
  return isOdd ? family : `${family}${key.slice(spot.length)}`;
}

/** Which changes came one after the other is told less exactly. */
export function firstTwoOf(first: Action, second: Action): string {
  return `${first.control} → ${firstOf(second)}`;
}

function count(pairs: Pairs, first: string, second: string): void {
  const seconds = pairs.get(first) ?? new Map<string, number>();
  pairs.set(first, seconds.set(second, (seconds.get(second) ?? 0) + 1));
}

/** Notes what an action did, and to what; an effect of undefined says that it could not be done. */
export function noteEffect(
  { controls }: StateGraph,
  { control, sort }: Action,
  effect: Effect | undefined,
  touched: Iterable<string> = [],
): void {
  for (const key of new Set([control, sort])) {
    const record = controls.get(key) ?? { effect: undefined, failed: 0, touched: new Set() };
    controls.set(key, record);
    for (const one of touched) record.touched.add(one);
    if (effect === undefined) record.failed += 1;
    else record.effect = greater(record.effect, effect);
  }
}

/** Counts one use of an action after others that changed something. */
export function noteUse(graph: StateGraph, action: Action, changed: readonly Action[]): void {
  for (const one of new Set([action.key, action.spot, action.sort, action.family]))
    graph.tried.set(one, (graph.tried.get(one) ?? 0) + 1);
  for (const first of new Set(changed.map(firstOf))) count(graph.pairs, first, action.control);
  for (const first of new Set(changed.map(kindredOf))) count(graph.kindred, first, action.family);
  for (const [index, second] of changed.entries())
    for (const first of changed.slice(0, index))
      count(graph.triples, firstTwoOf(first, second), action.control);
}

/** Finds or adds a state; a shorter way to it and actions not seen there before are kept. */
export function enterState(
  graph: StateGraph,
  seen: Pick<StateNode, 'key' | 'place' | 'path' | 'changed' | 'appeared'>,
  actions: readonly Action[],
): StateNode {
  const known = graph.states.get(seen.key);
  const state: StateNode = known ?? { ...seen, edges: new Map(), lost: 0, isCovered: false };
  if (known === undefined) graph.states.set(seen.key, state);
  else if (seen.path.length < known.path.length) {
    state.path = seen.path;
    state.changed = seen.changed;
    state.lost = 0;
  }
  for (const action of actions) {
    const edge = state.edges.get(action.key);
    if (edge !== undefined) edge.action = action;
    else state.edges.set(action.key, { action, tries: 0, to: undefined, isDivergent: false });
  }
  return state;
}

/** The actions that lead from `from` to every state that is known to be reached from it, the fewest first. */
export function waysFrom(
  graph: StateGraph,
  from: StateNode,
  maxLength: number,
): ReadonlyMap<string, readonly Action[]> {
  const ways = new Map<string, readonly Action[]>([[from.key, []]]);
  for (const [key, way] of ways) {
    if (way.length >= maxLength) continue;
    for (const { to, isDivergent, action } of graph.states.get(key)?.edges.values() ?? []) {
      if (to !== undefined && !isDivergent && !ways.has(to) && graph.states.has(to))
        ways.set(to, [...way, action]);
    }
  }
  return ways;
}
