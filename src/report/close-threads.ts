import type { LedgerEntry } from '../domain/ledger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import { codeSpan } from './escape.ts';
import { closedMarker, endsWithMarker } from './marker.ts';
import type { FindingThread, Publisher } from './ports.ts';
import { shortSha } from './words.ts';

/** How the note begins that stands above a comment whose finding is over. */
const NOTE = /^\*\*(?:Fixed|Outdated|Dismissed)\*\*[^\n]*\n\n/;

/**
 * Closes the threads of findings that are fixed, outdated, or dismissed by a command: says so above the comment, and
 * resolves the thread, or answers in it where GitHub does not let the app resolve. Only threads that this app began.
 *
 * Returns the ids of the findings whose threads need nothing more; safe to repeat.
 */
export async function closeThreads(
  entries: readonly LedgerEntry[],
  threads: readonly FindingThread[],
  { publisher, pull }: { readonly publisher: Publisher; readonly pull: PullRequestRef },
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const closed = new Set<string>();
  for (const entry of entries) {
    const note = noteOn(entry);
    if (entry.isClosed === true || entry.commentId === undefined || note === undefined) continue;
    const thread = threads.find(({ commentId }) => commentId === entry.commentId);
    // A person deleted the comment: there is nothing left to close.
    if (thread !== undefined) await close(thread, note, { publisher, pull, signal });
    closed.add(entry.id);
  }
  return closed;
}

async function close(
  { commentId, body, threadId, isResolved, replies }: FindingThread,
  note: string,
  options: { readonly publisher: Publisher; readonly pull: PullRequestRef; readonly signal: AbortSignal },
): Promise<void> {
  const { publisher, pull, signal } = options;
  const noted = `${note}\n\n${body.replace(NOTE, '')}`;
  if (noted !== body) await publisher.updateReviewComment(pull, commentId, noted, signal);
  if (isResolved === true) return;
  const answer = threadId === undefined ? undefined : await publisher.resolveThread(pull, threadId, signal);
  if (answer?.kind === 'resolved') return;
  const reply = `${note}\n\n${closedMarker(commentId)}`;
  const isSaid = replies.some(
    (one) => one.isOwn && one.body.includes(note) && endsWithMarker(one.body, closedMarker(commentId)),
  );
  if (!isSaid) await publisher.replyInThread(pull, commentId, reply, signal);
}

function noteOn({ state, fixedIn = '', dismissal }: LedgerEntry): string | undefined {
  if (state === 'fixed') {
    return `**Fixed** in ${codeSpan(shortSha(fixedIn))}: the code changed, and a new look at it no longer finds this.`;
  }
  if (state === 'outdated') return '**Outdated**: this is no longer a matter of this pull request.';
  if (state !== 'dismissed' || dismissal?.how !== 'command') return undefined;
  return `**Dismissed** by ${codeSpan(dismissal.by, 60)}; it is not said again until its code changes.`;
}
