import type { ReviewReport } from '../domain/report.ts';
import { oneLine } from './escape.ts';
import { count, hunksReadOf } from './words.ts';

/** `41 of 41 hunks read`, after the reviewer with the most left unread; `undefined` when none had a hunk to read. */
export function describeReading(report: ReviewReport): string | undefined {
  const readers = report.reviewers.filter((one) => one.status === 'reviewed' && one.hunksTotal > 0);
  const [first, ...others] = readers;
  if (first === undefined) return undefined;
  const least = others.reduce(
    (worst, one) => (one.hunksTotal - one.hunksRead > worst.hunksTotal - worst.hunksRead ? one : worst),
    first,
  );
  return hunksReadOf(least.hunksRead, least.hunksTotal);
}

/** What is to be said beside the hunks: reviewers that had nothing to read, and files that were not read whole. */
export function readingGaps(report: ReviewReport): readonly string[] {
  const idle = report.reviewers.filter((one) => one.status === 'reviewed' && one.hunksTotal === 0);
  const names = idle.map((one) => one.category).join(' and ');
  const files = report.notAnalysed.length;
  return [
    ...(idle.length === 0 ? [] : [`nothing to read for ${names}`]),
    ...(files === 0 ? [] : [`${count(files, 'changed file')} not fully read`]),
  ];
}

/** `nothing to read: ` with the reason that most files share. */
export function nothingToRead(report: ReviewReport): string {
  const [commonest] = [...Map.groupBy(report.notAnalysed, (file) => file.reason)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return commonest === undefined
    ? 'nothing to read: the diff adds no line to a file that a reviewer reads'
    : `nothing to read in ${count(report.notAnalysed.length, 'changed file')}: ${oneLine(commonest[0], 160)}`;
}
