import { describeStep, type Flow, type Step } from '../domain/flow.ts';
import type { VerifyReport } from '../domain/report.ts';
import { describeMoment } from './compare-behaviour.ts';
import { compareErrors, type SeenErrors } from './compare-errors.ts';
import type { StateContext } from './compare-pictures.ts';
import type { Difference } from './difference.ts';
import { lookAtBoth, withPictures } from './look.ts';
import { onBoth, type Pair } from './pair.ts';
import type { Environment } from './plan.ts';
import type { Observation, Session, StepOutcome, StorageState } from './ports.ts';
import { type Run, reportProgress, withSessions } from './run.ts';
import { addressOf, pathOn } from './site.ts';

/** How long a step may take to become possible. */
const STEP_MS = 5_000;
const LOAD_MS = 15_000;
/** What the head gets beyond three times what the base needed. */
const FAIR_MS = 2_000;

export type FlowReport = VerifyReport['flows'][number];

/** One pass through a flow on both sides. */
export interface FlowPass {
  readonly report: FlowReport;
  readonly differences: readonly Difference[];
}

interface Journey {
  readonly run: Run;
  readonly flow: Flow;
  readonly environment: Environment;
  readonly sessions: Pair<Session>;
  readonly steps: FlowReport['steps'];
  readonly done: Step[];
  readonly errors: Pair<SeenErrors[]>;
  readonly differences: Difference[];
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
  where: { readonly environment: Environment; readonly storage: Pair<StorageState> | undefined },
): Promise<FlowPass> {
  return withSessions(run, where, async (sessions) => {
    const journey: Journey = {
      run,
      flow,
      environment: where.environment,
      sessions,
      steps: [],
      done: [],
      errors: { base: sessions.base === undefined ? undefined : [], head: [] },
      differences: [],
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
      status: ending?.status ?? (failed ? 'failed' : 'passed'),
      ...(ending === undefined ? {} : { why: ending.why }),
      steps: journey.steps,
    };
    return { report, differences: journey.differences };
  });
}

type Ending = { readonly status: 'failed' | 'could-not-run'; readonly why: string };

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
    reportProgress(run, 'driving', `${flow.name}: step ${Math.max(1, number)} of ${flow.steps.length}`);
    if (!run.budget.spend()) {
      run.shortfalls.add(`${run.budget.why()} before flow “${flow.name}” had ended`);
      return { status: 'could-not-run', why: run.budget.why() };
    }
    const outcomes = await performOnBoth(journey, step);
    journey.done.push(step);
    if (index >= hidden) journey.steps.push(describeOutcomes(step, outcomes));
    const ending = await judgeStep(journey, step, outcomes);
    if (ending !== undefined) return ending;
  }
  return undefined;
}

async function judgeStep(
  journey: Journey,
  step: Step,
  outcomes: Pair<StepOutcome>,
): Promise<Ending | undefined> {
  const { run, sessions, differences, environment } = journey;
  const context: StateContext = {
    steps: [...journey.done],
    environment: environment.name,
    path: `${journey.flow.name}, after ${describeStep(step)}`,
  };
  const { base, head } = outcomes;
  const looked = await lookAtBoth(run, sessions, context);
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
    const found = failedStep(step, outcomes, context, looked.observed);
    if (!isExplained(step, differences)) differences.push(found);
    return { status: 'failed', why: head.why };
  }
  differences.push(...stillCounting(differences, looked.differences));
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

/**
 * Performs one step on both sides at once. The base gets its full time; once it is done the head gets three times as
 * long and two seconds more.
 */
async function performOnBoth({ run, sessions }: Journey, step: Step): Promise<Pair<StepOutcome>> {
  if ('goto' in step) {
    return onBoth(sessions, async (session, side) => {
      const site = run.sites[side] ?? run.sites.head;
      const navigation = await session.goto(addressOf(site, step.goto), run.budget.within(LOAD_MS));
      if (navigation.kind === 'loaded') {
        const path = pathOn(site, navigation.url) ?? navigation.url;
        return navigation.status < 400
          ? { kind: 'done' as const }
          : { kind: 'impossible' as const, why: `${path} answers ${navigation.status}` };
      }
      return { kind: 'impossible' as const, why: `${step.goto} could not be opened: ${navigation.why}` };
    });
  }
  const limitMs = run.budget.within(STEP_MS);
  const enough = new AbortController();
  const startedAt = run.ports.elapsedMs();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await onBoth(sessions, async (session, side) => {
      if (side === 'head') return session.perform(step, limitMs + FAIR_MS, enough.signal);
      const outcome = await session.perform(step, limitMs);
      const took = run.ports.elapsedMs() - startedAt;
      timer = setTimeout(() => enough.abort(), outcome.kind === 'done' ? took * 2 + FAIR_MS : 0);
      return outcome;
    });
  } finally {
    clearTimeout(timer);
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
