import { SCHEMA_VERSION, type VerifyReport } from '../domain/report.ts';
import { createRedactor } from '../lib/redact.ts';
import type { FlowReport } from './drive-flow.ts';
import type { LoginOf } from './ledger.ts';
import type { LoginReport } from './login/find-account.ts';
import type { Plan } from './plan.ts';
import { type Run, reportProgress } from './run.ts';

interface ReportParts {
  readonly plan: Plan;
  readonly login: LoginReport;
  /** How the accounts logged in, for the tests that repeat it. */
  readonly loginOf?: LoginOf | undefined;
  readonly flows: readonly FlowReport[];
}

/** Writes pictures and witnesses and puts the report together; no secret of the run stands in it. */
export async function writeReport(
  run: Run,
  { plan, login, loginOf, flows }: ReportParts,
): Promise<VerifyReport> {
  reportProgress(run, 'comparing', 'writing pictures');
  const redact = createRedactor(run.secrets);
  const published = await run.ledger.publish(
    {
      write: (name, bytes) =>
        run.ports.artifacts.write(
          name,
          name.endsWith('.ts') ? Buffer.from(redact(Buffer.from(bytes).toString())) : bytes,
        ),
    },
    loginOf,
    [...plan.environments, ...plan.later.map(({ environment }) => environment)],
  );
  const exercised = run.exercised.report(run.coverage.notReached);
  const report: VerifyReport = {
    ...emptyReport(run, outcomeOf(run, { plan, login, flows })),
    findings: [...published.findings],
    changes: [...published.changes],
    preExisting: [...published.preExisting],
    login,
    flows: [...flows],
    ...(exercised === undefined ? {} : { exercised }),
  };
  reportProgress(run, 'done', `${report.findings.length} findings`);
  return redactAll(report, redact);
}

/** The report as it stands without findings and flows. */
export function emptyReport(run: Run, outcome: VerifyReport['outcome']): VerifyReport {
  const { request, coverage, sites } = run;
  const report: VerifyReport = {
    kind: 'verify',
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'firsthand', version: request.version },
    startedAt: request.startedAt.toISOString(),
    ms: Math.round(run.ports.elapsedMs()),
    findings: [],
    head: request.head,
    ...(sites.base === undefined || request.base === undefined ? {} : { base: request.base }),
    seed: request.seed,
    browser: { name: run.browser.name, replaced: run.browser.replaced() },
    outcome,
    login: { kind: 'none', why: 'the run ended before the login' },
    flows: [],
    coverage: {
      states: coverage.states.size,
      transitions: coverage.transitions.size,
      actions: run.budget.used(),
      pages: [...coverage.pages].sort(),
      notReached: [...coverage.notReached].slice(0, 200).map(([what, why]) => ({ what, why })),
    },
    noise: [...run.noise.values()],
    changes: [],
    preExisting: [],
  };
  return redactAll(report, createRedactor(run.secrets));
}

function outcomeOf(run: Run, { plan, login, flows }: ReportParts): VerifyReport['outcome'] {
  if (login.kind === 'refused') return { kind: 'login-refused', why: login.why };
  const shortfalls = [...run.shortfalls];
  for (const [why, what] of run.unfinished)
    shortfalls.push(`${why}, so these were not done: ${what.slice(0, 6).join(', ')}`);
  if (run.coverage.refused.size > 0) {
    const origins = [...run.coverage.refused].slice(0, 5).join(', ');
    shortfalls.push(`Firsthand refused what the pages load from ${origins}`);
  }
  if (login.kind === 'could-not-try') shortfalls.push(`not logged in: ${login.why}`);
  const undone = flows.filter(
    (flow) =>
      flow.status === 'could-not-run' &&
      !run.unfinished.has(flow.why ?? '') &&
      !(run.request.isOneOfSeveral === true && isOfNeither(flow)),
  );
  if (undone.length > 0) {
    const names = undone.map((flow) => `“${flow.name}” (${flow.why ?? 'no reason given'})`);
    shortfalls.push(`flows that could not run: ${names.slice(0, 5).join(', ')}`);
  }
  if (plan.flows.length === 0 && run.coverage.states.size <= 1) {
    shortfalls.push('no flow is configured, and nothing on the first page led to another state');
  }
  if (shortfalls.length === 0) return { kind: 'verified' };
  return { kind: 'partly-verified', why: shortfalls.slice(0, 8).join('; ') };
}

/** Neither side could do a step: the flow is for another product, or out of date. */
function isOfNeither({ steps }: FlowReport): boolean {
  return steps.some(({ base, head }) => base === 'impossible' && head === 'impossible');
}

/** Fields whose few values are ours: a user name such as `state` must not blot them out. */
const OWN_WORDS = new Set([
  'kind',
  'id',
  'category',
  'severity',
  'evidence',
  'status',
  'source',
  'base',
  'head',
  'startedAt',
]);

/** Redacts every text of the report but for our own words. */
function redactAll(report: VerifyReport, redact: (text: string) => string): VerifyReport {
  // A report is JSON data, so it keeps its shape on the way out and in.
  const clean = JSON.parse(JSON.stringify(report), (key, inner: unknown) =>
    typeof inner === 'string' && !OWN_WORDS.has(key) ? redact(inner) : inner,
  ) as VerifyReport;
  return { ...clean, tool: report.tool };
}
