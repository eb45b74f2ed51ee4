import type { Step } from '../../domain/flow.ts';
import type { Action } from '../model/action.ts';
import { type Effect, greater } from './effect.ts';

/** Pages whose lists never held more are not told apart by it. */
const MANY_ITEMS = 4;
/** A state with a smaller part of the items is poor. */
const POOR_SHARE = 0.5;

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

/** Steps from a fresh start, and the actions among them that changed something. */
export interface Way {
  readonly path: readonly Step[];
  readonly changed: readonly Action[];
}

/** An abstract state that was seen on both sides. */
export interface StateNode {
  readonly key: string;
  /** Address without ids, to cap the states of one page. */
  readonly place: string;
  /** The shortest steps that may lead here from a fresh start, put together from what is known of other states. */
  path: readonly Step[];
  /** The actions on this path that changed something. */
  changed: readonly Action[];
  /** The shortest that were seen to lead here. */
  walked: Way;
  readonly edges: Map<string, Edge>;
  /** How often the path did not lead here again. */
  lost: number;
  /** Keys of the actions that were new when this state was first seen, such as those of a dialog. */
  readonly appeared: ReadonlySet<string>;
  /** How many items the lists of its page held when it was last seen. */
  items: number;
  /** Something that was there before could not be used here: most likely what appeared lies over it. */
  isCovered: boolean;
}

/** What exploration has learned about a control, or about a sort of them. */
export interface ControlRecord {
  /** The most that it ever did; undefined until it was used. */
  effect: Effect | undefined;
  /** Of the actions that are recorded here; the key itself where it is that of a sort. */
  readonly sort: string;
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
  /** The same in states that show little of what their page can show, see `isPoor`. */
  readonly triedInPoor: Map<string, number>;
  /** By page without its query: the most items that its lists ever held. */
  readonly richest: Map<string, number>;
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
    triedInPoor: new Map(),
    richest: new Map(),
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
    const record = controls.get(key) ?? { sort, effect: undefined, failed: 0, touched: new Set() };
    controls.set(key, record);
    for (const one of touched) record.touched.add(one);
    if (effect === undefined) record.failed += 1;
    else record.effect = greater(record.effect, effect);
  }
}

/**
 * Whether a state shows little of what its page can, such as after a search that found one thing: what is used there, such as
 * an order, may show nothing of what it does.
 */
export function isPoor(
  { richest }: StateGraph,
  { place, items }: Pick<StateNode, 'place' | 'items'>,
): boolean {
  const most = richest.get(pageOf(place)) ?? 0;
  return most >= MANY_ITEMS && items < most * POOR_SHARE;
}

function pageOf(place: string): string {
  return place.split('?')[0] ?? place;
}

/** Counts one use of an action in a state, after others that changed something. */
export function noteUse(
  graph: StateGraph,
  action: Action,
  { state, changed }: { readonly state?: StateNode | undefined; readonly changed: readonly Action[] },
): void {
  const tried = state !== undefined && isPoor(graph, state) ? graph.triedInPoor : graph.tried;
  for (const one of new Set([action.key, action.spot, action.sort, action.family]))
    tried.set(one, (tried.get(one) ?? 0) + 1);
  for (const first of new Set(changed.map(firstOf))) count(graph.pairs, first, action.control);
  for (const first of new Set(changed.map(kindredOf))) count(graph.kindred, first, action.family);
  for (const [index, second] of changed.entries())
    for (const first of changed.slice(0, index))
      count(graph.triples, firstTwoOf(first, second), action.control);
}

/** Finds or adds a state; a shorter way to it and actions not seen there before are kept. */
export function enterState(
  graph: StateGraph,
  seen: Pick<StateNode, 'key' | 'place' | 'path' | 'changed' | 'appeared'> & {
    readonly items?: number;
    /** The known way to the state before, and on from there: most often what was done earlier does not matter. */
    readonly shorter?: Way | undefined;
  },
  actions: readonly Action[],
): StateNode {
  const known = graph.states.get(seen.key);
  const { items = 0, shorter, ...first } = seen;
  const { path, changed } = seen;
  const state: StateNode = known ?? {
    ...first,
    walked: { path, changed },
    items,
    edges: new Map(),
    lost: 0,
    isCovered: false,
  };
  state.items = items;
  const page = pageOf(state.place);
  graph.richest.set(page, Math.max(items, graph.richest.get(page) ?? 0));
  if (known === undefined) graph.states.set(seen.key, state);
  else if (path.length < known.walked.path.length) state.walked = { path, changed };
  for (const way of shorter === undefined ? [seen] : [seen, shorter]) {
    if (way.path.length >= state.path.length) continue;
    Object.assign(state, { path: way.path, changed: way.changed, lost: 0 });
  }
  for (const action of actions) {
    const edge = state.edges.get(action.key);
    if (edge !== undefined) edge.action = action;
    else state.edges.set(action.key, { action, tries: 0, to: undefined, isDivergent: false });
  }
  return state;
}

/** Notes that the way to a state did not lead there: the next time the one is taken that was seen to. */
export function noteLost(state: StateNode): void {
  const { path, changed } = state.walked;
  if (path.length > state.path.length) Object.assign(state, { path, changed });
  else state.lost += 1;
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
