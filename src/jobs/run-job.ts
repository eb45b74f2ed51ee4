import { TransientError, UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { runAbandoned } from './abandoned-job.ts';
import { runCheckAction } from './check-action-job.ts';
import { runClosed } from './closed-job.ts';
import { answerFailedCommand, runCommands } from './command-job.ts';
import { runDeployment } from './deployment-job.ts';
import { type CommandJob, isRunJob, type Job, type RunJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobContext } from './ports.ts';
import { runPreviewSign } from './preview-sign-job.ts';
import { createRedaction, type Redaction, redactLogger } from './redaction.ts';
import { runReply, runThread } from './reply-job.ts';
import { runReview } from './review-job.ts';
import { openRun } from './run-session.ts';
import { runSuperseded } from './superseded-job.ts';
import { runVerify } from './verify-job.ts';

interface Options {
  readonly ports: JobPorts;
  readonly redaction: Redaction;
}

/**
 * Does one job, and decides who is told when it goes wrong.
 *
 * A `UserError` is shown in the pull request as it stands. A `TransientError` is thrown on, so that the job runs again,
 * and shown after the last attempt. Anything else is ours: it is logged, and the pull request gets the job's id to
 * quote. An aborted job throws the signal's reason and posts nothing.
 */
export async function handleJob(job: Job, context: JobContext, ports: JobPorts): Promise<void> {
  const redaction = createRedaction(ports.redact);
  const options = { ports, redaction };
  const logger = redactLogger(ports.logger, redaction);
  try {
    await dispatch(job, context, options);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof TransientError && !context.isLastAttempt) throw error;
    logError(error, { job, context, logger });
    if (isRunJob(job) || job.kind === 'command') {
      await reportFailure(describeFailure(error, context.id), job, context, options);
    }
  }
}

async function dispatch(job: Job, context: JobContext, options: Options): Promise<void> {
  switch (job.kind) {
    case 'review':
      return runReview(job, context, options);
    case 'verify':
      return runVerify(job, context, options);
    case 'command':
      return runCommands(job, context, options);
    case 'reply':
      return runReply(job, context, options);
    case 'thread':
      return runThread(job, context, options);
    case 'deployment':
      return runDeployment(job, context, options);
    case 'preview-sign':
      return runPreviewSign(job, context, options);
    case 'check-action':
      return runCheckAction(job, context, options);
    case 'closed':
      return runClosed(job, context, options);
    case 'abandoned':
      return runAbandoned(job, context, options);
    case 'superseded':
      return runSuperseded(job, context, options);
  }
}

function describeFailure(error: unknown, id: string): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof TransientError) return `could not be done after several attempts: ${error.message}`;
  return `an error of ours; the operator finds it in the log under ${id}`;
}

function logError(
  error: unknown,
  options: { readonly job: Job; readonly context: JobContext; readonly logger: Logger },
): void {
  const { job, context, logger } = options;
  // The body of a comment is somebody's text and no help in finding the error.
  const { kind, owner, repo } = job;
  const fields = { id: context.id, attempt: context.attempt, kind, owner, repo, error };
  if (error instanceof UserError) logger.info('the job met a problem that its owner can fix', fields);
  else logger.error('the job failed', fields);
}

/** Shows the failure in the pull request. An error on the way there is logged, or makes the job run again. */
async function reportFailure(
  message: string,
  job: RunJob | CommandJob,
  context: JobContext,
  options: Options,
): Promise<void> {
  try {
    if (job.kind === 'command') {
      await answerFailedCommand(message, job, context, options);
      return;
    }
    const part = job.kind === 'review' ? 'review' : 'preview';
    const run = await openRun(part, job, context, options);
    await run?.fail(message);
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof TransientError && !context.isLastAttempt) throw error;
    redactLogger(options.ports.logger, options.redaction).error('the failure could not be shown', {
      id: context.id,
      error,
    });
  }
}
