import { type FileDiff, isCommentable } from '../domain/diff.ts';
import { compareFindings, type Finding } from '../domain/finding.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';

/** The findings most severe first, each id once. */
export function uniqueFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return [...findings].sort(compareFindings).filter((finding) => {
    if (seen.has(finding.id)) return false;
    seen.add(finding.id);
    return true;
  });
}

/** What looks otherwise than on the base, and was accepted by somebody. */
export function approvedChanges(report: VerifyReport | undefined): readonly Finding[] {
  return uniqueFindings(report?.changes ?? []).filter(({ approved }) => approved !== undefined);
}

/** Where the findings of a review go. */
export interface Selection {
  /** New inline comments, most severe first. */
  readonly inline: readonly Finding[];
  /** Said before; not said again. */
  readonly stillOpen: readonly Finding[];
  /** Outside the diff, or past the number of inline comments that the repository wants. */
  readonly listed: readonly Finding[];
}

/**
 * Decides which findings become inline comments: only those in `unsaid`, and no more than make `maxInline` together with
 * the `openInline` that stand already. GitHub refuses a whole review for one place outside the diff.
 */
export function selectFindings(
  findings: readonly Finding[],
  options: {
    readonly diff: readonly FileDiff[];
    readonly maxInline: number;
    readonly openInline: number;
    readonly unsaid: ReadonlySet<string>;
  },
): Selection {
  const inline: Finding[] = [];
  const stillOpen: Finding[] = [];
  const listed: Finding[] = [];
  const room = Math.max(0, options.maxInline - options.openInline);
  for (const finding of uniqueFindings(findings)) {
    const place = finding.location;
    if (!options.unsaid.has(finding.id)) stillOpen.push(finding);
    else if (place !== undefined && inline.length < room && isCommentable(options.diff, place)) {
      inline.push(finding);
    } else listed.push(finding);
  }
  return { inline, stillOpen, listed };
}

export function allFindings(reports: {
  readonly review?: ReviewReport;
  readonly verify?: VerifyReport;
}): readonly Finding[] {
  return [...(reports.review?.findings ?? []), ...(reports.verify?.findings ?? [])];
}
