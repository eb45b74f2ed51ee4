import type { Finding } from '../domain/finding.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { codeSpan, escapeText } from './escape.ts';
import { BODY_TARGET, fitList, fitParts, foldedPart, type Part, wholePart } from './fit.ts';
import { summaryHeadline, withEarlier } from './headline.ts';
import { type SummaryMarker, writeSummaryMarker } from './marker.ts';
import { renderGaps, renderHow } from './render-details.ts';
import { countExercised, renderExercised } from './render-exercised.ts';
import {
  hasUnstoredPictures,
  type RenderContext,
  renderApprovedLine,
  renderFindingLine,
  renderListedFinding,
  renderPreviewFinding,
} from './render-finding.ts';
import { openBefore, renderCounts, renderLifeParts, renderSince } from './render-life.ts';
import { renderSearch, SEARCH_TITLE } from './render-search.ts';
import { renderTable } from './render-table.ts';
import { approvedChanges, uniqueFindings } from './select-findings.ts';
import type { PartState, SummaryState } from './summary-state.ts';
import { renderApproveHint, visualNumbers } from './visual-numbers.ts';
import { withoutFileNames } from './without-file-names.ts';
import { count, shortSha } from './words.ts';

const COMMANDS =
  '`/review` · `/verify [url] ["flow"]` · `/approve [n|all]` · `/dismiss id [why]` · `/explain id` · `/cancel` · `/help`';

/** Renders the one summary comment, with its hidden end, within GitHub's limit however much was found. */
export function renderSummary(given: SummaryState, marker: SummaryMarker): string {
  const state: SummaryState =
    given.preview.kind === 'done'
      ? { ...given, preview: { kind: 'done', report: withoutFileNames(given.preview.report) } }
      : given;
  const review = reportOf(state.review);
  const verify = reportOf(state.preview);
  const context: RenderContext = { ...state, numbers: visualNumbers(state.life?.entries ?? []) };
  const gaps = renderGaps(review, verify);
  const search = renderSearch(verify);
  const hidden = writeSummaryMarker(marker);
  const parts: readonly Part[] = [
    wholePart(
      0,
      `### ${escapeText(headlineOf(state, [...(review?.findings ?? []), ...(verify?.findings ?? [])]), 250)}`,
    ),
    wholePart(0, renderTable(state)),
    wholePart(0, renderNotes(state, verify)),
    previewPart(verify, context),
    reviewPart(review, state, context),
    ...lifeParts(state, [...(review?.findings ?? []), ...(verify?.findings ?? [])]),
    approvedPart(verify, context),
    changesPart(verify, context),
    preExistingPart(verify, context),
    listPart(4, countTitle(SEARCH_TITLE, search), search, 6000),
    verify === undefined
      ? wholePart(5, '')
      : listPart(5, countExercised(verify), renderExercised(verify), 4000),
    listPart(5, countTitle('Not looked at', gaps), gaps, 8000),
    listPart(2, 'How this was done', renderHow(review, verify), 4000),
    wholePart(0, renderFooter(state)),
  ];
  return `${fitParts(parts, BODY_TARGET - hidden.length)}\n\n${hidden}`;
}

/** While a run goes on, what it has not come to yet is no news. */
function headlineOf(state: SummaryState, findings: readonly Finding[]): string {
  const headline = summaryHeadline(state.review, state.preview);
  const isUnderWay = [state.review, state.preview].some(({ kind }) => kind === 'running');
  const earlier = isUnderWay ? [] : openBefore(state.life?.entries ?? [], findings);
  return withEarlier(headline, earlier.length);
}

function reportOf<Report>(part: PartState<Report>): Report | undefined {
  return part.kind === 'done' ? part.report : undefined;
}

function renderNotes(state: SummaryState, verify: VerifyReport | undefined): string {
  const unstored = verify?.findings.some(hasUnstoredPictures) === true;
  const notes = [
    ...state.notes,
    ...(unstored ? ['The pictures could not be stored; the findings stand without them.'] : []),
  ].map((note) => `**Note:** ${escapeText(note, 500)}`);
  // GitHub sends the first version by e-mail and none of the later ones.
  const isRunning = state.review.kind === 'running' || state.preview.kind === 'running';
  const live = isRunning ? '_This comment is kept up to date; the result will stand here._' : '';
  return [live, renderHistory(state), ...notes].filter((text) => text !== '').join('\n\n');
}

