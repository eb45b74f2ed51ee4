import type { Step } from '../../domain/flow.ts';
import type { Action } from '../model/list-actions.ts';

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
  readonly edges: Map<string, Edge>;
  visits: number;
}

/** What exploration has learned about the product: states, and the actions between them. */
export interface StateGraph {
  readonly states: Map<string, StateNode>;
  /** How often an action was tried anywhere, by its key. */
  readonly tried: Map<string, number>;
  /** Actions that changed something somewhere. */
  readonly mutating: Set<string>;
}

export function createStateGraph(): StateGraph {
  return { states: new Map(), tried: new Map(), mutating: new Set() };
}

/** Finds or adds a state; a shorter way to it and actions not seen there before are kept. */
export function enterState(
  graph: StateGraph,
  seen: { readonly key: string; readonly place: string; readonly path: readonly Step[] },
  actions: readonly Action[],
): StateNode {
  const known = graph.states.get(seen.key);
  const state: StateNode = known ?? { ...seen, edges: new Map(), visits: 0 };
  if (known === undefined) graph.states.set(seen.key, state);
  else if (seen.path.length < known.path.length) state.path = seen.path;
  state.visits += 1;
  for (const action of actions) {
    const edge = state.edges.get(action.key);
    if (edge !== undefined) edge.action = action;
    else state.edges.set(action.key, { action, tries: 0, to: undefined, isDivergent: false });
  }
  return state;
}

/** The actions that lead from `from` to the nearest state for which `isGoal` holds; undefined when none is known. */
export function wayTo(
  graph: StateGraph,
  from: StateNode,
  isGoal: (state: StateNode) => boolean,
): readonly Action[] | undefined {
  const cameBy = new Map<string, { readonly from: string; readonly action: Action } | undefined>([
    [from.key, undefined],
  ]);
  const queue = [from];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    if (state !== from && isGoal(state)) return unwind(cameBy, state.key);
    for (const edge of state.edges.values()) {
      if (edge.to === undefined || edge.isDivergent || cameBy.has(edge.to)) continue;
      const next = graph.states.get(edge.to);
      if (next === undefined) continue;
      cameBy.set(next.key, { from: state.key, action: edge.action });
      queue.push(next);
    }
  }
  return undefined;
}

function unwind(
  cameBy: ReadonlyMap<string, { readonly from: string; readonly action: Action } | undefined>,
  goal: string,
): readonly Action[] {
  const actions: Action[] = [];
  for (let step = cameBy.get(goal); step !== undefined; step = cameBy.get(step.from))
    actions.unshift(step.action);
  return actions;
}
