import type { VerifyReport } from '../domain/report.ts';
import { driveFlows } from './drive-flows.ts';
import { explorePages } from './explore-pages.ts';
import { findAccount, logInOnBoth } from './log-in-both.ts';
import { openRun } from './open-run.ts';
import { type Plan, planRun } from './plan.ts';
import type { VerifyPorts } from './ports.ts';
import { writeReport } from './report.ts';
import type { VerifyRequest } from './request.ts';
import type { Run } from './run.ts';
import { exploreStates } from './tour/explore-states.ts';
import { judge } from './tour/judge.ts';

/** The part of the time that visiting every page by its links may use. */
const PAGES_SHARE = 0.35;
/** Time that is kept to shrink and prove the first thing that is suspected, each further one, and all at most. */
const FIRST_JUDGING_MS = 32_000;
const NEXT_JUDGING_MS = 12_000;
const MAX_JUDGING_SHARE = 0.5;

/**
 * Tries the head beside the base in one browser and reports what the head does otherwise.
 *
 * Expected outcomes (no preview, login refused, budget used up) are in the report. Throws `UserError` for a flow name
 * that does not exist or a browser that is missing, `TransientError` when the browser fails, and the signal's reason
 * when it is aborted; the browser has ended by then.
 */
export async function verifyPreview(
  request: VerifyRequest,
  ports: VerifyPorts,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const plan = planRun(request);
  const account = await findAccount(request, ports.secrets);
  const opened = await openRun({ request, plan, account }, ports, signal);
  if (opened.kind === 'not-ready') return opened.report;
  const { run, environment } = opened;
  try {
    const login = await logInOnBoth(run, account, environment);
    const looking = { ...run, budget: run.budget.keeping(() => judgingMs(run)) };
    // Pages come first: what flows leave on the servers would show in them.
    const budget = looking.budget.sooner(PAGES_SHARE).leaving(stepsOf(plan));
    await explorePages({ ...looking, budget }, plan, login.storage);
    const flows = login.report.kind === 'refused' ? [] : await driveFlows(looking, plan, login.storage);
    if (request.exploration?.kind === 'withheld') {
      run.coverage.notReached.set('states behind forms and buttons', request.exploration.why);
      run.shortfalls.add(`forms and buttons were not tried: ${request.exploration.why}`);
    } else await exploreStates(looking, { environment, storage: login.storage });
    await judge(run);
    return await writeReport(run, { plan, login: login.report, flows });
  } finally {
    await run.browser.close();
  }
}

function judgingMs({ suspects, request }: Run): number {
  const count = suspects.confirmed.size + suspects.states.size;
  if (count === 0) return 0;
  const wanted = FIRST_JUDGING_MS + NEXT_JUDGING_MS * (count - 1);
  return Math.min(wanted, request.settings.explore.seconds * 1000 * MAX_JUDGING_SHARE);
}

/** How many actions the flows of a plan need. */
function stepsOf({ flows, environments }: Plan): number {
  return flows.reduce((sum, { steps }) => sum + steps.length + 1, 0) * environments.length;
}
