import type { Finding } from '../domain/finding.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { clip, escapeText, fencedBlock, oneLine, stripInvisible } from './escape.ts';
import { BODY_TARGET, fitList, fitParts, folded, type Part, wholePart } from './fit.ts';
import {
  isPreviewComplete,
  isReviewComplete,
  previewHeadline,
  reviewHeadline,
  withEarlier,
} from './headline.ts';
import type { Annotation, CheckAction, CheckRun, Conclusion } from './ports.ts';
import { renderGaps, renderHow } from './render-details.ts';
import { countExercised, renderExercised } from './render-exercised.ts';
import {
  type RenderContext,
  renderApprovedLine,
  renderFindingLine,
  renderListedFinding,
  renderPreviewFinding,
} from './render-finding.ts';
import { renderEntryLine } from './render-life.ts';
import { renderSearch, SEARCH_TITLE } from './render-search.ts';
import { approvedChanges, uniqueFindings } from './select-findings.ts';
import { renderApproveHint } from './visual-numbers.ts';
import { withoutFileNames } from './without-file-names.ts';

/** The two check runs of a head commit. */
export const CHECK_NAMES = { review: 'Firsthand: review', preview: 'Firsthand: preview' } as const;

/** What a check run says; the caller adds name, head and external id. */
export type CheckContent = Pick<
  CheckRun,
  'status' | 'conclusion' | 'title' | 'summary' | 'text' | 'annotations' | 'actions'
>;

/** GitHub takes 50 in a request, and few requests a minute; the gravest findings come first. */
const MAX_ANNOTATIONS = 500;

/** Longer tests are left out, with a line that says so. */
const MAX_WITNESS = 15_000;

const RERUN: CheckAction = {
  label: 'Run again',
  description: 'Run this part again on the same commit',
  identifier: 'rerun',
};
const CANCEL: CheckAction = {
  label: 'Cancel',
  description: 'Stop the runs of this pull request',
  identifier: 'cancel',
};

/** A check run under way. `doing` may quote names from outside. */
export function renderRunningCheck(doing: string): CheckContent {
  return {
    status: 'in_progress',
    title: plainTitle(doing),
    summary: `${escapeText(doing)} …`,
    annotations: [],
    actions: [CANCEL],
  };
}

/** A check run that ended without a report: cancelled, failed, or never begun. Never green. */
export function renderEndedCheck(
  conclusion: Exclude<Conclusion, 'success' | 'failure'>,
  title: string,
  why: string,
): CheckContent {
  return {
    status: 'completed',
    conclusion,
    title: plainTitle(title),
    summary: escapeText(why, 2000),
    annotations: [],
    actions: [RERUN],
  };
}

const APPROVE: CheckAction = {
  label: 'Approve visual diffs',
  description: 'Accept all visual changes shown here',
  identifier: 'approve',
};

interface Earlier {
  /** Open findings of earlier runs that this one did not find again. */
  readonly earlier?: readonly LedgerEntry[];
}

/**
 * A finished review. Findings never block a merge: the conclusion is `neutral` when there are any or when something
 * was left out, and `success` only when everything was read and nothing was found. Findings that stand in the diff
 * as comments (`inline`) get no annotation: the same place would say the same thing twice. What earlier runs found and
 * is still open keeps it from being clean.
 */
export function renderReviewCheck(
  report: ReviewReport,
  context: RenderContext & Earlier & { readonly inline: ReadonlySet<string> },
): CheckContent {
  const findings = uniqueFindings(report.findings);
  const earlier = context.earlier ?? [];
  const headline = withEarlier(reviewHeadline(report), earlier.length);
  const clean = findings.length === 0 && earlier.length === 0 && isReviewComplete(report);
  return {
    status: 'completed',
    conclusion: clean ? 'success' : 'neutral',
    title: plainTitle(headline),
    summary: fitParts([
      wholePart(0, `${escapeText(headline)}.`),
      linesPart(
        1,
        'Findings',
        findings.map((finding) => renderFindingLine(finding, context)),
        20_000,
      ),
      linesPart(2, 'Still open, not found again', earlier.map(renderEntryLine), 5000),
      linesPart(2, 'Not looked at', renderGaps(report, undefined), 15_000),
      linesPart(3, 'How this was done', renderHow(report, undefined), 10_000),
    ]),
    ...textOf([listPart(findings.map((finding) => renderListedFinding(finding, context)))]),
    annotations: findings
      .filter((finding) => !context.inline.has(finding.id))
      .flatMap(toAnnotation)
      .slice(0, MAX_ANNOTATIONS),
    actions: [RERUN],
  };
}

