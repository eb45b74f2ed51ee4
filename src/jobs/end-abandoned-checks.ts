import type { Logger } from '../domain/logger.ts';
import type { PullRequestRef } from '../domain/pull-request.ts';
import type { Publisher } from '../report/ports.ts';
import { renderEndedCheck } from '../report/render-check-run.ts';

/**
 * The external id of a run's check run. A commit may be the head of several pull requests, and its check runs are
 * listed together, so the id says whose it is.
 */
export function checkId({ number }: Pick<PullRequestRef, 'number'>, runId: string): string {
  return `${number}/${runId}`;
}

/**
 * Ends, as cancelled, the pull request's check runs on these commits that GitHub lists as unfinished and whose run
 * `isAbandoned` names. Returns how many.
 *
 * GitHub is asked because a run may be cut off between any two of its writes, so no note of ours is sure to name it.
 * Best effort, with a log line: the commit may be gone after a force-push, and nobody reads its checks any more.
 */
export async function endAbandonedChecks(
  options: {
    readonly installation: Publisher;
    readonly pull: PullRequestRef;
    readonly logger: Logger;
    readonly heads: readonly (string | undefined)[];
    /** Why it ended, as people read it. */
    readonly why?: string;
  },
  isAbandoned: (runId: string) => boolean,
  signal: AbortSignal,
): Promise<number> {
  const { installation, pull, logger, why = 'A newer commit or run took its place.' } = options;
  const prefix = checkId(pull, '');
  const content = renderEndedCheck('cancelled', 'Cancelled', why);
  let ended = 0;
  for (const headSha of new Set(options.heads.filter((head) => head !== undefined))) {
    try {
      for (const identity of await installation.listUnfinishedChecks(pull, headSha, signal)) {
        const { externalId } = identity;
        if (!externalId.startsWith(prefix) || !isAbandoned(externalId.slice(prefix.length))) continue;
        await installation.putCheckRun(pull, { ...identity, headSha, ...content }, signal);
        ended += 1;
      }
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('the abandoned check runs of a commit could not be ended', { headSha, error });
    }
  }
  return ended;
}
