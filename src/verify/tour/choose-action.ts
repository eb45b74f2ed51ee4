import type { Random } from '../../lib/random.ts';
import type { Action } from '../model/list-actions.ts';
import { type Edge, type StateGraph, type StateNode, wayTo } from './state-graph.ts';

/** What to do next: actions from here, or a fresh start followed by the way to `state`. */
export type Choice =
  | { readonly kind: 'act'; readonly actions: readonly Action[] }
  | { readonly kind: 'restart'; readonly state: StateNode }
  | { readonly kind: 'done' };

export interface Circumstances {
  readonly graph: StateGraph;
  readonly state: StateNode;
  readonly random: Random;
  /** Actions performed since the last fresh start. */
  readonly depth: number;
  /** How much more an action is worth because of what it touches; 1 for most. */
  readonly interest: (action: Action) => number;
}

/** A sequence longer than this is hard to shrink and to believe. */
const MAX_DEPTH = 24;
const MAX_WAY = 6;
/** States of one page from which untried actions are sought. */
const MAX_STATES_PER_PLACE = 24;
/** An action that has been tried in this many states is known well enough. */
const TRIED_WELL = 4;

const WEIGHTS: Readonly<Record<Action['kind'], number>> = {
  click: 10,
  submit: 8,
  select: 6,
  double: 4,
  key: 3,
  type: 2,
  hover: 1,
  history: 1,
};

/**
 * Chooses what to try next: first every action somewhere, nearest first; then actions that change something in every
 * state in which they were not tried; then walks through those, which is how states meet that nobody thought of together.
 */
export function chooseAction(here: Circumstances): Choice {
  const { graph, state, random, depth } = here;
  const nowhereTried = ({ action, tries }: Edge): boolean => tries === 0 && !graph.tried.has(action.key);
  const worthTrying = ({ action, tries }: Edge): boolean =>
    tries === 0 && (graph.mutating.has(action.key) || (graph.tried.get(action.key) ?? 0) < TRIED_WELL);
  if (depth < MAX_DEPTH) {
    const fresh = pick(here, nowhereTried);
    if (fresh !== undefined) return { kind: 'act', actions: [fresh] };
  }
  // Now and then an odd combination comes before the next untried action: it may be the one that matters.
  if (depth > 0 && depth < MAX_DEPTH && random.next() < 0.25) {
    const combined = pick(here, worthTrying);
    if (combined !== undefined) return { kind: 'act', actions: [combined] };
  }
  for (const isWanted of [nowhereTried, worthTrying]) {
    if (depth < MAX_DEPTH && isWanted === worthTrying) {
      const next = pick(here, isWanted);
      if (next !== undefined) return { kind: 'act', actions: [next] };
    }
    const isGoal = (one: StateNode): boolean =>
      !isCrowded(graph, one) && [...one.edges.values()].some((edge) => isOpen(edge) && isWanted(edge));
    const way = depth < MAX_DEPTH - MAX_WAY ? wayTo(graph, state, isGoal) : undefined;
    if (way !== undefined && way.length <= MAX_WAY) return { kind: 'act', actions: way };
    const goal = nearest(graph, isGoal);
    if (goal !== undefined && goal.key !== state.key) return { kind: 'restart', state: goal };
  }
  return { kind: 'done' };
}

/** A step of a walk without a goal, towards what changes something and was tried least; undefined when nothing is left. */
export function wander(here: Circumstances): Action | undefined {
  const { graph, state, random } = here;
  return random.pickWeighted([...state.edges.values()].filter(isOpen), ({ action, tries }) => {
    const novelty = 1 / (1 + tries) ** 2;
    const weight = WEIGHTS[action.kind] * here.interest(action);
    return weight * novelty * (graph.mutating.has(action.key) ? 3 : 1);
  })?.action;
}

function pick(
  { state, random, interest }: Circumstances,
  isWanted: (edge: Edge) => boolean,
): Action | undefined {
  const edges = [...state.edges.values()].filter((edge) => isOpen(edge) && isWanted(edge));
  return random.pickWeighted(edges, ({ action }) => WEIGHTS[action.kind] * interest(action))?.action;
}

function isOpen(edge: Edge): boolean {
  return !edge.isDivergent && edge.tries < 8;
}

/** A page with very many states gets no more than its share. */
function isCrowded(graph: StateGraph, state: StateNode): boolean {
  let rank = 0;
  for (const other of graph.states.values()) {
    if (other === state) return rank >= MAX_STATES_PER_PLACE;
    if (other.place === state.place) rank += 1;
  }
  return false;
}

/** The state with the shortest way from a fresh start for which `isGoal` holds. */
function nearest(graph: StateGraph, isGoal: (state: StateNode) => boolean): StateNode | undefined {
  let best: StateNode | undefined;
  for (const state of graph.states.values()) {
    if ((best === undefined || state.path.length < best.path.length) && isGoal(state)) best = state;
  }
  return best;
}