/** A finished verification, under the same rule. `witnesses` are the texts of the tests, by the findings' paths. */
export function renderPreviewCheck(
  given: VerifyReport,
  context: RenderContext & Earlier & { readonly witnesses: ReadonlyMap<string, string> },
): CheckContent {
  const report = withoutFileNames(given);
  const findings = uniqueFindings(report.findings);
  const earlier = context.earlier ?? [];
  const headline = withEarlier(previewHeadline(report), earlier.length);
  const hint = renderApproveHint(findings, context.numbers);
  const clean = findings.length === 0 && earlier.length === 0 && isPreviewComplete(report);
  return {
    status: 'completed',
    conclusion: clean ? 'success' : 'neutral',
    title: plainTitle(headline),
    summary: fitParts([
      wholePart(0, [`${escapeText(headline, 600)}.`, hint].filter((text) => text !== '').join('\n\n')),
      linesPart(
        1,
        'Findings',
        findings.map((finding) => renderFindingLine(finding, context)),
        20_000,
      ),
      linesPart(2, 'Still open, not found again', earlier.map(renderEntryLine), 5000),
      linesPart(
        2,
        'Approved visual changes',
        approvedChanges(report).map((change) => renderApprovedLine(change, context)),
        5000,
      ),
      linesPart(2, SEARCH_TITLE, renderSearch(report), 10_000),
      linesPart(2, countExercised(report), renderExercised(report), 10_000),
      linesPart(2, 'Not looked at', renderGaps(undefined, report), 15_000),
      linesPart(3, 'How this was done', renderHow(undefined, report), 10_000),
    ]),
    ...textOf([
      listPart(findings.map((finding) => renderPreviewFinding(finding, context))),
      listPart(findings.flatMap((finding) => renderWitness(finding, context.witnesses))),
    ]),
    annotations: [],
    actions: hint === '' ? [RERUN] : [RERUN, APPROVE],
  };
}

function renderWitness(finding: Finding, witnesses: ReadonlyMap<string, string>): readonly string[] {
  const test = finding.witness === undefined ? undefined : witnesses.get(finding.witness);
  if (test === undefined) return [];
  if (test.length > MAX_WITNESS) {
    return [`The Playwright test for <code>${finding.id}</code> is too long to stand here.`];
  }
  const title = `Playwright test for <code>${finding.id}</code>`;
  return [folded(title, fencedBlock(stripInvisible(test), 'ts'))];
}

/** GitHub draws annotations on the head's files only, as plain text. */
function toAnnotation(finding: Finding): readonly Annotation[] {
  const place = finding.location;
  if (place === undefined || place.side === 'LEFT') return [];
  const level =
    finding.severity === 'critical' || finding.severity === 'high'
      ? 'failure'
      : finding.severity === 'medium'
        ? 'warning'
        : 'notice';
  return [
    {
      path: place.path,
      startLine: place.startLine,
      endLine: place.endLine,
      level,
      title: oneLine(`${finding.severity} ${finding.category}: ${finding.title}`, 200),
      message: clip(stripInvisible(finding.body).trim() || finding.title, 4000),
    },
  ];
}

function linesPart(rank: number, title: string, lines: readonly string[], max: number): Part {
  if (lines.length === 0) return wholePart(rank, '');
  const heading = `#### ${title}\n\n`;
  return {
    rank,
    render: (budget) =>
      heading +
      fitList(lines, Math.min(budget, max) - heading.length, {
        separator: '\n',
        more: (left) => `- … and ${left} more`,
      }),
  };
}

function listPart(items: readonly string[]): Part {
  return {
    rank: 1,
    render: (budget) =>
      fitList(items, budget, {
        separator: '\n\n',
        more: (left) => `… and ${left} more that did not fit here.`,
      }),
  };
}

function textOf(parts: readonly Part[]): { readonly text?: string } {
  const text = fitParts(parts, BODY_TARGET);
  return text === '' ? {} : { text };
}

/** Check-run titles are plain text; they must still not carry a line break or invisible characters. */
function plainTitle(title: string): string {
  return oneLine(title, 250);
}
