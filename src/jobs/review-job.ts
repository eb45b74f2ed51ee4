import { z } from 'zod';
import { changedPaths, type FileDiff } from '../domain/diff.ts';
import { parseDiff } from '../domain/parse-diff.ts';
import { reviewReportSchema } from '../domain/report.ts';
import { publishReview } from '../report/publish-review.ts';
import { renderReviewCheck } from '../report/render-check-run.ts';
import type { GitObjects } from '../review/ports.ts';
import type { ReviewJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import {
  CONFIG_CHANGE_NOTE,
  changesConfiguration,
  findSecretValues,
  loadConfiguration,
} from './load-configuration.ts';
import type { JobContext } from './ports.ts';
import type { Redaction } from './redaction.ts';
import { openRun } from './run-session.ts';

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
  const { pull, installation, repositoryUrl } = run;
  await run.begin('reading the diff');

  const objects = await installation.openObjects(pull, signal);
  const config = await loadConfiguration(objects, pull.baseSha, signal);
  redaction.learn(await findSecretValues(config, ports.store.secrets(pull)));
  const report = await context.step('review', reviewReportSchema, () =>
    ports.review(
      {
        base: pull.baseSha,
        head: pull.headSha,
        settings: config.review,
        startedAt: context.startedAt,
        version: ports.version,
      },
      objects,
      (progress) => run.progress(`reading ${progress.filesChanged} changed files`, progress.reviewers),
      signal,
    ),
  );
  await ports.store.reports.save(pull, pull.headSha, report);

  const diff = await readDiff(objects, pull, signal);
  if (!(await run.isCurrent())) return;
  const posted = await context.step('post-review', postedSchema, async () => {
    const { kind, inline } = await publishReview(
      report,
      {
        publisher: installation,
        pull,
        headSha: pull.headSha,
        repositoryUrl,
        diff,
        maxInline: config.review.maxFindings,
        logger: run.logger,
      },
      signal,
    );
    return { kind, inline: [...inline] };
  });
  const inline = [...new Set([...run.inline, ...posted.inline])];
  await run.finishSummary({ review: { kind: 'done', report }, inline, notes: notesOn(diff) });
  await context.step('check', z.literal('put'), async () => {
    await run.putCheck(
      renderReviewCheck(report, { headSha: pull.headSha, repositoryUrl, inline: new Set(inline) }),
    );
    return 'put' as const;
  });
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
