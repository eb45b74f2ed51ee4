import { createRandom, type Random } from '../../lib/random.ts';
import type { Action } from '../model/action.ts';
import { type Run, reportProgress } from '../run.ts';
import type { Surroundings } from '../surroundings.ts';
import { carryOut, createExploration, type Exploration, goOn, type Learned, restart } from './exploration.ts';
import { fitStep } from './fit-step.ts';
import { isGivenUp } from './gain.ts';
import { interestOf } from './interest.ts';
import { type Edge, firstTwoOf, type StateGraph, type StateNode, waysFrom } from './state-graph.ts';
import { STRENGTH, strengthOf } from './strength.ts';
import { withWalk } from './stride.ts';
import { findTopics, kindOf, type Topic } from './topics.ts';

/** Actions of one walk: enough to fill something, undo it, fill it again and look at what became of it. */
const LENGTH = 13;
const MAX_WAY = 4;
/** A way of several actions is as likely as one that is so much less likely. */
const WAY = 0.8;
const MAX_FAILED_STARTS = 3;
/** Keys and odd values lead away from what was begun. */
const ASIDE: Readonly<Partial<Record<Action['kind'], number>>> = {
  key: 0.3,
  hover: 0.1,
  scroll: 0.1,
  double: 0.3,
};
const ODD = 0.1;
/** What was never used is worth a try whenever one comes by. */
const UNTRIED = 3;
/** How likely a walk takes any action instead of one of its topic. */
const DIGRESSION = 0.15;

/**
 * Walks by chance for at most `actions` actions, each time through what changes the same thing, such as the basket: what
 * only four or more changes in the right order spoil is found by nobody who plans pairs.
 *
 * It follows `exploreStates`, when nothing single is left to try, and draws on what that has learned.
 */
export async function wander(
  run: Run,
  where: Surroundings,
  { learned, actions }: { readonly learned: Learned; readonly actions: number },
): Promise<void> {
  const random = createRandom(run.request.seed + 1);
  const interest = interestOf(run);
  const end = run.budget.used() + actions;
  let failedStarts = 0;
  await withWalk(run, where, async (walk) => {
    const exploration = createExploration(walk, learned);
    while (run.budget.used() < end && failedStarts < MAX_FAILED_STARTS && !run.budget.isSpent()) {
      const topic = random.pickWeighted(findTopics(learned.graph), ({ weight }) => weight);
      if (topic === undefined) return;
      if (!run.budget.spend()) return;
      await begin(exploration, topic, random);
      failedStarts = exploration.state === undefined ? failedStarts + 1 : 0;
      const used = new Map<string, number>();
      while (exploration.state !== undefined && exploration.depth < LENGTH) {
        reportProgress(run, 'exploring', 'combinations');
        const way = chooseWay(exploration, { topic, random, interest, used });
        if (way === undefined) break;
        const last = way.at(-1);
        if (last !== undefined) used.set(kindOf(last), (used.get(kindOf(last)) ?? 0) + 1);
        if (!(await follow(exploration, way))) break;
      }
      await follow(exploration, wayToLook(exploration, topic));
    }
  });
}

/** Begins a walk: anew, or on the known way to a page that has to do with the topic and is not near the start. */
async function begin(exploration: Exploration, topic: Topic, random: Random): Promise<void> {
  const { graph, walk } = exploration;
  const places = new Map<string, StateNode>();
  for (const state of graph.states.values()) {
    const known = places.get(state.place);
    if (known !== undefined && known.path.length <= state.path.length) continue;
    const has = [...state.edges.values()].some(({ action }) => topic.controls.has(kindOf(action)));
    if (has && state.lost === 0) places.set(state.place, state);
  }
  const target = random.pick([...places.values()]);
  const [first, ...rest] = target?.path ?? [];
  await restart(exploration, first !== undefined && 'goto' in first ? first.goto : exploration.start);
  for (const step of rest) {
    if (exploration.state === undefined || !walk.run.budget.spend()) return;
    if (!(await goOn(exploration, fitStep(step, walk.moment.base)))) return;
  }
  if (target !== undefined) exploration.changed = target.changed;
  exploration.depth = 0;
}

