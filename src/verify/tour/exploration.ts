import type { Step } from '../../domain/flow.ts';
import { abstractState, addressTemplate } from '../model/abstract-state.ts';
import type { Action } from '../model/action.ts';
import { countItems, nameOf } from '../model/groups.ts';
import { listActions } from '../model/list-actions.ts';
import type { PageModel } from '../model/page-model.ts';
import { pathOn } from '../site.ts';
import { confirmNew } from './confirm.ts';
import { effectOf, isMutation, touchedBy } from './effect.ts';
import { createForbidden } from './forbidden.ts';
import { auditState, lookAtState } from './look-at-state.ts';
import { noteShown } from './note-shown.ts';
import { noteState } from './note-state.ts';
import { isImpossible } from './perform-in-lockstep.ts';
import {
  createStateGraph,
  type Edge,
  enterState,
  noteEffect,
  noteUse,
  type StateGraph,
  type StateNode,
  type Way,
} from './state-graph.ts';
import { stride } from './stride.ts';
import { isKnown } from './suspects.ts';
import type { Walk } from './walk.ts';
import { createWords, type Words } from './words.ts';

/** States of one page whose pictures are compared: those that come later look much like them. */
const MAX_PICTURES_PER_PLACE = 12;

/** What exploring has taught of a product. */
export interface Learned {
  readonly graph: StateGraph;
  readonly words: Words;
  /** Keys of the states that were looked at, by page and colours. */
  readonly looks: Map<string, Set<string>>;
}

/** What one exploration knows, and where it stands. */
export interface Exploration extends Learned {
  readonly walk: Walk;
  /** Path on the site where every sequence begins. */
  readonly start: string;
  /** Absent when base and head have parted, and before the first page. */
  state?: StateNode;
  /** What the base showed before the last step; absent after a fresh start. */
  before?: PageModel;
  possible: ReadonlySet<string>;
  /** Keys of the actions that the last step made possible. */
  appeared: ReadonlySet<string>;
  /** Keys of those that the steps since the last fresh start made possible, and that still are. */
  recent: ReadonlySet<string>;
  /** The actions that changed something since the last fresh start. */
  changed: readonly Action[];
  /** Keys of the actions that something which opened most likely covers. */
  behind: ReadonlySet<string>;
  /** Actions since the last fresh start. */
  depth: number;
  /** Actions since something new was seen. */
  idle: number;
}

export function createExploration(walk: Walk, learned: Learned = nothingLearned()): Exploration {
  const { head } = walk.run.sites;
  const start = pathOn(head, head.start.href) ?? '/';
  return {
    ...learned,
    walk,
    start,
    possible: new Set(),
    appeared: new Set(),
    recent: new Set(),
    changed: [],
    behind: new Set(),
    depth: 0,
    idle: 0,
  };
}

function nothingLearned(): Learned {
  return { graph: createStateGraph(), words: createWords(), looks: new Map() };
}

/** Begins a new sequence on the start page, or on another one. */
export async function restart(exploration: Exploration, start = exploration.start): Promise<void> {
  const { walk } = exploration;
  const { suspects } = walk.run;
  exploration.idle += 1;
  exploration.changed = [];
  exploration.depth = 0;
  exploration.behind = new Set();
  exploration.recent = new Set();
  delete exploration.state;
  delete exploration.before;
  const step = { goto: start };
  const { outcomes, divergences } = await stride(walk, step, { isFresh: true });
  if (isImpossible(outcomes.base ?? outcomes.head)) return;
  if (suspects.confirmed.size > 0) {
    // Servers remember: what the two did differently before still shows when the first page is opened anew.
    for (const one of divergences) if (!isKnown(suspects, one)) suspects.dismissed.add(one.cause);
  } else if (await confirmNew(walk, divergences)) await stride(walk, step, { isFresh: true });
  await arrive(exploration);
}

/** Carries out one action; false when base and head have parted, or the action was not possible. */
export async function carryOut(exploration: Exploration, edge: Edge): Promise<boolean> {
  const { walk, graph } = exploration;
  const { state } = exploration;
  const before = walk.moment.base;
  edge.tries += 1;
  exploration.depth += 1;
  exploration.idle += 1;
  noteUse(graph, edge.action, { state, changed: exploration.changed });
  for (const step of edge.action.steps) {
    const outcome = await take(exploration, step);
    if (outcome === 'done') continue;
    if (outcome === 'parted') edge.isDivergent = true;
    else {
      noteEffect(graph, edge.action, undefined);
      if (state !== undefined && !state.appeared.has(edge.action.key)) cover(exploration, state);
      await arrive(exploration);
    }
    return false;
  }
  if (state?.isCovered === true && exploration.behind.has(edge.action.key)) {
    state.isCovered = false;
    exploration.behind = new Set();
  }
  const effect = effectOf(before, walk.moment.base);
  noteEffect(graph, edge.action, effect, touchedBy(before, walk.moment.base, edge.action.steps));
  if (isMutation(effect)) exploration.changed = [...exploration.changed, edge.action];
  const way = wayOn(graph, exploration.state, { action: edge.action, isChange: isMutation(effect) });
  edge.to = (await arrive(exploration, way)).key;
  walk.run.coverage.transitions.add(JSON.stringify([state?.key ?? '', edge.action.key, edge.to]));
  return true;
}

