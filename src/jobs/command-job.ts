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
import { answerComment, answerInThread } from './answer-comment.ts';
import { approveVisual } from './approve-visual.ts';
import { cancelRuns } from './cancel-runs.ts';
import { carryOutDismiss, carryOutExplain } from './finding-commands.ts';
import type { CommandJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { Installation, JobContext } from './ports.ts';
import { openPullLife } from './pull-life.ts';
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
  const place = await openPlace(job, installation, signal);
  if (place === undefined) return;
  if (!(await installation.canWrite(job, job.author, signal))) {
    if (!commands.some(isOurs)) return;
    await place.react('confused');
    await place.answer(renderRefusal(job.author));
    return;
  }

  await place.react('eyes');
  const pull = await installation.getPullRequest(job, signal);
  const answers: string[] = [];
  for (const command of commands) {
    const about = { job, pull, installation, ports, redaction, logger, context, place };
    const answer = await carryOut(command, about);
    if (answer !== undefined) answers.push(answer);
  }
  if (answers.length > 0) await place.answer(answers.join('\n\n'));
}

/** Where a command was said, and is answered. */
interface Place {
  react(reaction: 'eyes' | '+1' | 'confused' | 'rocket'): Promise<void>;
  answer(body: string): Promise<void>;
}

/** The conversation, or a thread of ours; undefined for somebody else's thread, in which nothing is said. */
async function openPlace(
  job: CommandJob,
  installation: Installation,
  signal: AbortSignal,
): Promise<Place | undefined> {
  const { commentId } = job;
  if (job.thread === undefined) {
    return {
      react: (reaction) => installation.react(job, commentId, reaction, signal),
      answer: (body) => answerComment(installation, job, commentId, body, signal),
    };
  }
  const threads = await installation.listOwnThreads(job, signal);
  const thread = threads.find((one) => one.commentId === job.thread);
  if (thread === undefined) return undefined;
  return {
    react: (reaction) => installation.reactInThread(job, commentId, reaction, signal),
    answer: (body) => answerInThread(installation, job, { thread, commentId, body }, signal),
  };
}

/** Commands that start, stop or change something of ours; other apps listen to the same words for the rest. */
const OURS: ReadonlySet<string> = new Set(['review', 'verify', 'cancel', 'dismiss', 'explain']);

function isOurs(command: Command): boolean {
  // Alone, it means the whole pull request to others.
  if (command.kind === 'approve') return command.numbers.length + command.ids.length > 0;
  return OURS.has(command.kind === 'malformed' ? command.name : command.kind);
}

/** Says that the commands could not be carried out, to people who may give them. */
export async function answerFailedCommand(
  message: string,
  job: CommandJob,
  { signal }: JobContext,
  { ports, redaction }: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  const place = await openPlace(job, installation, signal);
  if (place === undefined || !(await installation.canWrite(job, job.author, signal))) return;
  await place.react('confused');
  await place.answer(renderFailure(message));
}

interface Circumstances {
  readonly job: CommandJob;
  readonly pull: PullRequest;
  readonly installation: Installation;
  readonly ports: JobPorts;
  readonly redaction: Redaction;
  readonly logger: JobPorts['logger'];
  readonly context: JobContext;
  readonly place: Place;
}

/** Returns what to answer; nothing when a reaction and the summary say it. */
async function carryOut(command: Command, options: Circumstances): Promise<string | undefined> {
  const { job, pull, context, place, ports, redaction } = options;
  switch (command.kind) {
    case 'review':
    case 'verify':
      if (pull.state === 'closed') return renderNothingToRun('the pull request is closed');
      await enqueueRun(command, options);
      await place.react('rocket');
      return undefined;
    case 'cancel': {
      // Remembered, because a second attempt finds nothing left to cancel.
      const runs = await context.step('cancel', z.int(), () =>
        cancelRuns(pull, { ...options, by: job.author }),
      );
      if (runs === 0) return 'Nothing was running or waiting for this pull request.';
      await place.react('+1');
      return undefined;
    }
    case 'approve': {
      const answer = await carryOutApprove(command, options);
      if (answer !== '') return answer;
      await place.react('+1');
      return undefined;
    }
    case 'dismiss':
    case 'explain': {
      const life = await openPullLife(pull, options);
      const about = { life, job, ports, redaction };
      const answer =
        command.kind === 'dismiss'
          ? await carryOutDismiss(command, about, context.signal)
          : await carryOutExplain(command, about, context.signal);
      if (answer.kind === 'answer') return answer.text;
      await place.react('+1');
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

/** What to answer; empty when it is done. */
async function carryOutApprove(
  command: Command & { readonly kind: 'approve' },
  options: Circumstances,
): Promise<string> {
  const { job, pull, ports, context } = options;
  const { numbers, ids } = command;
  const about = { by: job.author, ports, context };
  // Remembered, because a second attempt finds nothing left to approve.
  return context.step(`approve ${numbers.join()} ${ids.join()}`, z.string(), async () => {
    const life = await openPullLife(pull, options);
    return (await approveVisual(command, { ...about, life })) ?? '';
  });
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
