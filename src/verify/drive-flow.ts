import type { Flow, Step } from '../domain/flow.ts';
import type { VerifyReport } from '../domain/report.ts';
import type { Pair } from './pair.ts';
import type { StepOutcome } from './ports.ts';
import { noteUnfinished, type Run, reportProgress } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { confirmNew } from './tour/confirm.ts';
import { describeImpossible } from './tour/describe-impossible.ts';
import { describePreExisting } from './tour/describe-suspect.ts';
import { lookAtState } from './tour/look-at-state.ts';
import { noteState } from './tour/note-state.ts';
import { isImpossible } from './tour/perform-in-lockstep.ts';
import { stride, withWalk } from './tour/stride.ts';
import type { Stride, Walk } from './tour/walk.ts';

/** Page time that a configured step may take to become possible. */
const PATIENCE_MS = 5_000;

export type FlowReport = VerifyReport['flows'][number];

/** Why a flow did not come to its end. */
interface Ending {
  readonly status: 'failed' | 'could-not-run';
  readonly why: string;
}

/**
 * Drives a flow, each step at the same time on both sides, and compares every state.
 *
 * It ends at the first step that either side cannot do. After the first difference in behaviour only a graver form of
 * the same still counts: the rest follows from it.
 */
export async function driveFlow(run: Run, flow: Flow, where: Surroundings): Promise<FlowReport> {
  const reported: FlowReport['steps'] = [];
  const { ending, hasFailed } = await withWalk(run, where, (walk) => driveSteps(walk, flow, reported));
  for (const step of flow.steps.slice(reported.length)) {
    reported.push({ step, base: 'not-run', head: 'not-run' });
  }
  return {
    name: flow.name,
    viewport: where.environment.name,
    status: ending?.status ?? (hasFailed ? 'failed' : 'passed'),
    ...(ending === undefined ? {} : { why: ending.why }),
    steps: reported,
  };
}

async function driveSteps(
  walk: Walk,
  flow: Flow,
  reported: FlowReport['steps'],
): Promise<{ readonly ending?: Ending; readonly hasFailed: boolean }> {
  const { run } = walk;
  // A flow that begins with a click begins on the start page.
  const [first] = flow.steps;
  const opening: readonly Step[] = first !== undefined && 'goto' in first ? [] : [{ goto: '/' }];
  let hasFailed = false;
  for (const [index, step] of [...opening, ...flow.steps].entries()) {
    const number = Math.max(1, index + 1 - opening.length);
    reportProgress(run, 'driving', `${flow.name}: step ${number} of ${flow.steps.length}`);
    if (!run.budget.spend()) {
      noteUnfinished(run, `flow “${flow.name}” (${walk.where.environment.name}) from step ${number} on`);
      return { ending: { status: 'could-not-run', why: run.budget.why() }, hasFailed };
    }
    const taken = await stride(walk, step, { isFresh: index === 0, patienceMs: PATIENCE_MS });
    if (index >= opening.length) reported.push(describeOutcomes(step, taken.outcomes));
    noteState(walk);
    const counted = hasFailed
      ? taken.divergences.filter((one) => run.suspects.confirmed.has(one.cause))
      : taken.divergences;
    await confirmNew(walk, counted);
    hasFailed ||= taken.divergences.some((one) => run.suspects.confirmed.has(one.cause));
    const ending = endingOf(walk, step, taken);
    if (ending !== undefined) return { ending, hasFailed };
    if (walk.isAlike && !('expect' in step)) await lookAtState(walk);
  }
  return { hasFailed };
}

function endingOf(walk: Walk, step: Step, { outcomes }: Stride): Ending | undefined {
  const { base, head } = outcomes;
  if (base?.kind === 'impossible' && head.kind === 'impossible') {
    if ('expect' in step) {
      const failed = describeImpossible(step, head, walk.moment);
      walk.run.ledger.add(
        { ...describePreExisting(walk, failed), steps: [...walk.steps, step] },
        'confirmed',
      );
    }
    return { status: 'could-not-run', why: `also on the base: ${base.why}` };
  }
  if (head.kind === 'impossible') return { status: 'failed', why: head.why };
  // The head can do more than the base: a repaired or a new way. There is nothing left to compare with.
  if (base?.kind === 'impossible') return { status: 'could-not-run', why: `on the base only: ${base.why}` };
  return undefined;
}

function describeOutcomes(step: Step, { base, head }: Pair<StepOutcome>): FlowReport['steps'][number] {
  const why = isImpossible(head) ? head : base;
  return {
    step,
    base: base?.kind ?? 'not-run',
    head: head.kind,
    ...(why?.kind === 'impossible' ? { why: why.why } : {}),
  };
}
