import type { Logger } from '../domain/logger.ts';
import type { RepositoryRef } from '../domain/pull-request.ts';
import type { SummaryMarker } from '../report/marker.ts';
import type { Publisher } from '../report/ports.ts';
import { CHECK_NAMES, renderEndedCheck } from '../report/render-check-run.ts';

/**
 * Ends, as cancelled, the check runs that the summary's marker still calls running and that `isAbandoned` names.
 *
 * Best effort, with a log line: the commit may be gone after a force-push, and nobody reads its checks any more.
 */
export async function endAbandonedChecks(
  options: {
    readonly installation: Publisher;
    readonly pull: RepositoryRef;
    readonly logger: Logger;
    readonly marker: SummaryMarker | undefined;
    /** Why it ended, as people read it. */
    readonly why?: string;
  },
  isAbandoned: (runId: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { installation, pull, logger, marker, why = 'A newer commit or run took its place.' } = options;
  if (marker === undefined) return;
  for (const part of ['review', 'preview'] as const) {
    const note = marker[part];
    if (note?.kind !== 'running' || !isAbandoned(note.runId)) continue;
    try {
      const content = renderEndedCheck('cancelled', 'Cancelled', why);
      const identity = { name: CHECK_NAMES[part], headSha: marker.head, externalId: note.runId };
      await installation.putCheckRun(pull, { ...identity, ...content }, signal);
    } catch (error) {
      signal.throwIfAborted();
      logger.warn('an abandoned check run could not be ended', { head: marker.head, part, error });
    }
  }
}
