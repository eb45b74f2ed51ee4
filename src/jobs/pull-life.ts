import type { LedgerEntry } from '../domain/ledger.ts';
import { findEntry } from '../domain/ledger.ts';
import type { Logger } from '../domain/logger.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { readFindingMarker, type SummaryMarker } from '../report/marker.ts';
import type { FindingThread } from '../report/ports.ts';
import { hearPeople } from './hear-people.ts';
import type { JobPorts } from './job-ports.ts';
import { type LedgerKeeper, openLedgerKeeper } from './ledger-keeper.ts';
import type { Installation, JobContext } from './ports.ts';
import { writeSteadily } from './preview-check.ts';
import { repositoryAddress } from './run-session.ts';
import { findSummary, loadRunSummary } from './run-summary.ts';

/** The findings of a pull request outside of a run: what a command or a reply works on. */
export interface PullLife {
  readonly pull: PullRequest;
  readonly installation: Installation;
  readonly ledger: LedgerKeeper;
  readonly threads: readonly FindingThread[];
  /** What the hidden end of the summary said when this was opened. */
  readonly summary: SummaryMarker | undefined;
  /** The finding that a person means: by its id, or by the thread that they write in. */
  find(about: { readonly id?: string; readonly thread?: number }): LedgerEntry | 'ambiguous' | undefined;
  /** Writes the ledger into the summary, unless a run is under way, which will do it at its end. */
  refreshSummary(): Promise<void>;
}

export async function openPullLife(
  pull: PullRequest,
  options: {
    readonly installation: Installation;
    readonly ports: JobPorts;
    readonly logger: Logger;
    readonly context: JobContext;
  },
): Promise<PullLife> {
  const { installation, ports, logger, context } = options;
  const { signal } = context;
  const existing = findSummary(await installation.listOwnComments(pull, signal));
  const marked = existing?.marker.ledger;
  const { ledgers, reports } = ports.store;
  const ledger = await openLedgerKeeper({ store: ledgers, pull, key: ports.markerKey, marked, logger });
  const { threads } = await hearPeople(pull, { installation, ledger }, signal);
  return {
    pull,
    installation,
    ledger,
    threads,
    summary: existing?.marker,
    find({ id, thread }) {
      if (id !== undefined) return findEntry(ledger.current(), id);
      const first = threads.find(({ commentId }) => commentId === thread);
      const marker = first === undefined ? undefined : readFindingMarker(first.body);
      return ledger.current().entries.find((entry) => entry.id === marker);
    },
    async refreshSummary() {
      if (existing === undefined) return;
      const { marker, commentId } = existing;
      if (marker.review?.kind === 'running' || marker.preview?.kind === 'running') return;
      const summary = await loadRunSummary({
        reports,
        pull,
        headSha: marker.head,
        runId: context.id,
        repositoryUrl: repositoryAddress(ports.webUrl, pull),
        existing,
        ledger,
      });
      await writeSteadily(ledger, async () => {
        await installation.updateComment(pull, commentId, summary.render(summary.parts), signal);
      });
    },
  };
}