/** To another page that has to do with the topic: what a walk has spoilt may show only there. */
function wayToLook({ graph, state }: Exploration, { controls }: Topic): readonly Action[] {
  if (state === undefined) return [];
  for (const [key, way] of waysFrom(graph, state, MAX_WAY)) {
    const there = graph.states.get(key);
    if (there === undefined || there.place === state.place) continue;
    if ([...there.edges.values()].some(({ action }) => controls.has(kindOf(action)))) return way;
  }
  return [];
}

/** Carries out actions for as long as they are there; false when base and head have parted or the time is over. */
async function follow(exploration: Exploration, actions: readonly Action[]): Promise<boolean> {
  for (const { key } of actions) {
    const edge = exploration.state?.edges.get(key);
    if (edge === undefined) break;
    if (!exploration.walk.run.budget.spend()) return false;
    if (!(await carryOut(exploration, edge))) break;
  }
  return exploration.state !== undefined;
}

interface Choosing {
  readonly topic: Topic;
  readonly random: Random;
  readonly interest: (action: Action) => number;
  /** How often this walk chose an action of a kind. */
  readonly used: ReadonlyMap<string, number>;
}

/** An action of the topic, here or where a known way leads to; the likelier the less it was tried after the last two. */
export function chooseWay(
  { graph, state, changed }: Pick<Exploration, 'graph' | 'state' | 'changed'>,
  { topic, random, interest, used }: Choosing,
): readonly Action[] | undefined {
  if (state === undefined) return undefined;
  const isDigressing = random.next() < DIGRESSION;
  const ways = new Map<string, { readonly way: readonly Action[]; readonly weight: number }>();
  const like = new Map<string, number>();
  for (const [key, way] of waysFrom(graph, state, isDigressing ? 0 : MAX_WAY)) {
    for (const edge of graph.states.get(key)?.edges.values() ?? []) {
      const { action } = edge;
      const kind = kindOf(action);
      const isOfTopic = topic.controls.has(kind);
      if (!(isOfTopic || isDigressing) || ways.has(action.sort)) continue;
      const weight =
        (likelihood(edge, graph, changed) * interest(action) * WAY ** way.length) /
        (1 + (used.get(kind) ?? 0));
      if (weight <= 0) continue;
      ways.set(action.sort, { way: [...way, action], weight });
      like.set(kind, (like.get(kind) ?? 0) + 1);
    }
  }
  // The places in a list are together as likely as one button.
  const chosen = random.pickWeighted([...ways.values()], ({ way, weight }) => {
    const last = way.at(-1);
    return weight / (last === undefined ? 1 : (like.get(kindOf(last)) ?? 1));
  });
  return chosen?.way ?? anyWay(graph, state, random);
}

/** Where no way is known, anything that leads elsewhere. */
function anyWay(
  graph: StateGraph,
  state: { readonly edges: ReadonlyMap<string, Edge> },
  random: Random,
): readonly Action[] | undefined {
  const edge = random.pickWeighted([...state.edges.values()], (one) => likelihood(one, graph, []));
  return edge && [edge.action];
}

function likelihood({ action, isDivergent }: Edge, graph: StateGraph, changed: readonly Action[]): number {
  if (isDivergent || isGivenUp(graph, action)) return 0;
  const [first, second] = changed.slice(-2);
  const times =
    first === undefined || second === undefined
      ? 0
      : (graph.triples.get(firstTwoOf(first, second))?.get(action.control) ?? 0);
  const strength = strengthOf(graph, action) / STRENGTH.kept;
  const novelty = graph.tried.has(action.sort) ? 1 : UNTRIED;
  return (strength * novelty * (ASIDE[action.kind] ?? 1) * (action.isOdd ? ODD : 1)) / (1 + times);
}
