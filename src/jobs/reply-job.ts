import { dispute, isObjection } from '../life/words-of-people.ts';
import { replyMarker } from '../report/marker.ts';
import { renderReplyAnswer } from '../report/render-explanation.ts';
import { explain } from './explain.ts';
import type { ReplyJob, ThreadJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { openPullLife } from './pull-life.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';

interface Options {
  readonly ports: JobPorts;
  readonly redaction: Redaction;
}

/**
 * Hears what a person with write access replied to a finding, and answers once in the life of its thread, with the
 * evidence. An objection makes the finding disputed; it stays open until it is dismissed or fixed.
 */
export async function runReply(job: ReplyJob, context: JobContext, options: Options): Promise<void> {
  const { ports, redaction } = options;
  const { signal } = context;
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  if (!(await installation.canWrite(job, job.author, signal))) return;
  const logger = redactLogger(ports.logger, redaction);
  const pull = await installation.getPullRequest(job, signal);
  const life = await openPullLife(pull, { installation, ports, logger, context });
  const thread = life.threads.find(({ commentId }) => commentId === job.thread);
  const entry = life.find({ thread: job.thread });
  // Somebody else's thread, or a finding of a pull request whose ledger is gone.
  if (thread === undefined || entry === undefined || entry === 'ambiguous') return;
  if (isObjection(job.body)) {
    await life.ledger.change((before) => dispute(before, entry.id));
    await life.refreshSummary();
  }
  if (thread.replies.some((reply) => reply.isOwn && reply.body.includes(replyMarker(thread.commentId))))
    return;
  const explained = await explain(entry, { ports, redaction, life, question: job.body }, signal);
  const body = `${renderReplyAnswer(explained)}\n\n${replyMarker(thread.commentId)}`;
  await installation.replyInThread(pull, thread.commentId, body, signal);
}

/** A person resolved a thread, or opened it again: takes it into the ledger and shows it. */
export async function runThread(job: ThreadJob, context: JobContext, options: Options): Promise<void> {
  const { ports, redaction } = options;
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  const logger = redactLogger(ports.logger, redaction);
  const pull = await installation.getPullRequest(job, context.signal);
  const life = await openPullLife(pull, { installation, ports, logger, context });
  await life.refreshSummary();
}
