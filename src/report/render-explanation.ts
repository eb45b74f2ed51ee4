import type { Finding } from '../domain/finding.ts';
import { isOpen, type LedgerEntry } from '../domain/ledger.ts';
import type { ReviewReport } from '../domain/report.ts';
import { codeSpan, escapeMarkdown, escapeText, escapeTitle } from './escape.ts';
import { count, describePlace, describeSteps, shortSha } from './words.ts';

/** What is known of a finding when somebody asks about it. */
export interface Explained {
  readonly entry: LedgerEntry;
  /** Absent when its report is not kept any more. */
  readonly finding?: Finding;
  /** The review that found it. */
  readonly review?: ReviewReport;
  /** What a model says that has looked again; its texts are from outside. */
  readonly explanation?: ModelWords;
}

interface ModelWords {
  readonly said?:
    | {
        readonly answer: string;
        readonly view: 'holds' | 'does-not-hold' | 'undecided';
        readonly places: readonly { readonly path: string; readonly line: number }[];
      }
    | undefined;
  readonly why?: string | undefined;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd?: number | undefined;
}

/** Says what a finding claims, how that is known, and what would change it. */
export function renderExplanation(explained: Explained): string {
  const { entry, finding } = explained;
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
    modelSays(explained),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Answers a person who replied to a finding. */
export function renderReplyAnswer(explained: Explained): string {
  const { entry } = explained;
  const parts = [
    `**How it is known:** ${howKnown(explained)}`,
    `**What would change it:** ${whatChanges(entry)}`,
    modelSays(explained),
    'This is the one answer to this thread. `/explain` says all that is known of it.',
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const VIEWS = {
  holds: 'To it, the finding holds.',
  'does-not-hold':
    'To it, the finding does not hold. It stays open all the same until someone with write access dismisses it.',
  undecided: 'To it, the code does not decide whether the finding holds.',
} as const;

/** A model has no say in what becomes of a finding; people have. */
function modelSays({ explanation }: Explained): string {
  if (explanation === undefined) return '';
  const { said, why = '', model, inputTokens, outputTokens, usd } = explanation;
  const price = usd === undefined ? 'price not known' : `$${usd.toFixed(4)}`;
  const use = `<sub>${codeSpan(model, 80)} · ${count(inputTokens, 'token')} in, ${outputTokens.toLocaleString('en-US')} out · ${price}</sub>`;
  if (said === undefined) return `A model was asked and adds nothing: ${escapeText(why, 300)}.\n${use}`;
  const places = said.places.map(({ path, line }) => codeSpan(`${path}:${line}`, 200)).join(', ');
  return `**A model looked again:** ${escapeMarkdown(said.answer, 3000)}\n\n${VIEWS[said.view]} It goes by ${places}.\n${use}`;
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
