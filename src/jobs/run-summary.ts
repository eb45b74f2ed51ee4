import type { PullRequestRef } from '../domain/pull-request.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { type PartNote, readSummaryMarker, type SummaryMarker } from '../report/marker.ts';
import type { OwnComment } from '../report/ports.ts';
import { renderSummary } from '../report/render-summary.ts';
import { allFindings, compareRuns, uniqueFindings } from '../report/select-findings.ts';
import type { PartState, PreviousRun, SummaryState } from '../report/summary-state.ts';
import type { ReportStore } from './ports.ts';

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
  readonly inline: readonly string[];
  readonly notes: readonly string[];
}

/** The summary of one head commit: what is kept from before, and how a body is made of it. */
export interface RunSummary {
  /** What was known when the run began. */
  readonly parts: SummaryParts;
  render(parts: SummaryParts): string;
}

/** Gathers what earlier runs found on this head and on the one before. */
export async function loadRunSummary(options: {
  readonly reports: ReportStore;
  readonly pull: PullRequestRef;
  readonly headSha: string;
  readonly runId: string;
  readonly repositoryUrl: string;
  readonly existing: ExistingSummary | undefined;
}): Promise<RunSummary> {
  const { reports, pull, headSha, existing } = options;
  const marker = existing?.marker;
  const here = marker?.head === headSha ? marker : undefined;
  const stored = await reports.load(pull, headSha);
  const previous = here === undefined ? lastFinished(marker) : marker?.previous;
  const earlier = previous === undefined ? {} : await reports.load(pull, previous.head);
  const isEarlierKnown = earlier.review !== undefined || earlier.verify !== undefined;

  const render = (parts: SummaryParts): string => {
    const current = {
      ...(parts.review.kind === 'done' ? { review: parts.review.report } : {}),
      ...(parts.preview.kind === 'done' ? { verify: parts.preview.report } : {}),
    };
    const history: PreviousRun | undefined =
      previous === undefined || !isEarlierKnown ? undefined : compareRuns(previous.head, earlier, current);
    const state: SummaryState = {
      ...options,
      review: parts.review,
      preview: parts.preview,
      inline: new Set(parts.inline),
      notes: parts.notes,
      ...(history === undefined ? {} : { previous: history }),
    };
    const review = toNote(parts.review);
    const preview = toNote(parts.preview);
    return renderSummary(state, {
      head: headSha,
      findings: uniqueFindings(allFindings(current)).map((finding) => finding.id),
      inline: [...new Set(parts.inline)],
      ...(review === undefined ? {} : { review }),
      ...(preview === undefined ? {} : { preview }),
      ...(previous === undefined ? {} : { previous }),
    });
  };
  return {
    parts: {
      review: fromBefore(here?.review, stored.review, 'not started'),
      preview: fromBefore(here?.preview, stored.verify, 'waiting for a deployment, or for a /verify comment'),
      inline: marker?.inline ?? [],
      notes: [],
    },
    render,
  };
}

/** Which earlier head to compare with: the marker's own when a run on it was finished, else the one it names. */
function lastFinished(marker: SummaryMarker | undefined): SummaryMarker['previous'] {
  if (marker === undefined) return undefined;
  return marker.review?.kind === 'done' || marker.preview?.kind === 'done'
    ? { head: marker.head, findings: marker.findings }
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
  return report === undefined ? { kind: 'waiting', why: waiting } : { kind: 'done', report };
}

function toNote(part: PartState<unknown>): PartNote | undefined {
  switch (part.kind) {
    case 'waiting':
      return undefined;
    case 'running':
      return { kind: 'running', runId: part.runId };
    case 'done':
      return { kind: 'done' };
    case 'cancelled':
      return { kind: 'cancelled', ...(part.by === undefined ? {} : { by: part.by }) };
    case 'failed':
      return { kind: 'failed', message: part.message };
  }
}
