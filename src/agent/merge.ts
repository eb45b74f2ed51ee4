import { type Location, SEVERITIES } from '../domain/finding.ts';
import type { Candidate } from './candidates.ts';
import type { KnownFinding } from './task.ts';

/** Anchors this many lines apart can have one cause. */
const NEAR = 3;
/** Share of common words from which two claims near each other are one. */
const ALIKE = 0.45;

/** Several claims about one cause. The first is the one to tell; the others are named in it. */
export interface Cause {
  readonly candidate: Candidate;
  readonly others: readonly Candidate[];
}

/** Puts claims with the same cause together, whoever made them: the gravest and surest one speaks. */
export function mergeCauses(candidates: readonly Candidate[]): readonly Cause[] {
  const ranked = [...candidates].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      Number(b.category === 'security') - Number(a.category === 'security') ||
      b.confidence - a.confidence,
  );
  const causes: { candidate: Candidate; others: Candidate[] }[] = [];
  for (const candidate of ranked) {
    const same = causes.find((cause) => hasSameCause(cause.candidate, candidate));
    if (same === undefined) causes.push({ candidate, others: [] });
    else same.others.push(candidate);
  }
  return causes;
}

/** Whether a deterministic finding already says it. */
export function isKnown(candidate: Candidate, known: readonly KnownFinding[]): boolean {
  return known.some(
    ({ location, title, category }) =>
      category === candidate.category &&
      isNear(location, candidate.location, 0) &&
      (isAttempt(candidate) || likeness(wordsOf(title), wordsOf(candidate.title)) >= ALIKE),
  );
}

/** Of claims at the same lines, a smaller share is enough. */
const ALIKE_AT_ONE_PLACE = 0.3;

/** Whether a finding says what was told before, in whatever words. */
export function isToldAgain(finding: Told, before: Told): boolean {
  if (finding.category !== before.category || !isNear(finding.location, before.location, NEAR)) return false;
  if (finding.location.startLine === before.location.startLine) return true;
  const share = likeness(
    wordsOf(`${finding.title} ${finding.body}`),
    wordsOf(`${before.title} ${before.body}`),
  );
  return share >= (isNear(finding.location, before.location, 0) ? ALIKE_AT_ONE_PLACE : ALIKE);
}

interface Told {
  readonly category: string;
  readonly title: string;
  readonly body: string;
  readonly location: Location;
}

/** Claims of attempts to instruct the reviewer, which our own rule finds by its words. */
function isAttempt({ kind }: Candidate): boolean {
  return kind === 'reviewer-instruction';
}

function hasSameCause(a: Candidate, b: Candidate): boolean {
  if (!isNear(a.location, b.location, NEAR)) return false;
  if (a.category === b.category && a.location.startLine === b.location.startLine && a.kind === b.kind) {
    return true;
  }
  return likeness(wordsOf(textOf(a)), wordsOf(textOf(b))) >= ALIKE;
}

function isNear(a: Candidate['location'], b: Candidate['location'], lines: number): boolean {
  return (
    a.path === b.path &&
    a.side === b.side &&
    a.startLine <= b.endLine + lines &&
    b.startLine <= a.endLine + lines
  );
}

function textOf({ title, mechanism, consequence }: Candidate): string {
  return `${title} ${mechanism} ${consequence}`;
}

/** Words of four letters and more by their first five, so that endings do not matter. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    (text.toLowerCase().match(/[\p{L}_$][\p{L}\p{N}_$]{3,}/gu) ?? []).map((word) => word.slice(0, 5)),
  );
}

/** Common words over those of the shorter text. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  return smaller === 0 ? 0 : [...a].filter((word) => b.has(word)).length / smaller;
}
