import type { Logger } from '../domain/logger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import { readSummaryMarker } from './marker.ts';
import type { OwnComment, Publisher } from './ports.ts';

/** The summary comment of one run, written while the run is under way. */
export interface LiveSummary {
  /**
   * Shows `body` soon. Best effort: at most one write in a few seconds, the last body wins, a failure is logged.
   * Does nothing once `finish` was called or the run's signal is aborted.
   */
  show(body: string): void;
  /** Writes `body` for good, after any write under way; throws when that is not possible. */
  finish(body: string): Promise<void>;
}

/** GitHub allows 80 content-creating requests a minute for all pull requests of an installation together. */
const INTERVAL_MS = 4000;

interface CommentOptions {
  readonly publisher: Publisher;
  readonly pull: PullRequestRef;
  readonly commentId: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Keeps the comment up to date. `commentId` is the comment that an earlier run or attempt made, if any; a comment
 * that a person deleted is made anew only by `finish`.
 */
export function createLiveSummary(
  options: CommentOptions & {
    readonly logger: Logger;
    /** Waits; rejects when the signal is aborted. */
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
    readonly intervalMs?: number;
  },
): LiveSummary {
  const { logger, signal } = options;
  const finished = new AbortController();
  const ended = AbortSignal.any([signal, finished.signal]);
  const comment = createComment(options);
  let pending: string | undefined;
  let writing: Promise<void> | undefined;

  const writePending = async (): Promise<void> => {
    while (pending !== undefined && !ended.aborted) {
      const body = pending;
      pending = undefined;
      try {
        await comment.write(body, comment.isMissing());
      } catch (error) {
        if (!ended.aborted) logger.warn('the live summary could not be written', { error });
      }
      // Rejects only when the run has ended, which ends this loop.
      await options.sleep(options.intervalMs ?? INTERVAL_MS, ended).catch(() => undefined);
    }
    writing = undefined;
  };

  return {
    show(body) {
      if (ended.aborted) return;
      pending = body;
      writing ??= writePending();
    },
    async finish(body) {
      finished.abort();
      await writing;
      await comment.write(body, true);
    },
  };
}

interface SummaryComment {
  isMissing(): boolean;
  /** Writes `body` into the comment; makes one only when allowed to. */
  write(body: string, mayCreate: boolean): Promise<void>;
}

function createComment(options: CommentOptions): SummaryComment {
  const { publisher, pull, signal } = options;
  let commentId = options.commentId;
  let written: string | undefined;
  /** GitHub may have made a comment and lost the answer (502): then it is looked for before another is made. */
  let isAnswerLost = false;

  const findSummaries = async (): Promise<readonly OwnComment[]> =>
    (await publisher.listOwnComments(pull, signal)).filter(
      ({ body }) => readSummaryMarker(body) !== undefined,
    );

  const write: SummaryComment['write'] = async (body, mayCreate) => {
    signal.throwIfAborted();
    if (body === written) return;
    if (isAnswerLost) {
      commentId = (await findSummaries())[0]?.id;
      isAnswerLost = false;
    }
    if (commentId !== undefined) {
      const { kind } = await publisher.updateComment(pull, commentId, body, signal);
      if (kind === 'updated') written = body;
      if (kind === 'updated' || !mayCreate) return;
    }
    try {
      commentId = (await publisher.createComment(pull, body, signal)).id;
      written = body;
    } catch (error) {
      isAnswerLost = true;
      throw error;
    }
  };

  return { isMissing: () => commentId === undefined, write };
}
