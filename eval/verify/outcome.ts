import type { Family, Variant } from '../../examples/bank/variant.ts';
import type { Finding, Severity } from '../../src/domain/finding.ts';
import type { VerifyReport } from '../../src/domain/report.ts';

/** One finding, as far as the evaluation is concerned. */
export interface ScoredFinding {
  readonly id: string;
  readonly source: string;
  readonly category: string;
  readonly severity: Severity;
  readonly title: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Steps of the reproduction without the first `goto` and without expectations; absent when it has none. */
  readonly actions?: number;
  readonly confidence: number;
  readonly witness?: string;
}

/** Whether a finding's test tells the sides apart when it is really run. */
export interface WitnessOutcome {
  readonly finding: string;
  readonly base: 'passed' | 'failed' | 'not run';
  readonly head: 'passed' | 'failed' | 'not run';
  readonly why?: string;
}

/** What became of one variant. */
export interface Outcome {
  readonly id: string;
  readonly app: string;
  /** `same`: the base against itself. */
  readonly family: Family | 'harmless' | 'same';
  readonly description: string;
  /** Absent when the run gave no report. */
  readonly verdict: 'found' | 'missed' | 'false alarm' | 'silent' | 'crashed';
  readonly why?: string;
  readonly findings: readonly ScoredFinding[];
  readonly coverage?: {
    readonly states: number;
    readonly transitions: number;
    readonly actions: number;
    readonly pages: number;
  };
  readonly seconds: number;
  /** Load average of the machine at the end, for each core: above 1, seconds buy less than they should. */
  readonly load?: number;
  readonly witnesses?: readonly WitnessOutcome[];
}

/** What a run is scored as: the variant, or an app's base against itself. */
export interface Subject {
  readonly id: string;
  readonly app: Variant['app'];
  readonly variant?: Variant;
}

/** Scores a report. Pre-existing findings stand apart in the report and do not count. */
export function scoreReport(subject: Subject, report: VerifyReport, seconds: number): Outcome {
  const findings = report.findings.filter((finding) => finding.onBase !== true);
  const { states, transitions, actions, pages } = report.coverage;
  const { outcome } = report;
  return {
    ...describe(subject),
    verdict: verdictOf(subject, findings),
    ...(outcome.kind === 'verified' ? {} : { why: `${outcome.kind}: ${outcome.why}` }),
    findings: findings.map(toScored),
    coverage: { states, transitions, actions, pages: pages.length },
    seconds,
  };
}

/** The outcome of a run that ended without a report. */
export function crashedOutcome(subject: Subject, why: string, seconds: number): Outcome {
  return { ...describe(subject), verdict: 'crashed', why, findings: [], seconds };
}

function describe({ id, app, variant }: Subject): Pick<Outcome, 'id' | 'app' | 'family' | 'description'> {
  if (variant === undefined) return { id, app, family: 'same', description: 'The base against itself.' };
  return {
    id,
    app,
    family: variant.harmless ? 'harmless' : variant.family,
    description: variant.harmless ? variant.description : variant.sees,
  };
}

function verdictOf({ variant }: Subject, findings: readonly Finding[]): Outcome['verdict'] {
  if (variant === undefined || variant.harmless) return findings.length === 0 ? 'silent' : 'false alarm';
  const { countsWhen } = variant;
  const counting = findings.filter(({ title, body, expected, actual }) => {
    const text = [title, body, expected, actual].join('\n');
    return countsWhen === undefined || new RegExp(countsWhen).test(text);
  });
  return counting.length === 0 ? 'missed' : 'found';
}

function toScored(finding: Finding): ScoredFinding {
  const { id, source, category, severity, title, expected, actual, confidence, witness, steps } = finding;
  return {
    id,
    source,
    category,
    severity,
    title,
    ...(expected === undefined ? {} : { expected: expected.slice(0, 300) }),
    ...(actual === undefined ? {} : { actual: actual.slice(0, 300) }),
    ...(steps === undefined ? {} : { actions: countActions(steps) }),
    confidence,
    ...(witness === undefined ? {} : { witness }),
  };
}

function countActions(steps: NonNullable<Finding['steps']>): number {
  const acting = steps.filter((step) => !('expect' in step));
  const first = acting[0];
  return first !== undefined && 'goto' in first ? acting.length - 1 : acting.length;
}
