import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { markVolatile } from '../compare/knowledge.ts';
import { abstractState, addressTemplate } from '../model/abstract-state.ts';
import { type Action, listActions } from '../model/list-actions.ts';
import { noteNoise, type Run } from '../run.ts';
import { pathOn } from '../site.ts';
import { createForbidden } from './forbidden.ts';
import { isMutation } from './is-mutation.ts';
import { lookAtState } from './look-at-state.ts';
import { replay } from './replay.ts';
import { createStateGraph, type Edge, enterState, type StateGraph, type StateNode } from './state-graph.ts';
import { createSuspects, isKnown, type Suspects } from './suspects.ts';
import { startAfresh, stride, type Walk } from './walk.ts';
import { createWords, type Words } from './words.ts';

/** Divergences of one moment that are looked into; the rest follows from them. */
const MAX_FRESH = 3;

/** What one exploration knows, and where it stands. */
export interface Exploration {
  readonly walk: Walk;
  readonly graph: StateGraph;
  readonly suspects: Suspects;
  readonly words: Words;
  /** Path on the site where every sequence begins. */
  readonly start: string;
  /** Absent when base and head have parted, and before the first page. */
  state?: StateNode;
  /** Actions since something new was seen. */
  idle: number;
}

export function createExploration(walk: Walk): Exploration {
  const { head } = walk.run.sites;
  return {
    walk,
    graph: createStateGraph(),
    suspects: createSuspects(),
    words: createWords(),
    start: pathOn(head, head.start.href) ?? '/',
    idle: 0,
  };
}

/** Begins a new sequence on the start page. */
export async function restart(exploration: Exploration): Promise<void> {
  const { walk, suspects, start } = exploration;
  exploration.idle += 1;
  delete exploration.state;
  const opened = await startAfresh(walk, start);
  if (opened.kind === 'impossible') return;
  const fresh = opened.divergences.filter((one) => !isKnown(suspects, one));
  if (suspects.confirmed.size > 0) {
    // Servers remember: what the two did differently before still shows when the first page is opened anew.
    for (const { cause } of fresh) suspects.dismissed.add(cause);
  } else if (fresh.length > 0) {
    await confirm(exploration, fresh);
    await startAfresh(walk, start);
  }
  await arrive(exploration);
}

/** Carries out one action; false when base and head have parted, or the action was not possible. */
export async function carryOut(exploration: Exploration, edge: Edge): Promise<boolean> {
  const { walk, graph, suspects } = exploration;
  const before = walk.moment;
  edge.tries += 1;
  graph.tried.set(edge.action.key, (graph.tried.get(edge.action.key) ?? 0) + 1);
  exploration.idle += 1;
  for (const step of edge.action.steps) {
    const outcome = await take(exploration, step);
    if (outcome === 'done') continue;
    if (outcome === 'parted') edge.isDivergent = walk.parted.some((cause) => suspects.confirmed.has(cause));
    else await arrive(exploration);
    return false;
  }
  if (isMutation(before.base, walk.moment.base)) {
    edge.isMutating = true;
    graph.mutating.add(edge.action.key);
  }
  const from = exploration.state?.key ?? '';
  edge.to = (await arrive(exploration)).key;
  walk.run.coverage.transitions.add(JSON.stringify([from, edge.action.key, edge.to]));
  return true;
}

/** Takes one step of a known way; false when it does not lead on. */
export async function goOn(exploration: Exploration, step: Step): Promise<boolean> {
  const outcome = await take(exploration, step);
  if (outcome !== 'parted') await arrive(exploration);
  return outcome === 'done';
}

/** `parted`: base and head no longer show the same, so that nothing after it can be compared. */
async function take(exploration: Exploration, step: Step): Promise<'done' | 'parted' | 'impossible'> {
  const { walk, suspects } = exploration;
  const before = walk.moment;
  const { kind, divergences } = await stride(walk, step);
  const fresh = divergences.filter((one) => !isKnown(suspects, one));
  walk.parted = divergences.map(({ cause }) => cause);
  if (fresh.length > 0) await confirm(exploration, fresh);
  // What a page shows when it is opened is judged once; what an action did wrong spoils all that follows.
  const isSpoilt = divergences.length > 0 && !isOtherPage(before, walk.moment);
  if (fresh.length > 0 || isSpoilt) {
    delete exploration.state;
    return 'parted';
  }
  return kind;
}

function isOtherPage(before: Walk['moment'], after: Walk['moment']): boolean {
  return addressTemplate(before.base.url) !== addressTemplate(after.base.url);
}

/** Enters the state that the walk has come to; a state that is new is looked at as well. */
async function arrive(exploration: Exploration): Promise<StateNode> {
  const { walk, graph, words } = exploration;
  const { base } = walk.moment;
  words.gather(base);
  const key = abstractState(base);
  const place = addressTemplate(base.url);
  const { run } = walk;
  const isNew = !graph.states.has(key);
  const state = enterState(graph, { key, place, path: walk.steps }, actionsIn(exploration));
  exploration.state = state;
  run.coverage.states.add(key);
  run.coverage.pages.add(pathOf(run, walk.moment.head.url));
  if (isNew) {
    exploration.idle = 0;
    await lookAtState(walk, graph, state);
  }
  return state;
}

function pathOf(run: Run, url: string): string {
  return (pathOn(run.sites.head, url) ?? url).split('?')[0] ?? '';
}

function actionsIn({ walk, words }: Exploration): readonly Action[] {
  const { run, moment } = walk;
  const whyForbidden = createForbidden(run, moment.base.url);
  return listActions(moment.base, {
    vocabulary: words.list(),
    isForbidden(node) {
      const why = whyForbidden(node);
      if (why !== undefined) run.coverage.notReached.set(`“${node.name}”`, why);
      return why !== undefined;
    },
  });
}

/** Performs the sequence again: what shows once more is a suspect, the rest is noise. */
async function confirm(exploration: Exploration, fresh: readonly Divergence[]): Promise<void> {
  const { walk, suspects } = exploration;
  const { steps, keys } = walk;
  const pending = fresh.slice(0, MAX_FRESH);
  for (const { cause } of fresh.slice(MAX_FRESH)) suspects.dismissed.add(cause);
  for (const divergence of pending) {
    const again = await replay(walk, steps, ({ cause }) => cause === divergence.cause);
    if (again.kind === 'shown') {
      suspects.confirmed.set(divergence.cause, { divergence, steps, keys });
      continue;
    }
    if (again.kind === 'over') return;
    suspects.dismissed.add(divergence.cause);
    markVolatile(walk.knowledge, divergence);
    noteNoise(walk.run, {
      what: divergence.what,
      where: walk.moment.head.url,
      how: 'it did not show when the same steps were done again',
    });
  }
}
