import type { ReviewCategory } from '../domain/finding.ts';
import type { Desk, Usage } from './desk.ts';
import type { Cause } from './merge.ts';
import type { Assignment, Plan } from './plan-reading.ts';
import type { PacketReading } from './read-packet.ts';
import type { ReaderReport } from './reading.ts';
import type { Checked } from './verify-cause.ts';

/** When something was done, from the beginning of the reading. */
export interface Timed {
  readonly startedMs: number;
  readonly endedMs: number;
}

/** One packet that was read. */
export interface Work extends Timed {
  readonly assignment: Assignment;
  readonly reading: PacketReading;
}

/** One cause that was verified. */
interface Settled extends Timed {
  readonly cause: Pick<Cause, 'candidate'>;
  readonly checked: Checked;
}

/** Adds up per reviewer what was read, what was not, and what it took. */
export function reportReaders(
  categories: readonly ReviewCategory[],
  {
    plan,
    works,
    settled,
  }: { readonly plan: Plan; readonly works: readonly Work[]; readonly settled: readonly Settled[] },
  desk: Desk,
): ReaderReport[] {
  return categories.map((category) => {
    const own = works.filter(({ assignment }) => assignment.finder.category === category);
    // The intent pass compares; the reading of hunks is that of the finder proper.
    const readings = own.filter(({ assignment }) => assignment.finder.name === category);
    const checks = settled.filter(({ cause }) => cause.candidate.category === category);
    const usage = desk.usage.of(category);
    const hunks = new Set(
      readings.flatMap(({ assignment }) =>
        assignment.packet.passages.map(({ path, hunk }) => hunkKey(path, hunk)),
      ),
    );
    const unread = new Map(
      readings.flatMap(({ reading }) =>
        reading.unread.map(({ passage: { path, hunk }, reason }) => [
          hunkKey(path, hunk),
          { path, hunk, reason },
        ]),
      ),
    );
    return {
      category,
      models: [...usage.models],
      hunksTotal: hunks.size,
      unread: [...unread.values()],
      problems: [...problemsOf(category, plan, own, checks), ...countingOf(usage)],
      inputTokens: usage.tokens.input,
      cachedTokens: usage.tokens.cached,
      outputTokens: usage.tokens.output,
      calls: usage.calls,
      usd: usage.usd,
      unpriced: [...usage.unpriced],
      ms: spanOf([...own, ...checks]),
    };
  });
}

function problemsOf(
  category: ReviewCategory,
  plan: Plan,
  works: readonly Work[],
  checks: readonly Settled[],
): string[] {
  const skipped = [...plan.skipped]
    .filter(([name]) => name === category || (name === 'intent' && category === 'logic'))
    .map(([, reason]) => reason);
  const intent = works
    .filter(({ assignment, reading }) => assignment.finder.name === 'intent' && reading.unread.length > 0)
    .map(({ reading }) => `not compared with its description: ${reading.unread[0]?.reason ?? ''}`);
  const unchecked = checks.flatMap(({ checked }) => (checked.kind === 'not-checked' ? [checked.why] : []));
  const [why] = unchecked;
  return [
    ...skipped,
    ...intent,
    ...(why === undefined ? [] : [`${unchecked.length} of its claims not verified: ${why}`]),
  ];
}

function countingOf({ calls, uncounted, models }: Usage): string[] {
  return uncounted === 0
    ? []
    : [
        `${[...models].join(', ')} did not count tokens in ${uncounted} of ${calls} answers: theirs are an estimate`,
      ];
}

function hunkKey(path: string, hunk: number): string {
  return JSON.stringify([path, hunk]);
}

function spanOf(timed: readonly Timed[]): number {
  if (timed.length === 0) return 0;
  return (
    Math.max(...timed.map(({ endedMs }) => endedMs)) - Math.min(...timed.map(({ startedMs }) => startedMs))
  );
}
