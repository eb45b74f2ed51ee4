import { createRandom } from '../../lib/random.ts';
import type { Action } from '../model/list-actions.ts';
import { noteUnfinished, type Run, reportProgress } from '../run.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Circumstances, chooseAction, wander } from './choose-action.ts';
import { carryOut, createExploration, type Exploration, goOn, restart } from './exploration.ts';
import { interestIn } from './interest.ts';
import type { StateNode } from './state-graph.ts';
import { withWalk } from './stride.ts';

/** Actions without a new state, for each known one, after which exploration is taken to be complete. */
const PATIENCE = 2;
const MIN_PATIENCE = 20;
const MAX_PATIENCE = 150;
/** Fresh starts that lead nowhere after which the product is taken to be unreachable. */
const MAX_FAILED_STARTS = 3;
/** Steps of a walk without a goal. */
const WANDERING = 12;

/**
 * Drives both sides through the states of the product in lockstep; what differs becomes a suspect.
 *
 * Actions are chosen by novelty from the seed of the run: the same builds give the same walk.
 */
export async function exploreStates(run: Run, where: Surroundings): Promise<void> {
  await withWalk(run, where, async (walk) => {
    const exploration = createExploration(walk);
    const random = createRandom(run.request.seed);
    let failedStarts = 0;
    while (!isExhausted(exploration) && failedStarts < MAX_FAILED_STARTS) {
      if (run.budget.isSpent()) {
        noteUnfinished(run, `trying every state (${where.environment.name})`);
        return;
      }
      reportProgress(run, 'exploring', `${exploration.graph.states.size} states`);
      const { state, graph } = exploration;
      if (state === undefined) {
        failedStarts += 1;
        await restart(exploration);
        continue;
      }
      failedStarts = 0;
      await goOnFrom(exploration, {
        graph,
        state,
        random,
        appeared: exploration.appeared,
        depth: walk.steps.length - 1,
        interest: (action: Action) => interestIn(action, run.request.changedPaths),
      });
    }
  });
}

function isExhausted({ idle, graph }: Exploration): boolean {
  return idle >= Math.min(MAX_PATIENCE, MIN_PATIENCE + PATIENCE * graph.states.size);
}

async function goOnFrom(exploration: Exploration, here: Circumstances): Promise<void> {
  const choice = chooseAction(here);
  if (choice.kind === 'act') return follow(exploration, choice.actions);
  if (choice.kind === 'restart') return goTo(exploration, choice.state);
  const action = here.depth < WANDERING ? wander(here) : undefined;
  return action === undefined ? restart(exploration) : follow(exploration, [action]);
}

/** Carries out actions one after the other for as long as they lead where they did before. */
async function follow(exploration: Exploration, actions: readonly Action[]): Promise<void> {
  for (const { key } of actions) {
    const edge = exploration.state?.edges.get(key);
    if (edge === undefined || !exploration.walk.run.budget.spend()) return;
    const expected = edge.to;
    const isDone = await carryOut(exploration, edge);
    if (!isDone || (expected !== undefined && edge.to !== expected)) return;
  }
}

/** Starts afresh and takes the shortest known way to a state. */
async function goTo(exploration: Exploration, goal: StateNode): Promise<void> {
  await restart(exploration);
  if (exploration.state === undefined) return;
  for (const step of goal.path.slice(1)) {
    if (!exploration.walk.run.budget.spend() || !(await goOn(exploration, step))) return;
  }
}
