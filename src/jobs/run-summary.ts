import type { PullRequestRef } from '../domain/pull-request.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { type PartNote, readSummaryMarker, type SummaryMarker } from '../report/marker.ts';
import type { OwnComment } from '../report/ports.ts';
import { renderSummary } from '../report/render-summary.ts';
import type { PartState, SummaryState } from '../report/summary-state.ts';
import type { LedgerKeeper } from './ledger-keeper.ts';
import type { ReportStore } from './ports.ts';
import { shownPreview, withoutDismissed } from './shown-report.ts';

/** The summary comment as an earlier run or attempt left it. */
export interface ExistingSummary {
  readonly commentId: number;
  readonly marker: SummaryMarker;
}

/** The oldest of our comments that ends with the summary's marker. */
export function findSummary(comments: readonly OwnComment[]): ExistingSummary | undefined {
  for (const comment of comments) {
    const marker = readSummaryMarker(comment.body);
    if (marker !== undefined) return { commentId: comment.id, marker };
  }
  return undefined;
}

/** What changes in the summary while a run goes on. */
export interface SummaryParts {
  readonly review: PartState<ReviewReport>;
  readonly preview: PartState<VerifyReport>;
  readonly notes: readonly string[];
}

/** The summary of one head commit: what is kept from before, and how a body is made of it. */
export interface RunSummary {
  /** What was known when the run began. */
  readonly parts: SummaryParts;
  render(parts: SummaryParts): string;
}

/** Gathers what earlier runs found on this head; the ledger has what became of it all. */
export async function loadRunSummary(options: {
  readonly reports: ReportStore;
  readonly pull: PullRequestRef;
  readonly headSha: string;
  readonly runId: string;
  readonly repositoryUrl: string;
  readonly existing: ExistingSummary | undefined;
  readonly ledger: LedgerKeeper;
}): Promise<RunSummary> {
  const { reports, pull, headSha, existing, ledger } = options;
  const marker = existing?.marker;
  const here = marker?.head === headSha ? marker : undefined;
  const stored = await reports.load(pull, headSha);
  const previous = here === undefined ? lastFinished(marker) : marker?.previous;

  const render = (parts: SummaryParts): string => {
    const { entries } = ledger.current();
    const inline = entries.filter(({ said }) => said === 'inline').map(({ id }) => id);
    const state: SummaryState = {
      ...options,
      review: shown(parts.review, (report) => withoutDismissed(report, ledger.current())),
      preview: shown(parts.preview, (report) => shownPreview(report, ledger.current())),
      inline: new Set(inline),
      notes: parts.notes,
      life: { entries, ...(previous === undefined ? {} : { since: previous.head }) },
    };
    const review = toNote(parts.review);
    const preview = toNote(parts.preview);
    return renderSummary(state, {
      head: headSha,
      ...(review === undefined ? {} : { review }),
      ...(preview === undefined ? {} : { preview }),
      ...(previous === undefined ? {} : { previous }),
      ...(entries.length === 0 ? {} : { ledger: ledger.sealed() }),
    });
  };
  return {
    parts: {
      review: fromBefore(here?.review, stored.review, 'not started'),
      preview: fromBefore(here?.preview, stored.verify, 'waiting for a deployment, or for a /verify comment'),
      notes: [],
    },
    render,
  };
}

function shown<Report>(part: PartState<Report>, change: (report: Report) => Report): PartState<Report> {
  return part.kind === 'done' ? { ...part, report: change(part.report) } : part;
}

/** Which earlier head to compare with: the marker's own when a run on it was finished, else the one it names. */
function lastFinished(marker: SummaryMarker | undefined): SummaryMarker['previous'] {
  if (marker === undefined) return undefined;
  return marker.review?.kind === 'done' || marker.preview?.kind === 'done'
    ? { head: marker.head }
    : marker.previous;
}

/** The last run on this head may have ended without a report, and then the stored one is older than it. */
function fromBefore<Report>(
  note: PartNote | undefined,
  report: Report | undefined,
  waiting: string,
): PartState<Report> {
  if (note?.kind === 'failed' || note?.kind === 'cancelled') {
    return note.kind === 'failed'
      ? { kind: 'failed', message: note.message }
      : { kind: 'cancelled', ...(note.by === undefined ? {} : { by: note.by }) };
  }
  if (report === undefined) return { kind: 'waiting', why: waiting };
  const runId = note?.kind === 'done' ? note.runId : undefined;
  return { kind: 'done', report, ...(runId === undefined ? {} : { runId }) };
}

function toNote(part: PartState<unknown>): PartNote | undefined {
  switch (part.kind) {
    case 'waiting':
      return undefined;
    case 'running':
      return { kind: 'running', runId: part.runId };
    case 'done':
      return { kind: 'done', ...(part.runId === undefined ? {} : { runId: part.runId }) };
    case 'cancelled':
      return { kind: 'cancelled', ...(part.by === undefined ? {} : { by: part.by }) };
    case 'failed':
      return { kind: 'failed', message: part.message };
  }
}
