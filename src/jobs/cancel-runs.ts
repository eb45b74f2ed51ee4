import type { Logger } from '../domain/logger.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { PartNote } from '../report/marker.ts';
import type { PartState } from '../report/summary-state.ts';
import { endAbandonedChecks } from './end-abandoned-checks.ts';
import type { JobPorts } from './job-ports.ts';
import { openLedgerKeeper } from './ledger-keeper.ts';
import type { Installation, JobContext } from './ports.ts';
import { repositoryAddress } from './run-session.ts';
import { type ExistingSummary, findSummary, loadRunSummary } from './run-summary.ts';

/** An active run's signal is aborted within two seconds, and then it may still have one request under way. */
export const SETTLE_MS = 3000;

interface Options {
  readonly installation: Installation;
  readonly ports: JobPorts;
  readonly logger: Logger;
  readonly context: JobContext;
  /** Who asked for it; absent when the pull request was closed. */
  readonly by?: string;
}

/**
 * Stops the runs of a pull request and shows them as cancelled. Returns how many were waiting or running.
 *
 * A run that is aborted posts nothing itself, because it cannot tell a cancellation from a stopping worker.
 */
export async function cancelRuns(pull: PullRequest, options: Options): Promise<number> {
  const { installation, ports, logger, context, by } = options;
  const { signal } = context;
  const runs = await ports.queue.cancelRuns(pull);
  if (runs > 0) await ports.sleep(SETTLE_MS, signal);
  const existing = findSummary(await installation.listOwnComments(pull, signal));
  const why = by === undefined ? 'The pull request was closed.' : `Cancelled by ${by}.`;
  const heads = [pull.headSha, existing?.marker.head];
  const checks = await endAbandonedChecks({ installation, pull, logger, heads, why }, () => true, signal);
  const isShown = existing !== undefined && (await showCancelled(pull, existing, options));
  return Math.max(runs, checks > 0 || isShown ? 1 : 0);
}

/** Returns whether the summary called a part running. */
async function showCancelled(
  pull: PullRequest,
  existing: ExistingSummary,
  { installation, ports, logger, context, by }: Options,
): Promise<boolean> {
  const { marker, commentId } = existing;
  const { ledgers } = ports.store;
  if (marker.review?.kind !== 'running' && marker.preview?.kind !== 'running') return false;
  const summary = await loadRunSummary({
    reports: ports.store.reports,
    pull,
    headSha: marker.head,
    runId: runIdOf(marker.review) ?? runIdOf(marker.preview) ?? context.id,
    repositoryUrl: repositoryAddress(ports.webUrl, pull),
    existing,
    ledger: await openLedgerKeeper({
      store: ledgers,
      pull,
      key: ports.markerKey,
      marked: marker.ledger,
      logger,
    }),
  });
  const cancelled: PartState<never> = { kind: 'cancelled', ...(by === undefined ? {} : { by }) };
  const body = summary.render({
    ...summary.parts,
    ...(marker.review?.kind === 'running' ? { review: cancelled } : {}),
    ...(marker.preview?.kind === 'running' ? { preview: cancelled } : {}),
  });
  await installation.updateComment(pull, commentId, body, context.signal);
  return true;
}

function runIdOf(note: PartNote | undefined): string | undefined {
  return note?.kind === 'running' ? note.runId : undefined;
}
