import type { ReviewerReport, ReviewReport, VerifyReport } from '../domain/report.ts';
import { describeCost, describeModelUse } from './describe-cost.ts';
import { codeSpan, escapeText, safeAddress } from './escape.ts';
import { count, duration } from './words.ts';

/** What a run did not look at, and why: one line each, inert Markdown. */
export function renderGaps(
  review: ReviewReport | undefined,
  verify: VerifyReport | undefined,
): readonly string[] {
  return [...reviewGaps(review), ...previewGaps(verify)];
}

function reviewGaps(report: ReviewReport | undefined): readonly string[] {
  if (report === undefined) return [];
  const byReason = Map.groupBy(report.notAnalysed, (file) => file.reason);
  const notShown = Map.groupBy(report.notShown, (hidden) => hidden.reason);
  return [
    ...report.reviewers
      .filter((reviewer) => reviewer.reason !== undefined)
      .map((reviewer) => `- ${reviewer.category} reviewer: ${escapeText(reviewer.reason ?? '', 300)}`),
    ...[...byReason].map(([reason, files]) => {
      const names = files.slice(0, 8).map((file) => codeSpan(file.path, 120));
      const more = files.length > names.length ? ` and ${files.length - names.length} more` : '';
      return `- not analysed (${escapeText(reason, 200)}): ${names.join(', ')}${more}`;
    }),
    ...[...notShown].map(
      ([reason, hidden]) => `- ${count(hidden.length, 'finding')} not shown: ${escapeText(reason, 200)}`,
    ),
  ];
}

function previewGaps(report: VerifyReport | undefined): readonly string[] {
  if (report === undefined) return [];
  return [
    ...report.flows
      .filter((flow) => flow.status === 'could-not-run')
      .map((flow) => {
        const why = flow.why === undefined ? '' : `: ${escapeText(flow.why, 300)}`;
        return `- flow ${codeSpan(flow.name, 100)} (${escapeText(flow.viewport, 40)}) could not run${why}`;
      }),
    ...report.coverage.notReached.map(
      ({ what, why }) => `- not reached: ${codeSpan(what, 150)} (${escapeText(why, 200)})`,
    ),
    ...report.noise.map(
      ({ what, where, how }) =>
        `- masked as noise: ${escapeText(what, 150)} on ${codeSpan(where, 150)} (${escapeText(how, 150)})`,
    ),
  ];
}

/** How the run was done: engines, confinement, addresses, login, time. */
export function renderHow(
  review: ReviewReport | undefined,
  verify: VerifyReport | undefined,
): readonly string[] {
  return [...howReviewed(review), ...howVerified(verify)];
}

function howReviewed(report: ReviewReport | undefined): readonly string[] {
  if (report === undefined) return [];
  return [
    ...report.reviewers.map(
      (reviewer) =>
        `- ${reviewer.category}: ${escapeText(reviewer.engine || 'nothing', 200)}, ${duration(reviewer.ms)}${modelUseOf(reviewer)}`,
    ),
    `- diff read from ${codeSpan(report.base.slice(0, 12))} to ${codeSpan(report.head.slice(0, 12))} in ${duration(report.ms)}; ${escapeText(describeCost(report))}`,
    `- analysers confined by: ${escapeText(report.sandbox, 200)}`,
  ];
}

function modelUseOf(reviewer: ReviewerReport): string {
  return reviewer.model === undefined ? '' : `; ${escapeText(describeModelUse(reviewer.model))}`;
}

function howVerified(report: VerifyReport | undefined): readonly string[] {
  if (report === undefined || report.head === '') return [];
  const { states, transitions, actions } = report.coverage;
  const { name = '', replaced = 0 } = report.browser ?? {};
  return [
    `- preview: ${renderAddress(report.head)}${renderReason(report.search?.taken)}`,
    `- base: ${report.base === undefined ? 'none to compare with' : renderAddress(report.base)}${renderReason(report.baseReason)}`,
    ...(report.others ?? []).map(
      (other) =>
        `- also ${codeSpan(other.name, 80)}: ${renderAddress(other.head)}, base ${other.base === undefined ? 'none' : renderAddress(other.base)}${renderReason(other.baseReason)}: ${escapeText(other.outcome, 40)}`,
    ),
    `- login: ${LOGIN_WORDS[report.login.kind]}${report.login.why === '' ? '' : `: ${escapeText(report.login.why, 300)}`}`,
    ...(name === '' ? [] : [`- browser: ${escapeText(name, 200)}${describeReplaced(replaced)}`]),
    `- ${count(actions, 'action')}, ${count(states, 'state')}, ${count(transitions, 'transition')} in ${duration(report.ms)}; no model was used`,
  ];
}

/** A browser that ended by itself. */
function describeReplaced(times: number): string {
  if (times === 0) return '';
  return `; it ended by itself, and the browser was replaced ${times === 1 ? 'once' : `${times} times`}`;
}

function renderReason(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${escapeText(reason, 300)})`;
}

const LOGIN_WORDS = {
  ok: 'done',
  refused: '**refused**',
  none: 'not needed',
  'could-not-try': '**could not be tried**',
} as const;

function renderAddress(address: string): string {
  const href = safeAddress(address);
  return href === undefined ? codeSpan(address) : `<a href="${href}">${escapeText(address, 200)}</a>`;
}
