import { REVIEW_CATEGORIES } from '../domain/finding.ts';
import type { ReviewerReport, ReviewReport, VerifyReport } from '../domain/report.ts';
import { escapeText } from './escape.ts';
import { previewHeadline, previewWork } from './headline.ts';
import { uniqueFindings } from './select-findings.ts';
import type { PartState, SummaryState } from './summary-state.ts';
import { capitalise, countBySeverity, hunksReadOf } from './words.ts';

interface Row {
  readonly part: string;
  readonly status: string;
  readonly found: string;
}

/** The table of the summary: a row for each reviewer and one for the preview. */
export function renderTable(state: SummaryState): string {
  const rows = [...reviewRows(state.review), previewRow(state.preview)];
  return [
    '| | Status | Found |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.part} | ${row.status} | ${row.found} |`),
  ].join('\n');
}

function reviewRows(review: PartState<ReviewReport>): readonly Row[] {
  if (review.kind === 'done') return review.report.reviewers.map((one) => reviewerRow(one, review.report));
  if (review.kind === 'running' && review.reviewers !== undefined) {
    return review.reviewers.map((one) => ({
      part: capitalise(one.category),
      status: one.status === 'reading' ? 'reading …' : one.status,
      found: one.findings === 0 ? '' : `${one.findings} so far`,
    }));
  }
  const status = stateText(review);
  return REVIEW_CATEGORIES.map((category) => ({ part: capitalise(category), status, found: '' }));
}

function reviewerRow(reviewer: ReviewerReport, report: ReviewReport): Row {
  const part = capitalise(reviewer.category);
  const why = reviewer.reason === undefined ? '' : `: ${escapeText(reviewer.reason, 160)}`;
  if (reviewer.status !== 'reviewed') {
    return { part, status: `**${reviewer.status}**${why}`, found: 'not known' };
  }
  const own = report.findings.filter((finding) => finding.category === reviewer.category);
  const read = hunksReadOf(reviewer.hunksRead, reviewer.hunksTotal);
  const found =
    reviewer.hunksTotal === 0 && own.length === 0 ? 'not known' : countBySeverity(uniqueFindings(own));
  return { part, status: `${read}${why}`, found };
}

function previewRow(preview: PartState<VerifyReport>): Row {
  if (preview.kind !== 'done') return { part: 'Preview', status: stateText(preview), found: '' };
  const { report } = preview;
  const found = countBySeverity(uniqueFindings(report.findings));
  if (report.outcome.kind === 'verified') return { part: 'Preview', status: previewWork(report), found };
  const looked = report.coverage.pages.length > 0;
  const text = looked ? `${previewWork(report)}; ${report.outcome.why}` : previewHeadline(report);
  return {
    part: 'Preview',
    status: escapeText(text.replace(/^Preview not/, 'not'), 300),
    found: looked || report.findings.length > 0 ? found : 'not known',
  };
}

function stateText(state: Exclude<PartState<never>, { readonly kind: 'done' }>): string {
  switch (state.kind) {
    case 'waiting':
      return escapeText(state.why, 200);
    case 'running':
      return escapeText(`${state.doing} …`, 200);
    case 'cancelled':
      return state.by === undefined ? 'cancelled' : `cancelled by ${escapeText(state.by, 40)}`;
    case 'failed':
      return `**failed**: ${escapeText(state.message, 400)}`;
  }
}
