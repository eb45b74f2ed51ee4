import type { Random } from '../../lib/random.ts';
import type { Action } from '../model/action.ts';
import { whatWasBefore } from './before.ts';
import { gainOf, isGivenUp } from './gain.ts';
import { tripleGain } from './pair-gain.ts';
import type { Situation } from './situation.ts';
import { type Edge, isPoor, type StateNode, waysFrom } from './state-graph.ts';

/** What to do next: actions from here, or a fresh start, the way to `state`, and then `action` there. */
export type Choice =
  | { readonly kind: 'act'; readonly actions: readonly Action[] }
  | { readonly kind: 'restart'; readonly state: StateNode; readonly action: Action }
  | { readonly kind: 'done' };

export interface Circumstances extends Omit<Situation, 'before' | 'isPoor'> {
  readonly state: StateNode;
  readonly random: Random;
  readonly appeared: ReadonlySet<string>;
}

/** A sequence longer than this is hard to shrink and to believe. */
const MAX_DEPTH = 12;
/** But what has only just come up is looked at. */
const MORE_DEPTH = 3;
const MAX_WAY = 5;
/** States of one page from which actions are sought. */
const MAX_STATES_PER_PLACE = 24;
const MAX_LOST = 2;
/** What a fresh start costs, in actions. */
const RESTART = 2;
/** What is to be learned for each action that it costs, below which the product is taken to be known. */
const WORTH = 0.08;
/** The same for a first use, which is waited for by everything else. */
const WORTH_FIRST = 0.8;
/** How much less likely something is tried that a dialog or a panel seems to cover. */
const BEHIND = 0.1;
/** Actions after which it takes long to come back to a page. */
const DEEP = 4;
/** There one looks around before one goes through with it. */
const LEAVING = 0.15;
/** How many further actions count of a place to which one would have to go. */
const FURTHER = 4;

interface Best {
  readonly gain: number;
  readonly action: Action;
  /** Together with what else can be done there. */
  readonly all: number;
}

interface Candidate {
  readonly value: number;
  readonly choice: Choice;
}

/**
 * Chooses what promises most for each action that it costs, here, on a known way from here, or after a fresh start. Whatever was
 * never used comes before other values and pairs: what lies at the end of a flow would wait for ever.
 */
export function chooseAction(here: Circumstances): Choice {
  const first = bestAnywhere({ ...here, isFirstRound: true });
  return first.value >= WORTH_FIRST ? first.choice : bestAnywhere(here).choice;
}

function bestAnywhere(here: Circumstances): Candidate {
  let best: Candidate = { value: WORTH, choice: { kind: 'done' } };
  const consider = (one: Candidate | undefined): void => {
    if (one !== undefined && one.value > best.value) best = one;
  };
  consider(bestHere(here));
  const ways = waysFrom(here.graph, here.state, Math.min(MAX_WAY, MAX_DEPTH - here.depth - 1));
  const ofPlace = new Map<string, number>();
  for (const state of here.graph.states.values()) {
    const rank = (ofPlace.get(state.place) ?? 0) + 1;
    ofPlace.set(state.place, rank);
    if (rank <= MAX_STATES_PER_PLACE) consider(bestAt(here, state, ways.get(state.key)));
  }
  return best;
}

function bestHere(here: Circumstances): Candidate | undefined {
  if (here.depth >= MAX_DEPTH + (here.appeared.size > 0 ? MORE_DEPTH : 0)) return undefined;
  const isLeaving = here.depth >= DEEP && hasOthers(here);
  const found = best(here, here.state, (there, edge) => {
    const further = there.isFirstRound === true ? 0 : tripleGain(there, edge);
    const gain = gainOf(there, edge) + further;
    return isLeaving && goesThrough(edge.action) ? gain * LEAVING : gain;
  });
  return found && { value: found.gain, choice: { kind: 'act', actions: [found.action] } };
}

/** Whether an action most likely ends what one is in, such as an order that is sent. */
function goesThrough({ kind, leads }: Action): boolean {
  return kind === 'form' || leads === 'on';
}

/** Whether the page has come up on the way and has other things to click that were used nowhere yet. */
function hasOthers({ graph, state, recent }: Circumstances): boolean {
  return [...state.edges.values()].some(
    ({ action, isDivergent }) =>
      action.kind === 'click' &&
      action.leads === undefined &&
      recent?.has(action.key) === true &&
      !isDivergent &&
      !graph.tried.has(action.sort) &&
      !graph.triedInPoor.has(action.sort) &&
      !isGivenUp(graph, action),
  );
}

function bestAt(
  here: Circumstances,
  state: StateNode,
  way: readonly Action[] | undefined,
): Candidate | undefined {
  if (way !== undefined && way.length > 0) {
    const found = best({ ...elsewhere(here), depth: here.depth + way.length }, state);
    return (
      found && {
        value: found.all / (1 + way.length),
        choice: { kind: 'act', actions: [...way, found.action] },
      }
    );
  }
  if (state.lost >= MAX_LOST) return undefined;
  const depth = state.path.length - 1;
  const found = best({ ...elsewhere(here), depth, changed: state.changed }, state);
  const cost = 1 + RESTART + depth + 3 * state.lost;
  return found && { value: found.all / cost, choice: { kind: 'restart', state, action: found.action } };
}

/** What has just come up here says nothing of another state. */
function elsewhere({
  graph,
  changed,
  interest,
  depth,
  random,
  isFirstRound,
}: Circumstances): Omit<Circumstances, 'state' | 'appeared'> {
  return { graph, changed, interest, depth, random, ...(isFirstRound === true ? { isFirstRound } : {}) };
}

/** Whether an action most likely lies behind what has opened over it. */
function isBehind({ isCovered, appeared }: StateNode, { key, kind }: Action): boolean {
  return isCovered && appeared.size > 0 && !appeared.has(key) && kind !== 'key' && kind !== 'history';
}

/** What promises most in a state; chance decides between what promises about as much. */
function best(
  { random, ...there }: Omit<Circumstances, 'state' | 'appeared'> & Partial<Pick<Circumstances, 'appeared'>>,
  state: StateNode,
  gain: (situation: Situation, edge: Edge) => number = gainOf,
): Best | undefined {
  const { graph, changed } = there;
  const situation = { ...there, before: whatWasBefore(graph, changed), isPoor: isPoor(graph, state) };
  let found: Omit<Best, 'all'> | undefined;
  const gains: number[] = [];
  for (const edge of state.edges.values()) {
    const sure = gain(situation, edge) * (isBehind(state, edge.action) ? BEHIND : 1);
    if (sure === 0) continue;
    const likely = sure * (0.75 + 0.5 * random.next());
    gains.push(sure);
    if (found === undefined || likely > found.gain) found = { gain: likely, action: edge.action };
  }
  return found && { ...found, all: found.gain + furtherGain(gains) };
}

/** Who goes somewhere does more than one thing there: each further one counts for half of the one before. */
function furtherGain(gains: number[]): number {
  gains.sort((a, b) => b - a);
  return gains.slice(1, 1 + FURTHER).reduce((sum, gain, index) => sum + gain / 2 ** (index + 1), 0);
}