function renderHistory({ life, review, preview, headSha }: SummaryState): string {
  if (life === undefined) return '';
  const isDone = review.kind === 'done' || preview.kind === 'done';
  const lines = [renderCounts(life), isDone ? renderSince(life, headSha) : ''];
  return lines.filter((line) => line !== '').join('<br>');
}

function lifeParts({ life }: SummaryState, findings: readonly Finding[]): readonly Part[] {
  if (life === undefined) return [];
  return renderLifeParts(life, { seen: findings });
}

/** The gravest finding is open: its pictures and steps are why people read on. */
function previewPart(verify: VerifyReport | undefined, context: RenderContext): Part {
  const findings = uniqueFindings(verify?.findings ?? []);
  if (findings.length === 0) return wholePart(3, '');
  const hint = renderApproveHint(findings, context.numbers);
  const title = `#### Found by trying the preview\n\n${hint === '' ? '' : `${hint}\n\n`}`;
  return {
    rank: 3,
    render: (budget) => {
      const items = findings.map((finding, index) =>
        renderPreviewFinding(finding, context, { isOpen: index === 0 }),
      );
      const list = fitList(items, budget - title.length, {
        separator: '\n\n',
        more: (left) => `… and ${count(left, 'more finding')}: see the check run “Firsthand: preview”.`,
      });
      return list === '' ? '' : `${title}${list}`;
    },
  };
}

/** Findings with an inline comment take one line; the others are said here. */
function reviewPart(review: ReviewReport | undefined, state: SummaryState, context: RenderContext): Part {
  const findings = uniqueFindings(review?.findings ?? []);
  if (findings.length === 0) return wholePart(4, '');
  const isInline = (finding: Finding): boolean => state.inline.has(finding.id);
  const inline = findings.filter(isInline);
  const listed = findings.filter((finding) => !isInline(finding));
  const where = [
    ...(inline.length === 0 ? [] : [`${inline.length} commented in the diff`]),
    ...(listed.length === 0 ? [] : [`${listed.length} listed here`]),
  ].join(', ');
  const items = [
    ...inline.map((finding) => renderFindingLine(finding, context)),
    ...listed.map((finding) => `\n${renderListedFinding(finding, context)}\n`),
  ];
  return foldedPart(4, `Found by reading the diff: ${where}`, (budget) =>
    fitList(items, budget, {
      separator: '\n',
      more: (left) => `\n… and ${count(left, 'more finding')}: see the check run “Firsthand: review”.`,
    }),
  );
}

function approvedPart(verify: VerifyReport | undefined, context: RenderContext): Part {
  const lines = approvedChanges(verify).map((change) => renderApprovedLine(change, context));
  return listPart(5, countTitle('Approved visual changes', lines), lines, 6000);
}

function changesPart(verify: VerifyReport | undefined, context: RenderContext): Part {
  const changes = uniqueFindings(verify?.changes ?? []).filter(({ approved }) => approved === undefined);
  const lines = changes.map((change) => renderFindingLine(change, context));
  return listPart(5, countTitle('Visible changes that look intended', lines), lines, 6000);
}

function preExistingPart(verify: VerifyReport | undefined, context: RenderContext): Part {
  const lines = uniqueFindings(verify?.preExisting ?? []).map((finding) =>
    renderFindingLine(finding, context),
  );
  return listPart(6, countTitle('On the base too, so not caused by this pull request', lines), lines, 6000);
}

function countTitle(title: string, lines: readonly string[]): string {
  return `${title} (${lines.length})`;
}

function listPart(rank: number, title: string, lines: readonly string[], max: number): Part {
  if (lines.length === 0) return wholePart(rank, '');
  return foldedPart(rank, title, (budget) =>
    fitList(lines, Math.min(budget, max), {
      separator: '\n',
      more: (left) => `- … and ${left} more, listed in the check run`,
    }),
  );
}

function renderFooter(state: SummaryState): string {
  return `<sub>${COMMANDS}<br>commit ${codeSpan(shortSha(state.headSha))} · run ${codeSpan(state.runId, 60)}</sub>`;
}
