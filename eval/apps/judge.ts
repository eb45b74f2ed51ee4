import type { Finding } from '../../src/domain/finding.ts';
import { describeStep } from '../../src/domain/flow.ts';
import type { WitnessOutcome } from '../verify/outcome.ts';
import type { Compared } from './compare-shops.ts';
import type { Fault } from './faults.ts';

/** What one comparison says about the engine. */
export interface Judged {
  /** `same`: the base against itself. */
  readonly id: string;
  readonly verdict: 'silent' | 'false alarm' | 'found' | 'missed' | 'crashed' | 'did not look';
  /** Those that count: the ones that tell of the fault, or all of the base against itself. */
  readonly findings: readonly Finding[];
  /** What was said beside them. */
  readonly others: readonly Finding[];
  readonly seen: string;
  /** How many of the tests that came along fail on the head and pass on the base; absent when they were not run. */
  readonly witnesses?: { readonly telling: number; readonly run: number };
  readonly seconds: number;
  readonly why?: string;
}

/** Fewer pages than this are no look at a shop: silence about them says nothing. */
const LEAST_PAGES = 3;

/** Judges one comparison; what is equally true of the base stands apart in a report and does not count. */
export function judge(fault: Fault | undefined, compared: Compared): Judged {
  const id = fault?.id ?? 'same';
  const { seconds } = compared;
  if (compared.kind === 'crashed')
    return {
      id,
      verdict: 'crashed',
      findings: [],
      others: [],
      seen: 'no report',
      seconds,
      why: compared.why,
    };
  const { outcome, coverage } = compared.report;
  const findings = compared.report.findings.filter((finding) => finding.onBase !== true);
  const counting = findings.filter((finding) => fault === undefined || tellsOf(fault, finding));
  const looked = coverage.pages.length >= LEAST_PAGES && coverage.actions > 0;
  const verdict =
    fault !== undefined
      ? counting.length > 0
        ? 'found'
        : 'missed'
      : findings.length > 0
        ? 'false alarm'
        : looked
          ? 'silent'
          : 'did not look';
  return {
    id,
    verdict,
    findings: counting,
    others: findings.filter((finding) => !counting.includes(finding)),
    seen: `${coverage.pages.length} pages, ${coverage.states} states, ${coverage.actions} actions`,
    seconds,
    ...(compared.witnesses === undefined ? {} : { witnesses: countWitnesses(compared.witnesses) }),
    ...(outcome.kind === 'verified' ? {} : { why: `${outcome.kind}: ${outcome.why}` }),
  };
}

function countWitnesses(witnesses: readonly WitnessOutcome[]): NonNullable<Judged['witnesses']> {
  const telling = witnesses.filter(({ base, head }) => base === 'passed' && head === 'failed').length;
  return { telling, run: witnesses.length };
}

function tellsOf(fault: Fault, { title, body, expected, actual, url, steps = [] }: Finding): boolean {
  return fault.countsWhen.test(
    [title, body, expected, actual, url, ...steps.map(describeStep)].filter(Boolean).join('\n'),
  );
}

/** Whether the goal is reached: silence about nothing, and at most one of five faults missed. */
export function isGoalReached(judged: readonly Judged[]): boolean {
  const faults = judged.filter(({ id }) => id !== 'same');
  const missed = faults.filter(({ verdict }) => verdict !== 'found').length;
  const isQuiet = judged.every(({ id, verdict }) => id !== 'same' || verdict === 'silent');
  return isQuiet && missed <= Math.floor(faults.length / 5);
}

/** One line with the gravest of what counts, then one for each further finding. */
export function describeJudged({
  id,
  verdict,
  findings,
  others,
  seen,
  seconds,
  witnesses,
  why,
}: Judged): string {
  const [first, ...rest] = findings;
  const head = [verdict.padEnd(12), id.padEnd(22), `${seconds.toFixed(0).padStart(4)} s`, seen];
  const lines = [first === undefined ? head.join('  ') : `${head.join('  ')}  ${describeFinding(first)}`];
  lines.push(...rest.map((finding) => `    also    ${describeFinding(finding)}`));
  lines.push(...others.map((finding) => `    beside  ${describeFinding(finding)}`));
  if (witnesses !== undefined)
    lines.push(`    ${witnesses.telling} of ${witnesses.run} tests tell the sides apart`);
  if (why !== undefined) lines.push(`    ${why}`);
  return lines.join('\n');
}

function describeFinding({ severity, source, title, steps = [] }: Finding): string {
  const told = steps.map(describeStep);
  const how = told.length === 0 ? 'no steps' : `${told.length} steps: ${told.join(' → ')}`;
  return `${severity} ${source}: ${title} (${how})`;
}
