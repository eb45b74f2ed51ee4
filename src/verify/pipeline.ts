import { BrowserLostError } from '../domain/errors.ts';
import type { VerifyReport } from '../domain/report.ts';
import type { FlowReport } from './drive-flow.ts';
import { driveFlows, flowsThatCouldNotRun } from './drive-flows.ts';
import { explorePages } from './explore-pages.ts';
import type { LoginOf } from './ledger.ts';
import { type BothLogins, tellLogin } from './login/log-in-both.ts';
import { type Accounts, createLogins, findAccounts } from './login/roles.ts';
import { openRun } from './open-run.ts';
import { type Environment, type Plan, planRun } from './plan.ts';
import type { VerifyPorts } from './ports.ts';
import { writeReport } from './report.ts';
import type { VerifyRequest } from './request.ts';
import type { Run } from './run.ts';
import type { Surroundings } from './surroundings.ts';
import { exploreStates } from './tour/explore-states.ts';
import { judge, unjudged } from './tour/judge.ts';
import { wander } from './tour/wander.ts';
import { SPARE_SHARE, tryEnvironments } from './try-environments.ts';

/** The part of the time that visiting every page by its links may use. */
const PAGES_SHARE = 0.35;
/** The part of what is left then that trying every control and pairs of them may use before walks by chance. */
const STATES_SHARE = 0.65;
/** Time that is kept to judge what is suspected: at all, to prove each, to shorten it by each of its steps; all at most. */
const JUDGING_MS = 14_000;
const PROOF_MS = 10_000;
const STEP_MS = 2_000;
const MAX_JUDGING_SHARE = 0.5;
/** The part of the time that is kept for the environments that the configuration names. */
const LATER_SHARE = 0.25;

/**
 * Tries the head beside the base in one browser and reports what the head does otherwise.
 *
 * Expected outcomes (no preview, login refused, budget used up) are in the report. Throws `UserError` for a flow name
 * that does not exist or a browser that is missing, `TransientError` when the browser does not start, and the signal's
 * reason when it is aborted; its sessions have ended by then. A browser that ends meanwhile is replaced a few times.
 */
export async function verifyPreview(
  request: VerifyRequest,
  ports: VerifyPorts,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const plan = planRun(request, await ports.browser.otherEngines?.());
  const roles = plan.flows.map((flow) => flow.as);
  const accounts = await findAccounts(request, roles, ports.secrets);
  const opened = await openRun({ request, plan, accounts }, ports, signal);
  if (opened.kind === 'not-ready') return opened.report;
  const { run, environment } = opened;
  try {
    const done = await tryOut(run, { plan, accounts, environment });
    return await writeReport(run, { plan, ...done });
  } finally {
    await run.browser.close();
  }
}

type Done = Omit<Parameters<typeof writeReport>[1], 'plan'>;

/** Logs in, drives and judges. What was left when the browser ended for good is in the shortfalls. */
async function tryOut(
  run: Run,
  {
    plan,
    accounts,
    environment,
  }: { readonly plan: Plan; readonly accounts: Accounts; readonly environment: Environment },
): Promise<Done> {
  const { request } = run;
  const done: { login?: BothLogins; loginOf?: LoginOf; flows?: readonly FlowReport[] } = {};
  try {
    const logins = createLogins(run, accounts, environment);
    done.loginOf = (role) => logins.doneBy(role);
    const login = await logins.of(undefined);
    done.login = login;
    const looking = { ...run, budget: run.budget.keeping(() => judgingMs(run) + laterMs(plan, request)) };
    // Pages come first: what flows leave on the servers would show in them.
    const budget = looking.budget.sooner(PAGES_SHARE).leaving(stepsOf(plan));
    await explorePages({ ...looking, budget }, plan, login);
    done.flows = login.report.kind === 'refused' ? [] : await driveFlows(looking, plan, logins);
    if (request.exploration?.kind === 'withheld') {
      run.coverage.notReached.set('states behind forms and buttons', request.exploration.why);
      run.shortfalls.add(`forms and buttons were not tried: ${request.exploration.why}`);
    } else await tryStates(looking, { environment, storage: login.storage });
    await judge({ ...run, budget: run.budget.keeping(() => laterMs(plan, request)) });
    const elsewhere = await tryEnvironments(run, plan, { logins, judgingMs });
    done.flows = [...done.flows, ...elsewhere];
  } catch (error) {
    if (!(error instanceof BrowserLostError)) throw error;
    run.shortfalls.add(error.message);
    done.flows ??= flowsThatCouldNotRun(plan, error.message);
  }
  const { report } = done.login ?? NO_LOGIN;
  return { login: tellLogin(run, report), flows: done.flows ?? [], loginOf: done.loginOf };
}

/** Everything once and in pairs, then walks through what belongs together, no longer than the first has taken. */
async function tryStates(run: Run, where: Surroundings): Promise<void> {
  const before = run.budget.used();
  const learned = await exploreStates({ ...run, budget: run.budget.sooner(STATES_SHARE) }, where);
  await wander(run, where, { learned, actions: run.budget.used() - before });
}

const NO_LOGIN: Pick<BothLogins, 'report'> = {
  report: { kind: 'could-not-try', why: 'the browser ended' },
};

/** What is kept for the environments after the first; those that nobody asked for get little, and what is left. */
function laterMs({ later }: Plan, { settings }: VerifyRequest): number {
  if (later.length === 0) return 0;
  const share = later.some(({ isAsked }) => isAsked) ? LATER_SHARE : SPARE_SHARE;
  return settings.explore.seconds * 1000 * share;
}

function judgingMs({ suspects, request }: Run): number {
  const { behaviour, looks } = unjudged(suspects);
  const count = behaviour.length + looks.length;
  if (count === 0) return 0;
  const steps = behaviour.reduce((sum, suspect) => sum + suspect.steps.length, 0);
  return Math.min(
    JUDGING_MS + PROOF_MS * count + STEP_MS * steps,
    request.settings.explore.seconds * 1000 * MAX_JUDGING_SHARE,
  );
}

/** How many actions the flows of a plan need. */
function stepsOf({ flows, environments }: Plan): number {
  return flows.reduce((sum, { steps }) => sum + steps.length + 1, 0) * environments.length;
}
