import { z } from 'zod';
import { changedPaths, type FileDiff } from '../domain/diff.ts';
import { isOpen } from '../domain/ledger.ts';
import { parseDiff } from '../domain/parse-diff.ts';
import { type ReviewReport, reviewReportSchema, type VerifyReport } from '../domain/report.ts';
import { linkReports } from '../life/judge-hypotheses.ts';
import { isOfReview } from '../life/reading.ts';
import { publishReview } from '../report/publish-review.ts';
import { renderReviewCheck } from '../report/render-check-run.ts';
import { openBefore } from '../report/render-life.ts';
import type { PartState } from '../report/summary-state.ts';
import type { GitObjects } from '../review/ports.ts';
import { advanceToHead, closeOver, noteSaid, unsaidIds } from './advance-ledger.ts';
import { hearPeople } from './hear-people.ts';
import type { ReviewJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import {
  CONFIG_CHANGE_NOTE,
  changesConfiguration,
  findSecretValues,
  loadConfiguration,
} from './load-configuration.ts';
import type { JobContext } from './ports.ts';
import { readEarlier } from './read-earlier.ts';
import { readIntent } from './read-intent.ts';
import type { Redaction } from './redaction.ts';
import { openRun, type RunSession } from './run-session.ts';
import { withLedgerIds, withoutDismissed } from './shown-report.ts';

const postedSchema = z.object({
  kind: z.enum(['posted', 'posted-before', 'nothing-to-say', 'refused']),
  inline: z.array(z.string()),
});

/** Reviews the diff of one head commit and publishes what was found. */
export async function runReview(
  job: ReviewJob,
  context: JobContext,
  options: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const { ports, redaction } = options;
  const { signal } = context;
  const run = await openRun('review', job, context, options);
  if (run === undefined) return;
  const { pull, installation } = run;
  await run.begin('reading the diff');

  const objects = await installation.openObjects(pull, signal);
  const config = await loadConfiguration(objects, pull.baseSha, signal);
  const secrets = await findSecretValues(config, ports.store.secrets(pull));
  redaction.learn(secrets);
  const read = await context.step('review', reviewReportSchema, async () =>
    ports.review(
      {
        base: pull.baseSha,
        head: pull.headSha,
        settings: config.review,
        startedAt: context.startedAt,
        version: ports.version,
        intent: await readIntent(run, signal),
        earlier: await readEarlier(run, { objects, reports: ports.store.reports }, signal),
        repository: `${pull.owner}/${pull.repo}`,
        secrets,
      },
      objects,
      (progress) => run.progress(`reading ${progress.filesChanged} changed files`, progress.reviewers),
      signal,
    ),
  );
  const diff = await readDiff(objects, pull, signal);
  if (!(await run.isCurrent())) return;
  const { threads, words } = await hearPeople(pull, run, signal);
  const advanced = withLedgerIds(read, await advanceToHead(read, { run, objects, diff, words }, signal));
  const { review: report, preview } =
    run.earlierPreview === undefined
      ? { review: advanced, preview: undefined }
      : linkReports({ review: advanced, preview: run.earlierPreview });
  await ports.store.reports.save(pull, pull.headSha, report);
  if (preview !== undefined) await ports.store.reports.save(pull, pull.headSha, preview);
  const posted = await context.step('post-review', postedSchema, () =>
    post(report, { run, diff, maxInline: config.review.maxFindings }, signal),
  );
  await noteSaid(run, { inline: posted.inline, all: report.findings.map(({ id }) => id) });
  await closeOver(run, threads, signal);
  await run.finishSummary({
    review: { kind: 'done', report },
    ...(preview === undefined ? {} : { preview: previewPart(preview, run) }),
    notes: notesOn(diff),
  });
  await context.step('check', z.literal('put'), async () => {
    await putCheck(report, run);
    return 'put' as const;
  });
}

async function putCheck(report: ReviewReport, run: RunSession): Promise<void> {
  const { pull, repositoryUrl } = run;
  const shown = withoutDismissed(report, run.ledger.current());
  const { entries } = run.ledger.current();
  const inline = new Set(entries.filter(({ said }) => said === 'inline').map(({ id }) => id));
  const earlier = openBefore(entries.filter(isOfReview), shown.findings);
  await run.putCheck(renderReviewCheck(shown, { headSha: pull.headSha, repositoryUrl, inline, earlier }));
}

function previewPart(
  report: VerifyReport,
  { earlierPreviewRun: runId }: RunSession,
): PartState<VerifyReport> {
  return { kind: 'done', report, ...(runId === undefined ? {} : { runId }) };
}

/** Posts what has not been said yet. */
async function post(
  report: ReviewReport,
  {
    run,
    diff,
    maxInline,
  }: { readonly run: RunSession; readonly diff: readonly FileDiff[]; readonly maxInline: number },
  signal: AbortSignal,
): Promise<z.infer<typeof postedSchema>> {
  const { pull, installation, repositoryUrl, logger } = run;
  const { entries } = run.ledger.current();
  const back = entries.flatMap(({ id, state, fixedIn }) =>
    state === 'regressed' && fixedIn !== undefined ? [[id, fixedIn] as const] : [],
  );
  const { kind, inline } = await publishReview(
    withoutDismissed(report, run.ledger.current()),
    {
      publisher: installation,
      pull,
      headSha: pull.headSha,
      repositoryUrl,
      diff,
      maxInline,
      openInline: entries.filter((entry) => isOpen(entry) && entry.said === 'inline').length,
      unsaid: unsaidIds(entries),
      fixedBefore: new Map(back),
      logger,
    },
    signal,
  );
  return { kind, inline: [...inline] };
}

/** The diff from the merge base, which is the one that GitHub takes comments on. */
export async function readDiff(
  objects: GitObjects,
  pull: { readonly baseSha: string; readonly headSha: string },
  signal: AbortSignal,
): Promise<readonly FileDiff[]> {
  const mergeBase = await objects.mergeBase(pull.baseSha, pull.headSha, signal);
  return parseDiff(await objects.diff(mergeBase, pull.headSha, signal));
}

/** What people must know about a pull request beside its findings. */
export function notesOn(diff: readonly FileDiff[]): readonly string[] {
  return changesConfiguration(changedPaths(diff)) ? [CONFIG_CHANGE_NOTE] : [];
}
