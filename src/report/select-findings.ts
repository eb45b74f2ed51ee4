import { type FileDiff, isCommentable } from '../domain/diff.ts';
import { compareFindings, type Finding, REVIEW_CATEGORIES } from '../domain/finding.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import type { PreviousRun } from './summary-state.ts';

/** The findings most severe first, each id once. */
export function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return [...findings].sort(compareFindings).filter((finding) => {
    if (seen.has(finding.id)) return false;
    seen.add(finding.id);
    return true;
  });
}

/** Where the findings of a review go. */
export interface Selection {
  /** New inline comments, most severe first. */
  readonly inline: readonly Finding[];
  /** Already commented on for an earlier head; not said again. */
  readonly stillOpen: readonly Finding[];
  /** Outside the diff, or past the number of inline comments that the repository wants. */
  readonly listed: readonly Finding[];
}

/** Decides which findings become inline comments. GitHub refuses a whole review for one place outside the diff. */
export function selectFindings(
  findings: readonly Finding[],
  options: {
    readonly diff: readonly FileDiff[];
    readonly maxInline: number;
    readonly alreadyInline: ReadonlySet<string>;
  },
): Selection {
  const inline: Finding[] = [];
  const stillOpen: Finding[] = [];
  const listed: Finding[] = [];
  for (const finding of uniqueFindings(findings)) {
    const place = finding.location;
    if (options.alreadyInline.has(finding.id)) stillOpen.push(finding);
    else if (place !== undefined && inline.length < options.maxInline && isCommentable(options.diff, place)) {
      inline.push(finding);
    } else listed.push(finding);
  }
  return { inline, stillOpen, listed };
}

type Reports = { readonly review?: ReviewReport; readonly verify?: VerifyReport };

/**
 * Compares the findings of an earlier head with those of this one.
 *
 * "No longer seen" is said only where the same place was looked at again: the reviewer read everything and the file
 * was not left out, or the preview was verified and the page or the flows were tried again.
 */
export function compareRuns(headSha: string, earlier: Reports, current: Reports): PreviousRun {
  const now = new Set(allFindings(current).map((finding) => finding.id));
  const before = uniqueFindings(allFindings(earlier));
  return {
    headSha,
    stillOpen: before.filter((finding) => now.has(finding.id)).map((finding) => finding.id),
    noLongerSeen: before.filter(
      (finding) => !now.has(finding.id) && wasLookedAtAgain(finding, earlier, current),
    ),
  };
}

export function allFindings(reports: Reports): readonly Finding[] {
  return [...(reports.review?.findings ?? []), ...(reports.verify?.findings ?? [])];
}

function wasLookedAtAgain(finding: Finding, earlier: Reports, current: Reports): boolean {
  const isReview = REVIEW_CATEGORIES.some((category) => category === finding.category);
  return isReview
    ? wasReadAgain(finding, current.review)
    : wasTriedAgain(finding, earlier.verify, current.verify);
}

function wasReadAgain(finding: Finding, review: ReviewReport | undefined): boolean {
  const reviewer = review?.reviewers.find((one) => one.category === finding.category);
  return (
    reviewer?.status === 'reviewed' &&
    reviewer.hunksRead === reviewer.hunksTotal &&
    review?.notAnalysed.every((file) => file.path !== finding.location?.path) === true &&
    review.notShown.every((hidden) => hidden.finding !== finding.id)
  );
}

/** A page must have been compared again, and for what takes more than opening it, the same flows driven. */
function wasTriedAgain(
  finding: Finding,
  earlier: VerifyReport | undefined,
  current: VerifyReport | undefined,
): boolean {
  if (current?.outcome.kind !== 'verified' || current.preExisting.some((other) => other.id === finding.id)) {
    return false;
  }
  if (finding.steps?.every((step) => 'goto' in step) === true) {
    const url = URL.parse(finding.url ?? '');
    return url !== null && current.coverage.pages.includes(url.pathname);
  }
  const driven = new Set(current.flows.map((flow) => `${flow.viewport} ${flow.name}`));
  return earlier?.flows.every((flow) => driven.has(`${flow.viewport} ${flow.name}`)) === true;
}
