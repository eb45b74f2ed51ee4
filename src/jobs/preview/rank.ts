import {
  type Considered,
  type PreviewCandidate,
  type RejectedPreview,
  reject,
  SOURCES,
} from './candidate.ts';
import { purposeOf } from './project-name.ts';

export interface RankedPreviews {
  /** The best of each project of each service, best first. */
  readonly candidates: readonly PreviewCandidate[];
  readonly rejected: readonly RejectedPreview[];
}

const PURPOSES = ['preview', 'other', 'in-use'] as const;

/**
 * Ranks everything that was considered: by source, then by what the environment is for, then the newest first.
 *
 * The same project is often named by several: its best address is taken, the others are rejected as such. A source that names no
 * project speaks of the service's only one.
 */
export function rankPreviews(considered: readonly Considered[]): RankedPreviews {
  const sorted = considered.filter((one) => one.kind === 'candidate').sort(compare);
  const rejected = considered.filter((one) => one.kind === 'rejected');
  const taken: PreviewCandidate[] = [];
  for (const candidate of sorted) {
    const better = taken.find((one) => isSameProject(one, candidate));
    if (better === undefined) taken.push(candidate);
    else if (better.url !== candidate.url) rejected.push(reject(candidate.url, whyNot(better, candidate)));
  }
  return { candidates: taken, rejected };
}

function compare(a: PreviewCandidate, b: PreviewCandidate): number {
  return (
    SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) ||
    purposeRank(a) - purposeRank(b) ||
    timeOf(b) - timeOf(a)
  );
}

function purposeRank({ environment }: PreviewCandidate): number {
  return environment === undefined ? 0 : PURPOSES.indexOf(purposeOf(environment));
}

function timeOf({ createdAt }: PreviewCandidate): number {
  const time = Date.parse(createdAt ?? '');
  return Number.isNaN(time) ? 0 : time;
}

function isSameProject(better: PreviewCandidate, other: PreviewCandidate): boolean {
  if (better.url === other.url) return true;
  // Who names an address by hand means this one only.
  if (better.source === 'command') return true;
  if (better.source === other.source) {
    return better.project === other.project && isSameService(better, other);
  }
  // Guesses are no further project beside something that is known.
  if (isGuess(other)) return true;
  if (!isSameService(better, other)) return false;
  return better.project === other.project || better.project === '' || other.project === '';
}

/** Different services deploy different things; a host of the customer's own may be any service's. */
function isSameService(a: PreviewCandidate, b: PreviewCandidate): boolean {
  return a.provider === undefined || b.provider === undefined || a.provider === b.provider;
}

function isGuess({ source }: PreviewCandidate): boolean {
  return source === 'template' || source === 'undated-comment' || source === 'description';
}

function whyNot(better: PreviewCandidate, candidate: PreviewCandidate): string {
  const place = better.source === candidate.source ? 'newer or meant for trying' : 'more certain';
  return `it is ${candidate.why}; ${better.why} is ${place}`;
}
