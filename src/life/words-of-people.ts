import { type Dismissal, isOpen, type Ledger, type LedgerEntry } from '../domain/ledger.ts';

/** What people have done with the thread of one finding, as far as those may write to the repository. */
export interface ThreadWords {
  readonly id: string;
  /** Of the comment that began the thread. */
  readonly commentId: number;
  /** Undefined when GitHub did not say. */
  readonly isResolved: boolean | undefined;
  /** Who resolved it, when that is a person who may write. */
  readonly resolvedBy?: string;
  /** Who put 👎 on it, when that is a person who may write. */
  readonly downvotedBy?: string;
}

/**
 * Takes over what people said by their reactions and by resolving threads. A finding that was dismissed so is open again
 * when they take it back.
 */
export function hearThreads(ledger: Ledger, threads: readonly ThreadWords[]): Ledger {
  // The last thread of a finding is the one that counts: it is back since the others.
  const last = new Map(threads.map((words) => [words.id, words]));
  return withEntries(ledger, (entry) => {
    const words = last.get(entry.id);
    // A finding that is back, and is not said in the diff again, has no thread: its old one was about earlier code.
    if (words === undefined || entry.said !== 'inline') return entry;
    return hear({ ...entry, commentId: words.commentId }, words);
  });
}

function hear(entry: LedgerEntry, { isResolved, resolvedBy, downvotedBy }: ThreadWords): LedgerEntry {
  if (isOpen(entry)) {
    if (downvotedBy !== undefined) return dismissed(entry, { how: 'reaction', by: downvotedBy });
    if (isResolved === true && resolvedBy !== undefined)
      return dismissed(entry, { how: 'thread', by: resolvedBy });
    return entry;
  }
  if (entry.state !== 'dismissed') return entry;
  const isTakenBack = {
    command: entry.isClosed === true && isResolved === false,
    reaction: downvotedBy === undefined && isResolved !== true,
    thread: isResolved === false && downvotedBy === undefined,
  }[entry.dismissal?.how ?? 'command'];
  if (!isTakenBack) return entry;
  const { dismissal: _, isClosed: __, ...rest } = entry;
  return { ...rest, state: 'open' };
}

/** Leaves the finding alone until its code changes. */
export function dismiss(ledger: Ledger, id: string, dismissal: Dismissal): Ledger {
  return withEntries(ledger, (entry) => (entry.id === id ? dismissed(entry, dismissal) : entry));
}

/** Notes that a person who may write objects to an open finding. */
export function dispute(ledger: Ledger, id: string): Ledger {
  return withEntries(ledger, (entry) =>
    entry.id === id && isOpen(entry) ? { ...entry, state: 'disputed' } : entry,
  );
}

/** Notes that the findings stand on the pull request; those that were said already keep their place. */
export function markSaid(ledger: Ledger, ids: ReadonlySet<string>, where: 'inline' | 'summary'): Ledger {
  return withEntries(ledger, (entry) =>
    ids.has(entry.id) && entry.said !== 'inline' ? { ...entry, said: where } : entry,
  );
}

/**
 * Takes over the threads of findings that `before` did not know, after both copies of the ledger were lost: they were
 * said, and what people did with their threads counts.
 */
export function adoptThreads(after: Ledger, before: Ledger, threads: readonly ThreadWords[]): Ledger {
  const known = new Set(before.entries.map(({ id }) => id));
  const said = new Set(threads.map(({ id }) => id).filter((id) => !known.has(id)));
  const news = after.entries.filter(({ id }) => said.has(id)).map(({ id }) => id);
  return news.length === 0 ? after : hearThreads(markSaid(after, new Set(news), 'inline'), threads);
}

/** Notes that the threads of the findings need nothing more. */
export function markClosed(ledger: Ledger, ids: ReadonlySet<string>): Ledger {
  return withEntries(ledger, (entry) => (ids.has(entry.id) ? { ...entry, isClosed: true } : entry));
}

function dismissed(entry: LedgerEntry, dismissal: Dismissal): LedgerEntry {
  return { ...entry, state: 'dismissed', dismissal };
}

function withEntries(ledger: Ledger, change: (entry: LedgerEntry) => LedgerEntry): Ledger {
  return { ...ledger, entries: ledger.entries.map(change) };
}

/** Words by which people say that a finding is wrong, or that things are meant to be so. */
const OBJECTION =
  /\bfalse (?:positive|alarm)|\bnot (?:a|an|really a|actually a) (?:bug|issue|problem|vulnerability|concern)|\b(?:isn't|is not|aren't|are not) (?:true|right|correct|an? (?:bug|issue|problem))|\b(?:intended|intentional|intentionally|on purpose|by design|deliberate|deliberately|expected behaviou?r)\b|\b(?:won'?t|wont|will not) fix\b|\bwontfix\b|\bdisagree\b|\bincorrect\b|\b(?:you are|you're|this is|that is|that's) wrong\b|\b(?:cannot|can't|can never|never) happen\b|\bnot (?:relevant|reachable|applicable|exploitable)\b/i;

/** Whether a reply to a finding objects to it; quotes of ours do not count. */
export function isObjection(reply: string): boolean {
  const own = reply
    .slice(0, 5000)
    .replace(/^[ \t]*>.*$/gm, '')
    .replaceAll('’', "'");
  return OBJECTION.test(own);
}
