import { keepConfirmed } from './confirm.ts';
import { driveFlow, type FlowReport } from './drive-flow.ts';
import type { Pair } from './pair.ts';
import type { Environment, Plan } from './plan.ts';
import type { StorageState } from './ports.ts';
import { noteUnfinished, type Run } from './run.ts';

/** Drives every flow of the plan in every environment; what one pass finds, a second pass must find again. */
export async function driveFlows(
  run: Run,
  plan: Plan,
  storage: Pair<StorageState> | undefined,
): Promise<readonly FlowReport[]> {
  const reports: FlowReport[] = [];
  for (const environment of plan.environments) {
    for (const flow of plan.flows) reports.push(await driveAndConfirm(run, flow, { environment, storage }));
  }
  return reports;
}

async function driveAndConfirm(
  run: Run,
  flow: Plan['flows'][number],
  where: { readonly environment: Environment; readonly storage: Pair<StorageState> | undefined },
): Promise<FlowReport> {
  if (run.budget.isSpent()) {
    noteUnfinished(run, `flow “${flow.name}” (${where.environment.name})`);
    return notDriven(flow, where.environment, run.budget.why());
  }
  const pass = await driveFlow(run, flow, where);
  const fresh = pass.differences.filter((one) => one.isOnBase !== true && !run.ledger.has(one.key));
  if (fresh.length === 0) {
    for (const one of pass.differences) run.ledger.add(one, 'confirmed');
    return pass.report;
  }
  const again = await driveFlow(run, flow, { ...where, recheck: { first: pass } });
  const name = `${flow.name} (${where.environment.name})`;
  keepConfirmed(run, {
    first: pass.differences,
    second: again.differences,
    where: name,
    wasCut: again.wasCut,
  });
  // A failure that did not come again is noise, and so is the verdict that rested on it.
  const isFlaky = pass.report.status === 'failed' && again.report.status === 'passed';
  return isFlaky ? again.report : pass.report;
}

function notDriven(flow: Plan['flows'][number], environment: Environment, why: string): FlowReport {
  return {
    name: flow.name,
    viewport: environment.name,
    status: 'could-not-run',
    why,
    steps: flow.steps.map((step) => ({ step, base: 'not-run', head: 'not-run' })),
  };
}