/** The way to a state and on by an action; what stands on every page is used on the first. */
function wayOn(
  { states }: StateGraph,
  state: StateNode | undefined,
  { action, isChange }: { readonly action: Action; readonly isChange: boolean },
): Way | undefined {
  const isSiteWide = action.control === action.sort && action.kind === 'click';
  const first = [...states.values()].find(({ path, edges }) => path.length === 1 && edges.has(action.key));
  const from = isSiteWide ? (first ?? state) : state;
  if (from === undefined) return undefined;
  const { path, changed } = from;
  return { path: [...path, ...action.steps], changed: isChange ? [...changed, action] : changed };
}

/** What was there before a state opened over it could not be used: its like waits, here and in what follows from here. */
function cover(exploration: Exploration, state: StateNode): void {
  state.isCovered = true;
  exploration.behind = new Set([...state.edges.keys()].filter((key) => !state.appeared.has(key)));
}

/** Takes one step of a known way; false when it does not lead on. */
export async function goOn(exploration: Exploration, step: Step): Promise<boolean> {
  exploration.depth += 1;
  const outcome = await take(exploration, step);
  if (outcome !== 'parted') await arrive(exploration);
  return outcome === 'done';
}

/** `parted`: base and head no longer show the same, so that nothing after it can be compared. */
async function take(exploration: Exploration, step: Step): Promise<'done' | 'parted' | 'impossible'> {
  const { walk } = exploration;
  const before = walk.moment;
  exploration.before = before.base;
  const { outcomes, divergences } = await stride(walk, step);
  const after = walk.moment;
  const isNew = await confirmNew(walk, divergences);
  // What a page shows when it is opened is judged once; what an action did wrong spoils all that follows.
  const isOtherPage = addressTemplate(before.base.url) !== addressTemplate(after.base.url);
  const isSpoilt = divergences.length > 0 && (!isOtherPage || isImpossible(outcomes.head));
  if (isNew || isSpoilt) {
    delete exploration.state;
    return 'parted';
  }
  return isImpossible(outcomes.base ?? outcomes.head) ? 'impossible' : 'done';
}

/** Enters the state that the walk has come to; a state that is new is looked at as well. */
async function arrive(exploration: Exploration, shorter?: Way): Promise<StateNode> {
  const { walk, graph, words } = exploration;
  const { base } = walk.moment;
  words.gather(base);
  words.gather(walk.moment.head);
  const key = abstractState(base);
  const place = addressTemplate(base.url);
  const isNew = !graph.states.has(key);
  const actions = actionsIn(exploration);
  const before = exploration.possible;
  exploration.possible = new Set(actions.map((action) => action.key));
  exploration.appeared = new Set(
    walk.steps.length > 1 ? [...exploration.possible].filter((one) => !before.has(one)) : [],
  );
  exploration.recent = new Set(
    [...exploration.recent, ...exploration.appeared].filter((one) => exploration.possible.has(one)),
  );
  if (exploration.state?.place !== place) exploration.behind = new Set();
  const { changed, behind } = exploration;
  const isCovered = [...behind].some((one) => exploration.possible.has(one));
  const appeared = isCovered
    ? new Set([...exploration.possible].filter((one) => !behind.has(one)))
    : exploration.appeared;
  const state = enterState(
    graph,
    { key, place, path: walk.steps, changed, appeared, items: countItems(base), shorter },
    actions,
  );
  if (isNew && isCovered) state.isCovered = true;
  exploration.state = state;
  noteState(walk);
  await noteShown(walk);
  if (isNew) exploration.idle = 0;
  if (walk.isAlike && isNewLook(exploration, { key, place, look: base.look ?? '' })) await lookAtState(walk);
  if (isNew && walk.isAlike) await auditState(walk);
  return state;
}

/** Whether a state was not looked at yet in these colours, and not too many others of its page were. */
function isNewLook(
  { looks }: Exploration,
  { key, place, look }: { readonly key: string; readonly place: string; readonly look: string },
): boolean {
  const seen = looks.get(`${place} ${look}`) ?? new Set<string>();
  looks.set(`${place} ${look}`, seen);
  if (seen.has(key) || seen.size >= MAX_PICTURES_PER_PLACE) return false;
  seen.add(key);
  return true;
}

function actionsIn({ walk, words, before }: Exploration): readonly Action[] {
  const { run, moment } = walk;
  const whyForbidden = createForbidden(run, moment.base.url);
  return listActions(moment.base, {
    vocabulary: words.list(),
    ...(before === undefined ? {} : { before }),
    isForbidden(node) {
      const why = whyForbidden(node);
      if (why !== undefined) run.coverage.notReached.set(`“${nameOf(node)}”`, why);
      return why !== undefined;
    },
  });
}
