import { createRandom } from '../../lib/random.ts';
import { affectedStarts } from '../affected-pages.ts';
import type { Action } from '../model/action.ts';
import { noteUnfinished, type Run, reportProgress } from '../run.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Choice, chooseAction } from './choose-action.ts';
import { carryOut, createExploration, type Exploration, goOn, type Learned, restart } from './exploration.ts';
import { fitStep } from './fit-step.ts';
import { countControls } from './gain.ts';
import { interestOf } from './interest.ts';
import { noteLost } from './state-graph.ts';
import { withWalk } from './stride.ts';

/** Actions without a new state after which nothing more is expected. */
const PATIENCE = 500;
/** Fresh starts that lead nowhere after which the product is taken to be unreachable. */
const MAX_FAILED_STARTS = 3;

/**
 * Drives both sides through the states of the product in lockstep; what differs becomes a suspect.
 *
 * Actions are chosen by novelty from the seed of the run: the same builds give the same walk.
 */
export async function exploreStates(run: Run, where: Surroundings): Promise<Learned> {
  return withWalk(run, where, async (walk) => {
    const exploration = createExploration(walk);
    const random = createRandom(run.request.seed);
    let failedStarts = 0;
    const interest = interestOf(run);
    for (const start of affectedStarts(run)) if (run.budget.spend()) await restart(exploration, start);
    delete exploration.state;
    while (exploration.idle < PATIENCE && failedStarts < MAX_FAILED_STARTS) {
      if (run.budget.isSpent()) {
        noteUntried(run, exploration, where);
        break;
      }
      reportProgress(run, 'exploring', `${exploration.graph.states.size} states`);
      const { state, graph } = exploration;
      if (state === undefined) {
        failedStarts += 1;
        await restart(exploration);
        continue;
      }
      failedStarts = 0;
      const choice = chooseAction({
        graph,
        state,
        random,
        appeared: exploration.appeared,
        recent: exploration.recent,
        changed: exploration.changed,
        depth: exploration.depth,
        interest,
      });
      if (choice.kind === 'done') break;
      if (choice.kind === 'act') await follow(exploration, choice.actions);
      else await startOver(exploration, choice);
    }
    return exploration;
  });
}

/**
 * A product has more combinations than any budget: what was seen and never used is what a run owes. Combinations that were
 * not tried are no shortfall.
 */
function noteUntried(run: Run, { graph }: Exploration, { environment }: Surroundings): void {
  const { seen, untried } = countControls(graph);
  if (untried > 0) noteUnfinished(run, `trying ${untried} of ${seen} controls (${environment.name})`);
  else if (seen === 0) noteUnfinished(run, `trying the controls (${environment.name})`);
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

/** Starts afresh, takes the shortest known way to a state, and does there what is to be tried. */
async function startOver(
  exploration: Exploration,
  { state, action }: Extract<Choice, { kind: 'restart' }>,
): Promise<void> {
  const [first] = state.path;
  await restart(exploration, first !== undefined && 'goto' in first ? first.goto : exploration.start);
  if (exploration.state === undefined) return;
  for (const step of state.path.slice(1)) {
    if (!exploration.walk.run.budget.spend()) return;
    if (!(await goOn(exploration, fitStep(step, exploration.walk.moment.base)))) {
      noteLost(state);
      return;
    }
  }
  exploration.changed = state.changed;
  if (exploration.state?.key !== state.key) noteLost(state);
  await follow(exploration, [action]);
}
