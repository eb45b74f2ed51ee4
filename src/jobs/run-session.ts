import { z } from 'zod';
import type { Logger } from '../domain/logger.ts';
import type { PullRequest, RepositoryRef } from '../domain/pull-request.ts';
import type { ReviewReport, VerifyReport } from '../domain/report.ts';
import { clip } from '../report/escape.ts';
import { createLiveSummary, type LiveSummary } from '../report/live-summary.ts';
import {
  CHECK_NAMES,
  type CheckContent,
  renderEndedCheck,
  renderRunningCheck,
} from '../report/render-check-run.ts';
import type { PartState, ReviewerProgress } from '../report/summary-state.ts';
import { checkId, endAbandonedChecks } from './end-abandoned-checks.ts';
import type { RunJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import { type LedgerKeeper, openLedgerKeeper } from './ledger-keeper.ts';
import type { Installation, JobContext } from './ports.ts';
import { writeSteadily } from './preview-check.ts';
import { type Redaction, redactInstallation, redactLogger } from './redaction.ts';
import {
  type ExistingSummary,
  findSummary,
  loadRunSummary,
  type RunSummary,
  type SummaryParts,
} from './run-summary.ts';

/** The part of the summary that a run writes. */
export type RunPart = 'review' | 'preview';

/** One attempt of a run: its pull request, and how it tells people what it does. */
export interface RunSession {
  readonly installation: Installation;
  readonly logger: Logger;
  readonly pull: PullRequest;
  readonly repositoryUrl: string;
  readonly ledger: LedgerKeeper;
  /** What is known of the preview from an earlier run on this head. */
  readonly earlierPreview: VerifyReport | undefined;
  /** The same of the review. */
  readonly earlierReview: ReviewReport | undefined;
  /** Which run told of that preview last. */
  readonly earlierPreviewRun: string | undefined;
  /**
   * Whether the pull request is still open at the same head. If not, the run's check is ended as cancelled, and
   * nothing more may be posted.
   */
  isCurrent(): Promise<boolean>;
  /** Puts the check run in progress and shows the run in the summary. */
  begin(doing: string): Promise<void>;
  /** Shows progress soon; best effort. */
  progress(doing: string, reviewers?: readonly ReviewerProgress[]): void;
  /** Writes the summary for good. */
  finishSummary(change: Partial<SummaryParts>): Promise<void>;
  putCheck(content: CheckContent): Promise<void>;
  /** Ends the run without a report: neutral, never green. */
  fail(message: string): Promise<void>;
}

/**
 * Reads the pull request as it is now. Returns `undefined` when it was closed or its head moved on: the run is
 * superseded, and of it only a check run that was begun is ended.
 */
export async function openRun(
  part: RunPart,
  job: Pick<RunJob, 'installationId' | 'owner' | 'repo' | 'number' | 'headSha'>,
  context: JobContext,
  options: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<RunSession | undefined> {
  const { ports, redaction } = options;
  const { signal } = context;
  const logger = redactLogger(ports.logger, redaction);
  const installation = redactInstallation(await ports.installations.open(job.installationId), redaction);
  const pull = await installation.getPullRequest(job, signal);
  const existing = findSummary(await installation.listOwnComments(job, signal));
  const isSuperseded = pull.state === 'closed' || pull.headSha !== job.headSha;
  await endAbandonedChecks(
    { installation, pull, logger, heads: [job.headSha, existing?.marker.head] },
    // A superseded run ends what it began itself; a live one ends what others left behind.
    (runId) => (isSuperseded ? runId === context.id : runId !== context.id),
    signal,
  );
  if (isSuperseded) {
    logger.info('superseded: the pull request was closed or its head moved on', { job });
    return undefined;
  }

  return createSession(part, { ...options, context, installation, logger, pull, existing });
}

async function createSession(
  part: RunPart,
  options: {
    readonly ports: JobPorts;
    readonly redaction: Redaction;
    readonly context: JobContext;
    readonly installation: Installation;
    readonly logger: Logger;
    readonly pull: PullRequest;
    readonly existing: ExistingSummary | undefined;
  },
): Promise<RunSession> {
  const { ports, redaction, context, installation, logger, pull, existing } = options;
  const { signal } = context;
  const { headSha } = pull;
  const repositoryUrl = repositoryAddress(ports.webUrl, pull);
  const { reports, ledgers } = ports.store;
  const marked = existing?.marker.ledger;
  const ledger = await openLedgerKeeper({ store: ledgers, pull, key: ports.markerKey, marked, logger });
  const summary = await loadRunSummary({
    reports,
    pull,
    headSha,
    runId: context.id,
    repositoryUrl,
    existing,
    ledger,
  });
  const { parts } = summary;
  const live = createLiveSummary({
    publisher: installation,
    pull,
    commentId: existing?.commentId,
    logger,
    signal,
    sleep: ports.sleep,
  });
  const putCheck: RunSession['putCheck'] = async (content) => {
    signal.throwIfAborted();
    const identity = { name: CHECK_NAMES[part], headSha, externalId: checkId(pull, context.id) };
    await installation.putCheckRun(pull, { ...identity, ...content }, signal);
  };
  const reporting = createReporting(part, { context, redaction, summary, live, putCheck, ledger });
  const isCurrent: RunSession['isCurrent'] = async () => {
    const latest = await installation.getPullRequest(pull, signal);
    if (latest.state === 'open' && latest.headSha === headSha) return true;
    logger.info('superseded: the pull request was closed or its head moved on', { headSha });
    await putCheck(renderEndedCheck('cancelled', 'Cancelled', 'A newer commit took its place.'));
    return false;
  };
  const earlierPreview = parts.preview.kind === 'done' ? parts.preview.report : undefined;
  const earlierReview = parts.review.kind === 'done' ? parts.review.report : undefined;
  const known = { installation, logger, pull, repositoryUrl, earlierPreview, earlierReview };
  const earlierPreviewRun = parts.preview.kind === 'done' ? parts.preview.runId : undefined;
  return { ...known, ledger, earlierPreviewRun, putCheck, isCurrent, ...reporting };
}

function createReporting(
  part: RunPart,
  options: {
    readonly context: JobContext;
    readonly redaction: Redaction;
    readonly summary: RunSummary;
    readonly live: LiveSummary;
    readonly putCheck: RunSession['putCheck'];
    readonly ledger: LedgerKeeper;
  },
): Pick<RunSession, 'begin' | 'progress' | 'finishSummary' | 'fail'> {
  const { context, redaction, summary, live, putCheck, ledger } = options;
  const change = (state: PartState<never>): SummaryParts =>
    part === 'review' ? { ...summary.parts, review: state } : { ...summary.parts, preview: state };
  const progress: RunSession['progress'] = (doing, reviewers) => {
    const known = reviewers === undefined ? {} : { reviewers };
    live.show(summary.render(change({ kind: 'running', runId: context.id, doing, ...known })));
  };
  return {
    async begin(doing) {
      // Once: a later attempt must not reopen a check run that the first one completed.
      await context.step('begin', z.literal('begun'), async () => {
        await putCheck(renderRunningCheck(doing));
        return 'begun' as const;
      });
      progress(doing);
    },
    progress,
    finishSummary: (finished) =>
      writeSteadily(ledger, () => live.finish(summary.render({ ...summary.parts, ...finished }))),
    async fail(message) {
      // The hidden end of the summary holds it too.
      const told = clip(redaction.apply(message), MAX_MESSAGE);
      await live.finish(summary.render(change({ kind: 'failed', message: told })));
      await putCheck(renderEndedCheck('neutral', FAILED_TITLES[part], told));
    },
  };
}

/** Where GitHub shows the repository. */
export function repositoryAddress(webUrl: string, { owner, repo }: RepositoryRef): string {
  return `${webUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
}

const MAX_MESSAGE = 2000;

const FAILED_TITLES = { review: 'The review was not finished', preview: 'Preview not verified' } as const;
