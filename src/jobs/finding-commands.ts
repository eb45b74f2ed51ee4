import type { Command } from '../domain/commands.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { isOpen } from '../domain/ledger.ts';
import { dismiss } from '../life/words-of-people.ts';
import { renderNoFinding, renderNotOpen } from '../report/render-answers.ts';
import { renderExplanation } from '../report/render-explanation.ts';
import { closeOver } from './advance-ledger.ts';
import { answerInThread } from './answer-comment.ts';
import { explain } from './explain.ts';
import type { CommandJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { PullLife } from './pull-life.ts';
import type { Redaction } from './redaction.ts';

type About<Kind extends Command['kind']> = Command & { readonly kind: Kind };

/** What came of a command: an answer to give where it was said, or that it was done. */
export type FindingAnswer = { readonly kind: 'done' } | { readonly kind: 'answer'; readonly text: string };

const DONE: FindingAnswer = { kind: 'done' };

/** Leaves a finding alone until its code changes. */
export async function carryOutDismiss(
  command: About<'dismiss'>,
  { life, job }: { readonly life: PullLife; readonly job: CommandJob },
  signal: AbortSignal,
): Promise<FindingAnswer> {
  const entry = findMeant(command.id, life, job);
  if ('kind' in entry) return entry;
  const dismissal = {
    how: 'command' as const,
    by: job.author,
    ...(command.why === undefined ? {} : { why: command.why }),
  };
  // A second attempt finds its own work.
  const isDone = JSON.stringify(entry.dismissal) === JSON.stringify(dismissal);
  if (!isOpen(entry) && !isDone) return { kind: 'answer', text: renderNotOpen(entry) };
  await life.ledger.change((before) => dismiss(before, entry.id, dismissal));
  await closeOver(life, life.threads, signal);
  await life.refreshSummary();
  return DONE;
}

/** Says what is known of a finding, in its thread when it has one. */
export async function carryOutExplain(
  command: About<'explain'>,
  about: {
    readonly life: PullLife;
    readonly job: CommandJob;
    readonly ports: JobPorts;
    readonly redaction: Redaction;
  },
  signal: AbortSignal,
): Promise<FindingAnswer> {
  const { life, job } = about;
  const entry = findMeant(command.id, life, job);
  if ('kind' in entry) return entry;
  const text = renderExplanation(await explain(entry, about, signal));
  const thread = life.threads.find(({ commentId }) => commentId === entry.commentId);
  if (thread === undefined || thread.commentId === job.thread) return { kind: 'answer', text };
  const { installation, pull } = life;
  await answerInThread(installation, pull, { thread, commentId: job.commentId, body: text }, signal);
  return DONE;
}

function findMeant(id: string | undefined, life: PullLife, job: CommandJob): LedgerEntry | FindingAnswer {
  const entry = life.find({
    ...(id === undefined ? {} : { id }),
    ...(job.thread === undefined ? {} : { thread: job.thread }),
  });
  if (entry === undefined || entry === 'ambiguous') {
    return { kind: 'answer', text: renderNoFinding(id, { isAmbiguous: entry === 'ambiguous' }) };
  }
  return entry;
}
