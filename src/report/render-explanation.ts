import type { Finding } from '../domain/finding.ts';
import { isOpen, type LedgerEntry } from '../domain/ledger.ts';
import type { ReviewReport } from '../domain/report.ts';
import { codeSpan, escapeMarkdown, escapeText, escapeTitle } from './escape.ts';
import { describePlace, describeSteps, shortSha } from './words.ts';

/** What is known of a finding when somebody asks about it. */
export interface Explained {
  readonly entry: LedgerEntry;
  /** Absent when its report is not kept any more. */
  readonly finding?: Finding;
  /** The review that found it. */
  readonly review?: ReviewReport;
  /** What a model adds, as Markdown from outside. */
  readonly more?: string;
}

/** Says what a finding claims, how that is known, and what would change it. */
export function renderExplanation(explained: Explained): string {
  const { entry, finding, more } = explained;
  const title = entry.title === '' ? 'This finding' : `**${escapeTitle(entry.title)}**`;
  const place = finding === undefined ? '' : describePlace(finding);
  const head = [
    codeSpan(entry.id),
    entry.severity,
    entry.category,
    ...(place === '' ? [] : [codeSpan(place, 200)]),
  ].join(' · ');
  const parts = [
    `${title}\n<sub>${head}</sub>`,
    finding === undefined
      ? 'Its words are not kept any more: `/review` reads the diff again, and they come back with it.'
      : escapeMarkdown(finding.body, 4000),
    `**How it is known:** ${howKnown(explained)}`,
    `**What would change it:** ${whatChanges(entry)}`,
    ...(more === undefined ? [] : [`**A model adds:**\n\n${escapeMarkdown(more, 3000)}`]),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Answers a person who replied to a finding. */
export function renderReplyAnswer(explained: Explained): string {
  const { entry, more } = explained;
  const parts = [
    `**How it is known:** ${howKnown(explained)}`,
    `**What would change it:** ${whatChanges(entry)}`,
    ...(more === undefined ? [] : [`**A model adds:**\n\n${escapeMarkdown(more, 3000)}`]),
    'This is the one answer to this thread. `/explain` says all that is known of it.',
  ];
  return parts.join('\n\n');
}

function howKnown({ entry, finding, review }: Explained): string {
  const at = `on ${codeSpan(shortSha(entry.lastSeen))}`;
  const source = finding === undefined ? '' : codeSpan(finding.source, 80);
  if (entry.evidence === 'reproduced') {
    const steps =
      finding?.steps === undefined ? '' : ` Steps: ${escapeText(describeSteps(finding.steps), 1200)}.`;
    const seen = [
      ...(finding?.expected === undefined ? [] : [` Expected: ${escapeText(finding.expected, 400)}.`]),
      ...(finding?.actual === undefined ? [] : [` Actual: ${escapeText(finding.actual, 400)}.`]),
    ].join('');
    const base = finding?.onBase === false ? ', and not on the base' : '';
    return `it happened in a browser${base}, ${at}.${steps}${seen}`;
  }
  const reviewer = review?.reviewers.find(({ category }) => category === entry.category);
  const engine = reviewer === undefined ? '' : ` It was read with ${escapeText(reviewer.engine, 200)}.`;
  if (entry.evidence === 'checked') {
    return `${source === '' ? 'a deterministic check' : `the check ${source}`} fires on the code ${at}; no model is asked.${engine}`;
  }
  return `a model${source === '' ? '' : ` (${source})`} argues it from the code ${at}; nothing was run.${engine}`;
}

function whatChanges({ state, evidence, fixedIn = '', dismissal }: LedgerEntry): string {
  if (state === 'fixed') {
    return `it was fixed in ${codeSpan(shortSha(fixedIn))}; should the same code come back, so does the finding.`;
  }
  if (state === 'dismissed') {
    return `${codeSpan(dismissal?.by ?? '', 60)} dismissed it; it is said again only when its code changes and it still holds.`;
  }
  if (!isOpen({ state })) return 'it is no longer a matter of this pull request.';
  const fix =
    evidence === 'reproduced'
      ? 'a commit on whose preview the same steps no longer show it'
      : 'a commit that changes the code so that a new look at it no longer finds it';
  return `${fix}. Someone with write access can also have it left alone: \`/dismiss\` with a reason, 👎 on its comment, or by resolving its thread.`;
}
