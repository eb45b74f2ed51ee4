import type { VerifyReport } from '../domain/report.ts';
import { codeSpan, escapeText } from './escape.ts';

/** Longer lists are cut by the report already. */
const MAX_LINES = 40;

export const SEARCH_TITLE = 'Where a preview was looked for';

/**
 * What was found and not taken, one line each of inert Markdown, where the search ended without a preview that could be tried; else
 * nothing. Addresses are shown as code: nobody vouches for them, so nobody is to click on them.
 */
export function renderSearch(report: VerifyReport | undefined): readonly string[] {
  const kind = report?.outcome.kind;
  if (report?.search === undefined || (kind !== 'no-preview' && kind !== 'preview-not-ready')) return [];
  const { taken, rejected } = report.search;
  const tried =
    taken === undefined ? [] : [`- tried: ${codeSpan(report.head, 200)} (${escapeText(taken, 300)})`];
  const none =
    '- GitHub has no deployment, status, check run or comment of a hosting service for this commit';
  return [
    ...tried,
    ...rejected
      .slice(0, MAX_LINES)
      .map(({ what, why }) => `- not taken: ${codeSpan(what, 200)} (${escapeText(why, 300)})`),
    ...(taken === undefined && rejected.length === 0 ? [none] : []),
  ];
}
