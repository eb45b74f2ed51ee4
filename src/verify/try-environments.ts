import type { FlowReport } from './drive-flow.ts';
import { driveFlows } from './drive-flows.ts';
import { inEnvironment } from './in-environment.ts';
import type { Logins } from './login/roles.ts';
import { inEngineOf } from './other-engine.ts';
import type { LaterEnvironment, Plan } from './plan.ts';
import { noteUnfinished, type Run, reportProgress } from './run.ts';
import { judge } from './tour/judge.ts';
import { visitPages } from './tour/visit-pages.ts';

/** Less than this is not enough for anything but a first page. */
const MIN_MS = 4_000;
/** An environment that nobody asked for is tried when so much of the whole time is left. */
export const SPARE_SHARE = 0.12;
/** What was kept may be used a little. */
const ALMOST = 0.8;
/** And gets no more of it than that. */
const MOST_SHARE = 0.25;

/**
 * Visits the pages and drives the flows in the environments that come after the default one, in what is left of the time.
 *
 * Nothing here can cost a finding there: that environment is through and judged. One that nobody asked for and for which
 * no time is left is named as not reached; one that was configured and not tried keeps the run from being complete.
 */
export async function tryEnvironments(
  run: Run,
  plan: Plan,
  { logins, judgingMs }: { readonly logins: Logins; readonly judgingMs: (run: Run) => number },
): Promise<readonly FlowReport[]> {
  const [first] = plan.environments;
  const { storage, report } = await logins.of(undefined);
  if (first === undefined || report.kind === 'refused') return [];
  const flows: FlowReport[] = [];
  for (const [index, later] of plan.later.entries()) {
    const { environment } = later;
    const wholeMs = run.request.settings.explore.seconds * 1000;
    const wantedMs = later.isAsked ? MIN_MS : wholeMs * SPARE_SHARE * ALMOST;
    if (run.budget.within(wantedMs) < wantedMs || run.budget.isSpent()) {
      noteNoTime(run, later);
      continue;
    }
    reportProgress(run, 'comparing', environment.name);
    const unfinished = new Map<string, readonly string[]>();
    const shortfalls = new Set<string>();
    const budget = later.isAsked
      ? run.budget.share(1 / (plan.later.length - index))
      : run.budget.sooner((wholeMs * MOST_SHARE) / run.budget.within(Number.POSITIVE_INFINITY));
    const tried = await inEngineOf(run, environment, async (inEngine) => {
      const there = { ...inEnvironment(inEngine, environment, first), budget, unfinished, shortfalls };
      const looking = { ...there, budget: budget.keeping(() => judgingMs(there)) };
      await visitPages(looking, { environment, storage });
      flows.push(...(await driveFlows(looking, { ...plan, environments: [environment] }, logins)));
      await judge(there);
    });
    if (tried.kind === 'not-tried') noteNotTried(run, later, tried.why);
    tellShortfalls(run, later, { unfinished, shortfalls });
  }
  return later(flows, plan);
}

/** A flow for which an environment that nobody asked for had no time is not one that could not run. */
function later(flows: readonly FlowReport[], plan: Plan): readonly FlowReport[] {
  const asked = new Set(
    plan.later.filter(({ isAsked }) => isAsked).map(({ environment }) => environment.name),
  );
  return flows.filter(({ status, viewport }) => status !== 'could-not-run' || asked.has(viewport));
}

function noteNoTime(run: Run, later: LaterEnvironment): void {
  const { environment, isAsked } = later;
  if (!run.budget.isSpent()) return noteNotTried(run, later, 'too little of the time was left for it');
  run.coverage.notReached.set(`environment ${environment.name}`, run.budget.why());
  if (isAsked) noteUnfinished(run, `the environment ${environment.name}`);
}

function noteNotTried(run: Run, { environment, isAsked }: LaterEnvironment, why: string): void {
  run.coverage.notReached.set(`environment ${environment.name}`, why);
  if (isAsked) run.shortfalls.add(`the environment ${environment.name} was not tried: ${why}`);
}

function tellShortfalls(
  run: Run,
  { environment, isAsked }: LaterEnvironment,
  { unfinished, shortfalls }: Pick<Run, 'unfinished' | 'shortfalls'>,
): void {
  for (const [why, what] of unfinished) {
    if (isAsked) run.unfinished.set(why, [...(run.unfinished.get(why) ?? []), ...what]);
    else run.coverage.notReached.set(`all of the environment ${environment.name}`, why);
  }
  for (const one of shortfalls) {
    if (isAsked) run.shortfalls.add(one);
    else run.coverage.notReached.set(`all of the environment ${environment.name}`, one);
  }
}
