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
  /** Keys of the actions that were not there before the last step. */
  readonly appeared: ReadonlySet<string>;
  /** How much more an action is worth because of what it touches; 1 for most. */
  readonly interest: (action: Action) => number;
}

/** New actions are tried near the start, where the product is as its makers left it. */
const NEW_DEPTH = 6;
/** A sequence longer than this is hard to shrink and to believe. */
const MAX_DEPTH = 14;
const MAX_WAY = 5;
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

/** How much likelier something is tried that has only just come up, such as “Undo” or the buttons of a dialog. */
const JUST_APPEARED = 8;
/** How often an odd combination, or an odd value, comes before the next untried action: it may be the one that matters. */
const COMBINING = 0.2;
const ODDITY = 0.05;

type Wanted = (edge: Edge) => boolean;

/**
 * Chooses what to try next: first every action somewhere, nearest first; then actions that change something in every
 * state in which they were not tried, which is how states meet that nobody thought of together; then odd values.
 */
export function chooseAction(here: Circumstances): Choice {
  const { graph, random, depth } = here;
  const isNowhereTried: Wanted = ({ action, tries }) => tries === 0 && !graph.tried.has(action.key);
  const isNew: Wanted = (edge) => isNowhereTried(edge) && !edge.action.isOdd;
  const isOdd: Wanted = (edge) => isNowhereTried(edge) && edge.action.isOdd;
  const isWorthTrying: Wanted = ({ action, tries }) =>
    tries === 0 &&
    !action.isOdd &&
    (graph.mutating.has(action.key) || (graph.tried.get(action.key) ?? 0) < TRIED_WELL);
  if (depth < MAX_DEPTH) {
    const justAppeared = pick(here, (edge) => isNew(edge) && here.appeared.has(edge.action.key));
    if (justAppeared !== undefined) return { kind: 'act', actions: [justAppeared] };
    const chance = random.next();
    const odd = chance < ODDITY ? pick(here, isOdd) : undefined;
    const first = odd ?? (depth > 0 && chance < COMBINING ? pick(here, isWorthTrying) : undefined);
    if (first !== undefined) return { kind: 'act', actions: [first] };
  }
  return (
    seek(here, isNew, NEW_DEPTH) ??
    seek(here, isWorthTrying, MAX_DEPTH) ??
    seek(here, isOdd, NEW_DEPTH) ?? { kind: 'done' }
  );
}

/** What is wanted here, else on a short known way from here, else after a fresh start. */
function seek(here: Circumstances, isWanted: Wanted, maxDepth: number): Choice | undefined {
  const { graph, state, depth } = here;
  const next = depth < maxDepth ? pick(here, isWanted) : undefined;
  if (next !== undefined) return { kind: 'act', actions: [next] };
  const isGoal = (one: StateNode): boolean =>
    !isCrowded(graph, one) && [...one.edges.values()].some((edge) => isOpen(edge) && isWanted(edge));
  const way = depth < maxDepth - 1 ? wayTo(graph, state, isGoal) : undefined;
  if (way !== undefined && way.length <= Math.min(MAX_WAY, maxDepth - depth))
    return { kind: 'act', actions: way };
  const goal = nearest(graph, isGoal);
  return goal === undefined || (goal.key === state.key && depth < maxDepth)
    ? undefined
    : { kind: 'restart', state: goal };
}

/** A step of a walk without a goal, towards what changes something and was tried least; undefined when nothing is left. */
export function wander(here: Circumstances): Action | undefined {
  const { graph, state, random } = here;
  return random.pickWeighted([...state.edges.values()].filter(isOpen), ({ action, tries }) => {
    const novelty = 1 / (1 + tries) ** 2;
    return weightOf(here, action) * novelty * (graph.mutating.has(action.key) ? 3 : 1);
  })?.action;
}

function pick(here: Circumstances, isWanted: Wanted): Action | undefined {
  const edges = [...here.state.edges.values()].filter((edge) => isOpen(edge) && isWanted(edge));
  return here.random.pickWeighted(edges, ({ action }) => weightOf(here, action))?.action;
}

function weightOf({ interest, appeared }: Circumstances, action: Action): number {
  return WEIGHTS[action.kind] * interest(action) * (appeared.has(action.key) ? JUST_APPEARED : 1);
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
