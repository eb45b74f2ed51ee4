import { z } from 'zod';
import { type Command, parseCommands } from '../domain/commands.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import {
  HELP,
  renderFailure,
  renderMalformed,
  renderMistyped,
  renderNothingToRun,
  renderRefusal,
  renderUnavailable,
} from '../report/render-answers.ts';
import { answerComment } from './answer-comment.ts';
import { cancelRuns } from './cancel-runs.ts';
import type { CommandJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { Installation, JobContext } from './ports.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';

/** Carries out the commands of one comment, for people who may write to the repository. */
export async function runCommands(
  job: CommandJob,
  context: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const commands = parseCommands(job.body);
  if (commands.length === 0) return;
  const { signal } = context;
  const logger = redactLogger(ports.logger, redaction);
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  if (!(await installation.canWrite(job, job.author, signal))) {
    if (!commands.some(isOurs)) return;
    await installation.react(job, job.commentId, 'confused', signal);
    await answerComment(installation, job, job.commentId, renderRefusal(job.author), signal);
    return;
  }

  await installation.react(job, job.commentId, 'eyes', signal);
  const pull = await installation.getPullRequest(job, signal);
  const answers: string[] = [];
  for (const command of commands) {
    const answer = await carryOut(command, { job, pull, installation, ports, logger, context });
    if (answer !== undefined) answers.push(answer);
  }
  if (answers.length > 0) {
    await answerComment(installation, job, job.commentId, answers.join('\n\n'), signal);
  }
}

/** Whether the command starts or stops something of ours; other apps listen to the same words for the rest. */
function isOurs(command: Command): boolean {
  const name = command.kind === 'malformed' ? command.name : command.kind;
  return name === 'review' || name === 'verify' || name === 'cancel';
}

/** Says that the commands could not be carried out, to people who may give them. */
export async function answerFailedCommand(
  message: string,
  job: CommandJob,
  { signal }: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  if (!(await installation.canWrite(job, job.author, signal))) return;
  await installation.react(job, job.commentId, 'confused', signal);
  await answerComment(installation, job, job.commentId, renderFailure(message), signal);
}

/** Returns what to answer; nothing when a reaction and the summary say it. */
async function carryOut(
  command: Command,
  options: {
    readonly job: CommandJob;
    readonly pull: PullRequest;
    readonly installation: Installation;
    readonly ports: JobPorts;
    readonly logger: JobPorts['logger'];
    readonly context: JobContext;
  },
): Promise<string | undefined> {
  const { job, pull, context, installation } = options;
  switch (command.kind) {
    case 'review':
    case 'verify':
      if (pull.state === 'closed') return renderNothingToRun('the pull request is closed');
      await enqueueRun(command, options);
      await installation.react(job, job.commentId, 'rocket', context.signal);
      return undefined;
    case 'cancel': {
      // Remembered, because a second attempt finds nothing left to cancel.
      const runs = await context.step('cancel', z.int(), () =>
        cancelRuns(pull, { ...options, by: job.author }),
      );
      if (runs === 0) return 'Nothing was running or waiting for this pull request.';
      await installation.react(job, job.commentId, '+1', context.signal);
      return undefined;
    }
    case 'help':
      return HELP;
    case 'unavailable':
      return renderUnavailable(command.name);
    case 'mistyped':
      return renderMistyped(command.word, command.meant);
    case 'malformed':
      return renderMalformed(command.name, command.problem);
  }
}

async function enqueueRun(
  command: Command & { readonly kind: 'review' | 'verify' },
  { job, pull, ports }: { readonly job: CommandJob; readonly pull: PullRequest; readonly ports: JobPorts },
): Promise<void> {
  const run = {
    installationId: job.installationId,
    owner: job.owner,
    repo: job.repo,
    number: job.number,
    headSha: pull.headSha,
    trigger: 'command',
  } as const;
  if (command.kind === 'review') {
    await ports.queue.enqueue({ kind: 'review', ...run }, `comment:${job.commentId}:review`);
    return;
  }
  const { url, flows } = command;
  await ports.queue.enqueue(
    {
      kind: 'verify',
      ...run,
      ...(url === undefined ? {} : { url }),
      ...(flows.length === 0 ? {} : { flows: [...flows] }),
      isAuthorised: true,
    },
    `comment:${job.commentId}:verify:${JSON.stringify([url ?? '', ...flows])}`,
  );
}
