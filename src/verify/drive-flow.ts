import { describeStep, type Flow, type Step } from '../domain/flow.ts';
import type { VerifyReport } from '../domain/report.ts';
import { describeMoment } from './compare-behaviour.ts';
import { compareErrors, type SeenErrors } from './compare-errors.ts';
import type { Difference } from './difference.ts';
import { linkedPaths } from './linked-paths.ts';
import { type Look, lookAtBoth, observeBoth, withPictures } from './look.ts';
import type { Pair } from './pair.ts';
import { performOnBoth } from './perform-on-both.ts';
import type { StateContext } from './pictures/compare-pictures.ts';
import type { Observation, Session, StepOutcome } from './ports.ts';
import {
  comparedKey,
  noteUnfinished,
  type Run,
  reportProgress,
  type Surroundings,
  withSessions,
} from './run.ts';

/** An expectation met within this time did not wait for the page. */
const AT_ONCE_MS = 150;

export type FlowReport = VerifyReport['flows'][number];

/** One pass through a flow on both sides. */
export interface FlowPass {
  readonly report: FlowReport;
  readonly differences: readonly Difference[];
  /** The budget ended it. */
  readonly wasCut: boolean;
}

/** A second pass performs every step again, and looks only at the states in which the first one found something. */
interface Recheck {
  readonly first: FlowPass;
}

interface Journey {
  readonly run: Run;
  readonly flow: Flow;
  readonly where: Surroundings;
  readonly sessions: Pair<Session>;
  readonly steps: FlowReport['steps'];
  readonly done: Step[];
  readonly errors: Pair<SeenErrors[]>;
  readonly differences: Difference[];
  readonly recheck: Recheck | undefined;
}

/**
 * Drives a flow once, each step at the same time on both sides, and compares every state.
 *
 * The pass ends at the first step that either side cannot do. After the first difference in behaviour only what is new
 * in kind still counts: the rest follows from it.
 */
export async function driveFlow(
  run: Run,
  flow: Flow,
  where: Surroundings & { readonly recheck?: Recheck },
): Promise<FlowPass> {
  return withSessions(run, where, async (sessions) => {
    const journey: Journey = {
      run,
      flow,
      where,
      sessions,
      steps: [],
      done: [],
      errors: { base: sessions.base === undefined ? undefined : [], head: [] },
      differences: [],
      recheck: where.recheck,
    };
    const ending = await driveSteps(journey);
    journey.differences.push(...compareErrors(journey.errors.base, journey.errors.head));
    for (const step of flow.steps.slice(journey.steps.length)) {
      journey.steps.push({ step, base: 'not-run', head: 'not-run' });
    }
    const failed = journey.differences.some((one) => one.category !== 'visual' && one.isOnBase !== true);
    const report: FlowReport = {
      name: flow.name,
      viewport: where.environment.name,
      status: statusOf(ending, failed),
      ...(ending === undefined ? {} : { why: ending.why }),
      steps: journey.steps,
    };
    return { report, differences: journey.differences, wasCut: ending?.status === 'cut' };
  });
}

/** `cut`: the budget was used up. */
type Ending = { readonly status: 'failed' | 'could-not-run' | 'cut'; readonly why: string };

function statusOf(ending: Ending | undefined, failed: boolean): FlowReport['status'] {
  if (ending === undefined) return failed ? 'failed' : 'passed';
  return ending.status === 'cut' ? 'could-not-run' : ending.status;
}

/** Drives until the end of the flow (undefined) or until something ends it. */
async function driveSteps(journey: Journey): Promise<Ending | undefined> {
  const { run, flow } = journey;
  // A flow that begins with a click begins on the start page.
  const [first] = flow.steps;
  const steps: readonly Step[] =
    first !== undefined && 'goto' in first ? flow.steps : [{ goto: '/' }, ...flow.steps];
  const hidden = steps.length - flow.steps.length;
  for (const [index, step] of steps.entries()) {
    const number = index + 1 - hidden;
    const again = journey.recheck === undefined ? '' : 'once more, ';
    reportProgress(
      run,
      'driving',
      `${flow.name}: ${again}step ${Math.max(1, number)} of ${flow.steps.length}`,
    );
    if (!(journey.recheck === undefined ? run.budget.spend() : run.budget.repeat())) {
      if (journey.recheck === undefined) {
        noteUnfinished(
          run,
          `flow “${flow.name}” (${journey.where.environment.name}) from step ${Math.max(1, number)} on`,
        );
      }
      return { status: 'cut', why: run.budget.why() };
    }
    const startedAt = run.ports.elapsedMs();
    const outcomes = await performOnBoth(run, journey.sessions, {
      step,
      isAgain: journey.recheck !== undefined,
    });
    journey.done.push(step);
    const isAtOnce = run.ports.elapsedMs() - startedAt < AT_ONCE_MS;
    if (index >= hidden) journey.steps.push(describeOutcomes(step, outcomes));
    // What held at once holds of the state that has just been compared.
    if ('expect' in step && isAtOnce && isDoneOnBoth(outcomes) && index < steps.length - 1) continue;
    const ending = await judgeStep(journey, step, outcomes);
    if (ending !== undefined) return ending;
    if (hasSeenEnough(journey)) return undefined;
  }
  return undefined;
}

