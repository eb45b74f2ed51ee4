import type { Flow, Step } from '../domain/flow.ts';
import type { VerifyReport } from '../domain/report.ts';
import type { Budget } from './budget.ts';
import type { Divergence } from './compare/divergence.ts';
import { type Difference, graver } from './difference.ts';
import type { PageModel } from './model/page-model.ts';
import type { Pair } from './pair.ts';
import type { StepOutcome } from './ports.ts';
import { noteNoise, noteUnfinished, type Run, reportProgress } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { describeImpossible } from './tour/describe-impossible.ts';
import { alsoSeen, describePreExisting, describeSuspect } from './tour/describe-suspect.ts';
import { lookAtState } from './tour/look-at-state.ts';
import { noteShown } from './tour/note-shown.ts';
import { noteState } from './tour/note-state.ts';
import { isImpossible } from './tour/perform-in-lockstep.ts';
import { stride, withWalk } from './tour/stride.ts';
import { gravestFirst, isKnown } from './tour/suspects.ts';
import type { Stride, Walk } from './tour/walk.ts';

/** Page time that a configured step may take to become possible. */
const PATIENCE_MS = 5_000;

export type FlowReport = VerifyReport['flows'][number];

/** Why a flow did not come to its end. */
interface Ending {
  readonly status: 'failed' | 'could-not-run';
  readonly why: string;
  readonly wasCut?: true;
}

/**
 * Drives a flow, each step at the same time on both sides, and compares every state.
 *
 * It ends at the first step that either side cannot do. After the first difference in behaviour only a graver form of
 * the same still counts: the rest follows from it.
 */
export async function driveFlow(run: Run, flow: Flow, where: Surroundings): Promise<FlowReport> {
  const first = await drive(run, flow, where);
  const fresh = first.found.filter(({ divergence }) => !isKnown(run.suspects, divergence));
  if (fresh.length === 0) return first.report;
  // Driven to its end once more, because what a flow leaves half done on the servers would spoil a replay.
  const second = await drive({ ...run, budget: again(run.budget) }, flow, where);
  const isThere = ({ divergence }: Found): boolean =>
    second.wasCut || second.found.some((other) => other.divergence.cause === divergence.cause);
  for (const one of fresh) {
    if (isThere(one)) keep(run, where, one, second.wasCut ? 'once' : 'confirmed');
    else dismiss(run, flow, one);
  }
  const isFlaky = first.report.status === 'failed' && !fresh.some(isThere);
  return isFlaky ? second.report : first.report;
}

/** A difference of one state, with pictures of it. */
interface Found {
  readonly divergence: Divergence;
  readonly difference: Difference;
  readonly steps: readonly Step[];
  readonly keys: readonly string[];
  readonly pages: readonly PageModel[];
}

interface Pass {
  readonly report: FlowReport;
  readonly found: readonly Found[];
  /** The time was over before its end. */
  readonly wasCut: boolean;
}

/** What is done once more is limited by the time alone. */
function again(budget: Budget): Budget {
  return { ...budget, spend: () => budget.repeat() };
}

function keep(run: Run, where: Surroundings, found: Found, evidence: 'confirmed' | 'once'): void {
  const { divergence, difference, steps, keys, pages } = found;
  const judged = { isSeenAgain: true, isJudged: true } as const;
  const known = { divergence, steps, keys, pages, where, also: [], ...judged };
  run.suspects.confirmed.set(divergence.cause, known);
  run.suspects.hasSent = true;
  run.ledger.add(difference, evidence);
}

function dismiss(run: Run, flow: Flow, { divergence }: Found): void {
  run.suspects.dismissed.add(divergence.cause);
  noteNoise(run, { what: divergence.what, where: flow.name, how: 'it did not show in a second run' });
}

async function drive(run: Run, flow: Flow, where: Surroundings): Promise<Pass> {
  const reported: FlowReport['steps'] = [];
  const found: Found[] = [];
  const ending = await withWalk(run, where, (walk) => driveSteps(walk, flow, { reported, found }));
  for (const step of flow.steps.slice(reported.length)) {
    reported.push({ step, base: 'not-run', head: 'not-run' });
  }
  const report: FlowReport = {
    name: flow.name,
    viewport: where.environment.name,
    status: ending?.status ?? (found.length > 0 ? 'failed' : 'passed'),
    ...(ending === undefined ? {} : { why: ending.why }),
    steps: reported,
  };
  return { report, found, wasCut: ending?.wasCut === true };
}

async function driveSteps(
  walk: Walk,
  flow: Flow,
  { reported, found }: { readonly reported: FlowReport['steps']; readonly found: Found[] },
): Promise<Ending | undefined> {
  const { run } = walk;
  // A flow that begins with a click begins on the start page.
  const [first] = flow.steps;
  const opening: readonly Step[] = first !== undefined && 'goto' in first ? [] : [{ goto: '/' }];
  for (const [index, step] of [...opening, ...flow.steps].entries()) {
    const number = Math.max(1, index + 1 - opening.length);
    reportProgress(run, 'driving', `${flow.name}: step ${number} of ${flow.steps.length}`);
    if (!run.budget.spend()) {
      noteUnfinished(run, `flow “${flow.name}” (${walk.where.environment.name}) from step ${number} on`);
      return { status: 'could-not-run', why: run.budget.why(), wasCut: true };
    }
    const taken = await stride(walk, step, { isFresh: index === 0, patienceMs: PATIENCE_MS });
    if (index >= opening.length) reported.push(describeOutcomes(step, taken.outcomes));
    noteState(walk);
    await noteShown(walk);
    // What is known already, such as an error of a page that the flow passes, explains nothing here.
    const [gravest, ...others] = gravestFirst(
      taken.divergences.filter((one) => !isKnown(run.suspects, one) && isCounting(found, one)),
    );
    if (gravest !== undefined) {
      const difference = await describeSuspect(walk, gravest, walk.steps);
      const body = [difference.body, ...alsoSeen(others.map(({ what }) => what))].join('\n\n');
      found.push({
        divergence: gravest,
        difference: { ...difference, body },
        steps: walk.steps,
        keys: walk.keys,
        pages: walk.pages,
      });
    }
    const ending = endingOf(walk, step, taken);
    if (ending !== undefined) return ending;
    if (walk.isAlike && !('expect' in step)) await lookAtState(walk);
  }
  return undefined;
}

/** After a first difference only a graver form of the same is of interest: the rest follows from it. */
function isCounting(found: readonly Found[], { cause, severity }: Divergence): boolean {
  if (found.length === 0) return true;
  const same = found.filter((one) => one.divergence.cause === cause);
  return (
    same.length > 0 &&
    same.every((one) => graver(one.divergence.severity, severity) !== one.divergence.severity)
  );
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
