import type { VerifyReport } from '../../domain/report.ts';
import type { PreviewCandidate, RejectedPreview } from './candidate.ts';

const MAX_REJECTED = 30;
const MAX_TEXT = 400;

/** What a report keeps of the search: what was taken and why, and the first of what was not. */
export function describeSearch(
  taken: PreviewCandidate | undefined,
  rejected: readonly RejectedPreview[],
): NonNullable<VerifyReport['search']> {
  const distinct = new Map(rejected.map(({ what, why }) => [`${what}\n${why}`, { what, why }]));
  const listed = [...distinct.values()].slice(0, MAX_REJECTED);
  const left = distinct.size - listed.length;
  return {
    ...(taken === undefined ? {} : { taken: cut(taken.why) }),
    rejected: [
      ...listed.map(({ what, why }) => ({ what: cut(what), why: cut(why) })),
      ...(left === 0 ? [] : [{ what: `${left} more`, why: 'left out of this list' }]),
    ],
  };
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT).toWellFormed()}…`;
}
