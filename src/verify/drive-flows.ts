import type { Flow } from '../domain/flow.ts';
import { driveFlow, type FlowReport } from './drive-flow.ts';
import type { Logins } from './login/roles.ts';
import type { Environment, Plan } from './plan.ts';
import { noteUnfinished, type Run } from './run.ts';

/** Drives every flow of the plan in every environment. */
export async function driveFlows(run: Run, plan: Plan, logins: Logins): Promise<readonly FlowReport[]> {
  const reports: FlowReport[] = [];
  for (const environment of plan.environments) {
    for (const flow of plan.flows) {
      if (!run.budget.isSpent()) {
        reports.push(await driveAs(run, flow, { environment, logins }));
        continue;
      }
      noteUnfinished(run, `flow “${flow.name}” (${environment.name})`);
      reports.push(couldNotRun(flow, environment, run.budget.why()));
    }
  }
  return reports;
}

/** Drives a flow in its role; a role of its own that could not log in leaves nothing to drive. */
async function driveAs(
  run: Run,
  flow: Flow,
  { environment, logins }: { readonly environment: Environment; readonly logins: Logins },
): Promise<FlowReport> {
  const { report, storage } = await logins.of(flow.as);
  if (flow.as === undefined || report.kind === 'ok')
    return driveFlow(run, flow, { environment, storage, as: flow.as });
  return couldNotRun(flow, environment, `the account “${flow.as}” is not logged in: ${report.why}`);
}

/** Every flow of the plan as one that was not driven. */
export function flowsThatCouldNotRun(plan: Plan, why: string): readonly FlowReport[] {
  return plan.environments.flatMap((environment) =>
    plan.flows.map((flow) => couldNotRun(flow, environment, why)),
  );
}

function couldNotRun(flow: Flow, environment: Environment, why: string): FlowReport {
  const steps = flow.steps.map((step) => ({ step, base: 'not-run', head: 'not-run' }) as const);
  return { name: flow.name, viewport: environment.name, status: 'could-not-run', why, steps };
}
