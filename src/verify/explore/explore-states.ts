import { createRandom } from '../../lib/random.ts';
import { createKnowledge } from '../compare/knowledge.ts';
import { type Action } from '../model/list-actions.ts';
import { EMPTY_PAGE } from '../model/page-model.ts';
import { noteUnfinished, type Run, reportProgress, type Surroundings, withSessions } from '../run.ts';
import { type Circumstances, chooseAction, wander } from './choose-action.ts';
import { carryOut, createExploration, type Exploration, goOn, restart } from './exploration.ts';
import { interestIn } from './interest.ts';
import { judge } from './judge.ts';
import type { StateNode } from './state-graph.ts';
import type { Walk } from './walk.ts';

/** The share of the time that is kept to shrink and prove what was found. */
const JUDGING_SHARE = 0.3;
/** Actions without anything new after which exploration is taken to be complete. */
const PATIENCE = 120;
/** Fresh starts that lead nowhere after which the product is taken to be unreachable. */
const MAX_FAILED_STARTS = 3;

/**
 * Drives both sides through the states of the product in lockstep, and reports what differs with the fewest steps.
 *
 * Actions are chosen by novelty from the seed of the run; the same builds give the same walk.
 */
export async function exploreStates(run: Run, where: Surroundings): Promise<void> {
  const { seed, startedAt } = run.request;
  const clock = { kind: 'fixed', at: startedAt.getTime(), seed } as const;
  await withSessions(run, { ...where, clock }, async (sessions) => {
    const walk: Walk = {
      run,
      where,
      sessions,
      knowledge: createKnowledge(),
      random: createRandom(seed),
      steps: [],
      keys: [],
      parted: [],
      moment: { base: EMPTY_PAGE, head: EMPTY_PAGE },
    };
    const exploration = createExploration(walk);
    await visitStates({ ...run, budget: run.budget.share(1 - JUDGING_SHARE) }, exploration);
    await judge(walk, exploration.suspects);
  });
}

async function visitStates(run: Run, exploration: Exploration): Promise<void> {
  const { walk, graph } = exploration;
  let failedStarts = 0;
  while (exploration.idle < PATIENCE) {
    if (run.budget.isSpent())
      return noteUnfinished(run, `trying every state (${walk.where.environment.name})`);
    reportProgress(run, 'exploring', `${graph.states.size} states`);
    const { state } = exploration;
    if (state === undefined) {
      failedStarts += 1;
      if (failedStarts > MAX_FAILED_STARTS) return;
      await restart(exploration);
      continue;
    }
    failedStarts = 0;
    const here: Circumstances = {
      graph,
      state,
      random: walk.random,
      depth: walk.steps.length - 1,
      interest: (action: Action) => interestIn(action, run.request.changedPaths),
    };
    const choice = chooseAction(here);
    if (choice.kind === 'act') await follow(run, exploration, choice.actions);
    else if (choice.kind === 'restart') await goTo(run, exploration, choice.state);
    else await wanderOn(run, exploration, here);
  }
}

/** Carries out actions one after the other for as long as they lead where they did before. */
async function follow(run: Run, exploration: Exploration, actions: readonly Action[]): Promise<void> {
  for (const { key } of actions) {
    const edge = exploration.state?.edges.get(key);
    if (edge === undefined || !run.budget.spend()) return;
    const expected = edge.to;
    const isDone = await carryOut(exploration, edge);
    if (!isDone || (expected !== undefined && edge.to !== expected)) return;
  }
}

/** Starts afresh and takes the shortest known way to a state. */
async function goTo(run: Run, exploration: Exploration, goal: StateNode): Promise<void> {
  await restart(exploration);
  if (exploration.state === undefined) return;
  for (const step of goal.path.slice(1)) {
    if (!run.budget.spend() || !(await goOn(exploration, step))) return;
  }
}

async function wanderOn(run: Run, exploration: Exploration, here: Circumstances): Promise<void> {
  const action = here.depth < 12 ? wander(here) : undefined;
  if (action === undefined) await restart(exploration);
  else await follow(run, exploration, [action]);
}
