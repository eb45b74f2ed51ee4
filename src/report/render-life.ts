import { isOpen, type LedgerEntry } from '../domain/ledger.ts';
import { codeSpan, escapeText, escapeTitle } from './escape.ts';
import { fitList, foldedPart, type Part, wholePart } from './fit.ts';
import { count, shortSha } from './words.ts';

/** What became of the findings of a pull request. */
export interface LifeState {
  readonly entries: readonly LedgerEntry[];
  /** The last earlier head that was looked at. */
  readonly since?: string;
}

const MAX_COMMITS = 3;
const MAX_SECTION = 4000;

/** `**Findings:** 2 open (1 back again) · 1 fixed (in abc1234) · 1 dismissed`; empty when nothing was ever found. */
export function renderCounts({ entries }: LifeState): string {
  if (entries.length === 0) return '';
  const inState = (state: LedgerEntry['state']) => entries.filter((entry) => entry.state === state);
  const kinds = [
    ...counted(inState('regressed').length, 'back again'),
    ...counted(inState('disputed').length, 'disputed'),
  ];
  const fixed = inState('fixed');
  const parts = [
    `${entries.filter(isOpen).length} open${kinds.length === 0 ? '' : ` (${kinds.join(', ')})`}`,
    ...counted(fixed.length, `fixed (in ${commitsOf(fixed)})`),
    ...counted(inState('dismissed').length, 'dismissed'),
    ...counted(inState('approved').length, 'approved'),
    ...counted(inState('outdated').length, 'outdated'),
  ];
  return `**Findings:** ${parts.join(' · ')}`;
}

/** `Since abc1234: 1 new, 2 still open, 1 fixed.` */
export function renderSince({ entries, since }: LifeState, headSha: string): string {
  if (since === undefined) return '';
  const fresh = entries.filter((entry) => isOpen(entry) && entry.firstSeen === headSha).length;
  const still = entries.filter((entry) => isOpen(entry) && entry.firstSeen !== headSha).length;
  const fixed = entries.filter(({ fixedIn, state }) => state === 'fixed' && fixedIn === headSha).length;
  return `Since ${codeSpan(shortSha(since))}: ${fresh} new, ${still} still open, ${fixed} fixed.`;
}

/** What is open without being among the findings of a run. */
export function openBefore(
  entries: readonly LedgerEntry[],
  seen: readonly Pick<LedgerEntry, 'id'>[],
): readonly LedgerEntry[] {
  const ids = new Set(seen.map(({ id }) => id));
  return entries.filter((entry) => isOpen(entry) && !ids.has(entry.id));
}

/** One line of a list: `` `0123456789ab` Its title (logic), medium, last seen on `abc1234` ``. */
export function renderEntryLine(entry: LedgerEntry): string {
  return `- ${nameOf(entry)}, ${entry.severity}, last seen on ${codeSpan(shortSha(entry.lastSeen))}`;
}

/** What is open without having been seen in this run, then what is fixed, dismissed and outdated; folded. */
export function renderLifeParts(
  { entries }: LifeState,
  { seen }: { readonly seen: readonly Pick<LedgerEntry, 'id'>[] },
): readonly Part[] {
  const section = (title: string, listed: readonly LedgerEntry[], suffix: (entry: LedgerEntry) => string) =>
    listPart(
      `${title} (${listed.length})`,
      listed.map((entry) => `- ${nameOf(entry)}${suffix(entry)}`),
    );
  const open = openBefore(entries, seen);
  return [
    listPart(`Still open, not found again in this run (${open.length})`, open.map(renderEntryLine)),
    section(
      'Fixed',
      entries.filter(({ state }) => state === 'fixed'),
      ({ fixedIn = '' }) => `, fixed in ${codeSpan(shortSha(fixedIn))}`,
    ),
    section(
      'Dismissed',
      entries.filter(({ state }) => state === 'dismissed'),
      describeDismissal,
    ),
    section(
      'No longer a matter of this pull request',
      entries.filter(({ state }) => state === 'outdated'),
      () => '',
    ),
  ];
}

function counted(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${what}`];
}

function commitsOf(fixed: readonly LedgerEntry[]): string {
  const commits = [...new Set(fixed.map(({ fixedIn = '' }) => shortSha(fixedIn)))];
  const shown = commits.slice(-MAX_COMMITS).map((sha) => codeSpan(sha));
  return commits.length > MAX_COMMITS
    ? `${count(commits.length, 'commit')}, last ${shown.at(-1)}`
    : shown.join(', ');
}

/** Its title, or its category when only the hidden marker remembers it. */
function nameOf({ id, title, category }: LedgerEntry): string {
  return `${codeSpan(id)} ${title === '' ? 'a finding' : escapeTitle(title)} (${category})`;
}

function describeDismissal({ dismissal }: LedgerEntry): string {
  if (dismissal === undefined) return '';
  const how = { command: '', reaction: ' with 👎', thread: ' by resolving the thread' }[dismissal.how];
  const why = dismissal.why === undefined ? '' : `: ${escapeText(dismissal.why, 200)}`;
  return `, by ${codeSpan(dismissal.by, 60)}${how}${why}`;
}

function listPart(title: string, lines: readonly string[]): Part {
  if (lines.length === 0) return wholePart(6, '');
  return foldedPart(6, title, (budget) =>
    fitList(lines, Math.min(budget, MAX_SECTION), {
      separator: '\n',
      more: (left) => `- … and ${left} more`,
    }),
  );
}
