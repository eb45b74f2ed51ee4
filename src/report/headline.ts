import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { describeReading, nothingToRead, readingGaps } from './describe-reading.ts';
import { allFindings, approvedChanges, uniqueFindings } from './select-findings.ts';
import type { PartState } from './summary-state.ts';
import { capitalise, count, countBySeverity } from './words.ts';

/** Whether every reviewer had something to read and read all of it; only then may "nothing found" stand alone. */
export function isReviewComplete(report: ReviewReport): boolean {
  return (
    report.reviewers.length > 0 &&
    report.reviewers.every(
      ({ status, hunksRead, hunksTotal }) =>
        status === 'reviewed' && hunksTotal > 0 && hunksRead === hunksTotal,
    ) &&
    report.notAnalysed.length === 0
  );
}

/**
 * Whether the preview was verified as far as it was meant to be: the pipeline says so, and there was a base.
 *
 * What it left alone on purpose (a logout link, a flow that the diff does not touch) does not count.
 */
export function isPreviewComplete(report: VerifyReport): boolean {
  return (
    report.outcome.kind === 'verified' &&
    report.base !== undefined &&
    report.login.kind !== 'refused' &&
    report.login.kind !== 'could-not-try' &&
    report.flows.every((flow) => flow.status === 'passed')
  );
}

/** The one line that says the truth about a review, in plain text; it may quote reasons from outside. */
export function reviewHeadline(report: ReviewReport): string {
  const found = uniqueFindings(report.findings);
  const what = found.length === 0 ? 'nothing found' : countBySeverity(found);
  const unable = report.reviewers.filter((reviewer) => reviewer.status !== 'reviewed');
  if (unable.length === report.reviewers.length) return 'Not reviewed: no reviewer could read the diff';
  const gaps = readingGaps(report);
  const work = found.length === 0 ? describeReading(report) : undefined;
  if (unable.length > 0) {
    const names = unable.map((reviewer) => `${reviewer.category} ${reviewer.status}`).join(', ');
    return [`Partly reviewed (${names}): ${what}`, ...gaps].join('; ');
  }
  if (found.length === 0 && work === undefined) return capitalise(nothingToRead(report));
  return capitalise([work === undefined ? what : `${what}: ${work}`, ...gaps].join('; '));
}

/** The one line that says the truth about a preview, in plain text; it may quote addresses and names. */
export function previewHeadline(report: VerifyReport): string {
  const found = uniqueFindings(report.findings);
  const what = found.length === 0 ? 'nothing found' : countBySeverity(found);
  switch (report.outcome.kind) {
    case 'verified':
      return capitalise(
        found.length === 0 ? `${nothingBut(approvedChanges(report).length)}: ${previewWork(report)}` : what,
      );
    case 'partly-verified':
      return `Partly verified: ${what}; ${report.outcome.why}`;
    case 'no-preview':
    case 'preview-not-ready':
      return `Preview not verified: ${report.outcome.why}`;
    case 'login-refused': {
      const login = `login refused: ${report.outcome.why}`;
      return found.length === 0 ? `Preview not verified: ${login}` : capitalise(`${login}; ${what}`);
    }
  }
}

function nothingBut(approved: number): string {
  return approved === 0
    ? 'nothing found'
    : `nothing found but ${count(approved, 'visual change')} that ${approved === 1 ? 'is' : 'are'} approved`;
}

/** The headline where findings of earlier runs are still open that this one did not find again: then it is not clean. */
export function withEarlier(headline: string, earlier: number): string {
  if (earlier === 0) return headline;
  const rest = headline.replace(/^Nothing found/, 'nothing new found');
  return `${count(earlier, 'earlier finding')} still open; ${rest}`;
}

/** `2 flows driven, 14 pages compared`. */
export function previewWork(report: VerifyReport): string {
  const driven = report.flows.filter((flow) => flow.status !== 'could-not-run').length;
  const compared = report.base === undefined ? 'opened, with no base to compare with' : 'compared';
  const pages = `${count(report.coverage.pages.length, 'page')} ${compared}`;
  return driven === 0 ? pages : `${count(driven, 'flow')} driven, ${pages}`;
}

/** The first line of the summary comment, in plain text. */
export function summaryHeadline(review: PartState<ReviewReport>, preview: PartState<VerifyReport>): string {
  const found = uniqueFindings(
    allFindings({
      ...(review.kind === 'done' ? { review: review.report } : {}),
      ...(preview.kind === 'done' ? { verify: preview.report } : {}),
    }),
  );
  const open = [reviewGap(review), previewGap(preview)].filter((gap) => gap !== undefined);
  const isRefused = preview.kind === 'done' && preview.report.outcome.kind === 'login-refused';
  const first = isRefused ? ['Login refused, so the preview was not verified whole'] : [];
  if (found.length > 0) return [...first, capitalise(countBySeverity(found)), ...open].join('. ');
  const work = [reviewWork(review), doneWork(preview)].filter((text) => text !== undefined);
  if (work.length === 0) return [...first, ...open].join('. ') || 'Nothing has been looked at yet';
  return [...first, `Nothing found: ${work.join(', ')}`, ...open].join('. ');
}

function reviewWork(review: PartState<ReviewReport>): string | undefined {
  return review.kind === 'done' ? describeReading(review.report) : undefined;
}

function doneWork(preview: PartState<VerifyReport>): string | undefined {
  if (preview.kind !== 'done' || preview.report.coverage.pages.length === 0) return undefined;
  return previewWork(preview.report);
}

function reviewGap(review: PartState<ReviewReport>): string | undefined {
  switch (review.kind) {
    case 'waiting':
      return undefined;
    case 'running':
      return 'Reading the diff …';
    case 'cancelled':
      return 'Review cancelled';
    case 'failed':
      return 'Review not finished';
    case 'done':
      return reportGap(review.report);
  }
}

function reportGap(report: ReviewReport): string | undefined {
  const unable = report.reviewers.filter((reviewer) => reviewer.status !== 'reviewed');
  if (unable.length === report.reviewers.length) return 'Diff not reviewed';
  if (unable.length === 0 && describeReading(report) === undefined) return capitalise(nothingToRead(report));
  const gaps = [
    ...unable.map(
      (one) => `the ${one.category} reviewer ${one.status === 'failed' ? 'failed' : 'was skipped'}`,
    ),
    ...readingGaps(report),
  ];
  return gaps.length === 0 ? undefined : capitalise(gaps.join('; '));
}

function previewGap(preview: PartState<VerifyReport>): string | undefined {
  switch (preview.kind) {
    case 'waiting':
      return undefined;
    case 'running':
      return 'Trying the preview …';
    case 'cancelled':
      return 'Preview verification cancelled';
    case 'failed':
      return 'Preview not verified';
    case 'done': {
      const { outcome } = preview.report;
      if (outcome.kind === 'verified') return undefined;
      if (outcome.kind === 'partly-verified') return 'Preview partly verified';
      // Said before anything else; see `summaryHeadline`.
      if (outcome.kind === 'login-refused') return undefined;
      return /^waiting/i.test(outcome.why) ? 'Preview not verified yet' : 'Preview not verified';
    }
  }
}