/** Whether nothing that a second pass came for lies ahead. A failure must be disproved to the very end. */
function hasSeenEnough({ recheck, done }: Journey): boolean {
  if (recheck === undefined || recheck.first.report.status === 'failed') return false;
  return recheck.first.differences.every((one) => one.steps.length <= done.length);
}

function isOfInterest({ recheck, done, flow }: Journey): boolean {
  if (recheck === undefined) return true;
  const { differences } = recheck.first;
  // An error may come a step later than before: the last state is always asked.
  return differences.some((one) => one.steps.length === done.length) || done.at(-1) === flow.steps.at(-1);
}

function isDoneOnBoth({ base, head }: Pair<StepOutcome>): boolean {
  return base?.kind !== 'impossible' && head.kind === 'done';
}

async function judgeStep(
  journey: Journey,
  step: Step,
  outcomes: Pair<StepOutcome>,
): Promise<Ending | undefined> {
  const { run, sessions, differences } = journey;
  const context: StateContext = {
    steps: [...journey.done],
    environment: journey.where.environment.name,
    path: `${journey.flow.name}, after ${describeStep(step)}`,
  };
  const { base, head } = outcomes;
  const isPossible = isDoneOnBoth(outcomes);
  if (isPossible && !isOfInterest(journey)) return undefined;
  // Where a step was not done there is nothing to compare; what is shown goes with the finding.
  const looked: Look = isPossible
    ? await lookAtBoth(run, sessions, context)
    : { observed: await observeBoth(run, sessions, context), differences: [] };
  // A page that does not open is told as that, not as a failed request as well.
  if (!('goto' in step) || head.kind === 'done') noteErrors(journey, looked.observed, context);
  if (base?.kind === 'impossible' && head.kind === 'impossible') {
    if ('expect' in step)
      differences.push({
        ...failedStep(step, outcomes, context, looked.observed),
        isOnBase: true,
        severity: 'low',
      });
    return { status: 'could-not-run', why: `also on the base: ${base.why}` };
  }
  if (head.kind === 'impossible') {
    if (!isExplained(step, differences)) {
      differences.push(failedStep(step, outcomes, context, looked.observed));
    }
    return { status: 'failed', why: head.why };
  }
  const isFirst = differences.every((one) => one.category === 'visual');
  differences.push(...stillCounting(differences, looked.differences));
  if ('goto' in step && isFirst && isPossible && journey.recheck === undefined) {
    run.compared.set(comparedKey(step.goto, journey.where), await linkedPaths(run, sessions));
  }
  if (base?.kind === 'impossible') {
    // The head can do more than the base: a repaired or a new way. There is nothing left to compare with.
    return { status: 'could-not-run', why: `on the base only: ${base.why}` };
  }
  return undefined;
}

/** Being elsewhere explains why a step is not there; any other state explains why an expectation fails. */
function isExplained(step: Step, before: readonly Difference[]): boolean {
  return before.some((one) =>
    'expect' in step
      ? one.category === 'state' || (one.category === 'flow' && one.source === 'firsthand/other-page')
      : one.source === 'firsthand/other-page',
  );
}

/** After a first difference in behaviour, only the same one in a graver place is still of interest. */
function stillCounting(before: readonly Difference[], found: readonly Difference[]): readonly Difference[] {
  const first = before.filter((one) => one.category !== 'visual');
  if (first.length === 0) return found;
  return found.filter((one) =>
    one.values?.some((value) => first.some((other) => other.values?.includes(value) === true)),
  );
}

function failedStep(
  step: Step,
  { base, head }: Pair<StepOutcome>,
  context: StateContext,
  observed: Pair<Observation>,
): Difference {
  const why = head.kind === 'impossible' ? head.why : '';
  const isExpectation = 'expect' in step;
  const before = context.steps.slice(0, -1);
  const title = isExpectation
    ? `${describeMoment(before)}: ${why}`
    : `Broken flow: cannot ${describeStep(step)}: ${why}`;
  return withPictures(
    {
      key: `step|${JSON.stringify(step)}|${isExpectation ? 'expect' : 'do'}`,
      category: isExpectation ? 'state' : 'flow',
      severity: base === undefined ? 'medium' : 'high',
      source: isExpectation ? 'firsthand/expectation' : 'firsthand/step-impossible',
      title: title.slice(0, 200),
      body: isExpectation
        ? 'The expectation holds on the base after the same steps.'
        : 'The step is possible on the base after the same steps, and is not on the head.',
      expected: isExpectation
        ? describeStep(step).replace(/^expect /, '')
        : `${describeStep(step)} is possible`,
      actual: why,
      steps: context.steps,
      url: observed.head.url,
      environment: context.environment,
      ...(base === undefined
        ? { hasNoBase: true, body: 'The step of the flow could not be done on the head.' }
        : {}),
    },
    observed.base,
    observed.head,
  );
}

function noteErrors({ run, errors }: Journey, observed: Pair<Observation>, context: StateContext): void {
  errors.head.push({ observation: observed.head, site: run.sites.head, context });
  if (observed.base !== undefined && run.sites.base !== undefined) {
    errors.base?.push({ observation: observed.base, site: run.sites.base, context });
  }
}

function describeOutcomes(step: Step, { base, head }: Pair<StepOutcome>): FlowReport['steps'][number] {
  const why = head.kind === 'impossible' ? head.why : base?.kind === 'impossible' ? base.why : undefined;
  return {
    step,
    base: base?.kind ?? 'not-run',
    head: head.kind,
    ...(why === undefined ? {} : { why }),
  };
}
