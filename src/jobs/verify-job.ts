import { z } from 'zod';
import type { Approval } from '../domain/approval.ts';
import { changedPaths } from '../domain/diff.ts';
import type { VerifyReport } from '../domain/report.ts';
import { advancePreview } from '../life/advance-preview.ts';
import { adoptApprovals } from '../life/approve.ts';
import type { Advanced } from '../life/entries.ts';
import { hintsOf, linkReports } from '../life/judge-hypotheses.ts';
import { publishPictures, withPictures } from '../report/publish-pictures.ts';
import type { VerifyProgress } from '../verify/request.ts';
import { noteSaid } from './advance-ledger.ts';
import type { VerifyJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import { findSecretValues, loadConfiguration } from './load-configuration.ts';
import { noPreviewReport } from './no-preview-report.ts';
import type { JobContext, RunArtifacts } from './ports.ts';
import type { PreviewCandidate } from './preview/candidate.ts';
import { describeSearch } from './preview/describe-search.ts';
import { lookForPreview } from './preview/look-for-preview.ts';
import { contentOfPreviewCheck, writeSteadily } from './preview-check.ts';
import type { Redaction } from './redaction.ts';
import { notesOn, readDiff } from './review-job.ts';
import { openRun, type RunSession } from './run-session.ts';
import { withPreviewIds } from './shown-report.ts';
import { tellReproduced } from './tell-reproduced.ts';
import { seedOf, tryPreviews } from './try-previews.ts';

const picturesSchema = z.record(z.string(), z.string());

/** Tries the preview of one head commit beside the base deployment and publishes what happened. */
export async function runVerify(
  job: VerifyJob,
  context: JobContext,
  options: { readonly ports: JobPorts; readonly redaction: Redaction },
): Promise<void> {
  const { ports, redaction } = options;
  const { signal } = context;
  const run = await openRun('preview', job, context, options);
  if (run === undefined) return;
  const { pull, installation } = run;
  // Drafts wait until they are ready, or until somebody asks; hosting services deploy them all the same.
  if (pull.isDraft && (job.trigger === 'push' || job.trigger === 'deployment')) return;

  const objects = await installation.openObjects(pull, signal);
  const settings = await loadConfiguration(objects, pull.baseSha, signal);
  const secrets = ports.store.secrets(pull);
  redaction.learn(await findSecretValues(settings, secrets));
  const diff = await readDiff(objects, pull, signal);
  const { webUrl, sleep } = ports;
  const onWait = () => run.begin('waiting for the deployment that is under way');
  const lookup = { installation, pull, settings, changedPaths: changedPaths(diff), webUrl, sleep, onWait };
  const choice = await lookForPreview(job, lookup, signal);
  if (choice.kind === 'none') {
    if (job.trigger === 'push' && wasOpened(run.earlierPreview)) return;
    if (job.trigger === 'deployment' && run.earlierPreview !== undefined) return;
    const ms = Math.max(0, ports.now().getTime() - context.startedAt.getTime());
    const search = describeSearch(undefined, choice.rejected);
    const base = { version: ports.version, startedAt: context.startedAt, seed: seedOf(pull), ms, search };
    await publish(noPreviewReport(choice.why, base), notesOn(diff), { run, context, ports });
    return;
  }

  // The run for the push found these deployments by itself, before the webhook had its turn.
  if (job.trigger === 'deployment' && wereTried(run.earlierPreview, choice.previews, job.deployedAt)) return;

  await run.begin(choice.previews.length === 1 ? 'trying the preview' : 'trying the previews');
  const artifacts = ports.store.artifacts(context.id);
  const onProgress = (progress: VerifyProgress): void => run.progress(describeProgress(progress));
  const search = describeSearch(choice.previews[0], choice.rejected);
  const trial = {
    job,
    context,
    ports,
    installation,
    pull,
    settings,
    objects,
    diff,
    artifacts,
    secrets,
    onProgress,
    hints: run.earlierReview === undefined ? [] : hintsOf(run.earlierReview),
  };
  const report = { ...(await tryPreviews(choice.previews, trial)), search };
  if (!(await run.isCurrent())) return;
  const addresses = await context.step('pictures', picturesSchema, async () =>
    Object.fromEntries(await storePictures(report, artifacts, { run, context })),
  );
  await publish(withPictures(report, new Map(Object.entries(addresses))), notesOn(diff), {
    run,
    context,
    ports,
    artifacts,
  });
}

function wasOpened(report: VerifyReport | undefined): boolean {
  return report !== undefined && report.outcome.kind !== 'no-preview';
}

/** A run that began before the deployment became ready has seen what was there before it. */
function wereTried(
  report: VerifyReport | undefined,
  previews: readonly PreviewCandidate[],
  deployedAt: string | undefined,
): boolean {
  const kind = report?.outcome.kind;
  if (report === undefined || (kind !== 'verified' && kind !== 'partly-verified')) return false;
  if (deployedAt !== undefined && Date.parse(report.startedAt) < Date.parse(deployedAt)) return false;
  const tried = [report, ...(report.others ?? [])].map(({ head }) => URL.parse(head)?.href);
  return previews.every(({ url }) => tried.includes(URL.parse(url)?.href));
}

function describeProgress({ doing, actions, findings }: VerifyProgress): string {
  const found = findings === 0 ? '' : `, ${findings} found so far`;
  return `${doing} (${actions} actions${found})`;
}

function storePictures(
  report: VerifyReport,
  artifacts: RunArtifacts,
  { run, context }: { readonly run: RunSession; readonly context: JobContext },
): Promise<ReadonlyMap<string, string>> {
  return publishPictures(
    report,
    {
      publisher: run.installation,
      repository: run.pull,
      key: context.id,
      read: (name) => artifacts.read(name),
      logger: run.logger,
    },
    context.signal,
  );
}

/** The stored report is the published one, so that the review's run can show its pictures too. */
async function publish(
  found: VerifyReport,
  notes: readonly string[],
  options: {
    readonly run: RunSession;
    readonly context: JobContext;
    readonly ports: JobPorts;
    readonly artifacts?: RunArtifacts;
  },
): Promise<void> {
  const { run, context, ports, artifacts } = options;
  const { pull, repositoryUrl } = run;
  const ofBranch = await ports.store.approvals.ofBranch(pull, pull.baseRef);
  const advanced = withPreviewIds(found, await advancePreviewOf(found, run, ofBranch));
  const { preview: report, review } =
    run.earlierReview === undefined
      ? { preview: advanced, review: undefined }
      : linkReports({ review: run.earlierReview, preview: advanced });
  await ports.store.reports.save(pull, pull.headSha, report);
  if (review !== undefined) {
    await ports.store.reports.save(pull, pull.headSha, review);
    await tellReproduced(review.findings, run, context.signal);
  }
  await noteSaid(run, { inline: [], all: report.findings.map(({ id }) => id) });
  const finished = {
    preview: { kind: 'done', report, runId: context.id },
    ...(review === undefined ? {} : { review: { kind: 'done' as const, report: review } }),
    notes,
  } as const;
  await run.finishSummary(finished);
  const { revision } = run.ledger.current();
  await context.step('check', z.literal('put'), async () => {
    const about = { pull, repositoryUrl, ledger: run.ledger, artifacts };
    await writeSteadily(run.ledger, async () => run.putCheck(await contentOfPreviewCheck(report, about)));
    return 'put' as const;
  });
  // Somebody approved or dismissed something while the summary still said that this run was under way.
  if (run.ledger.current().revision !== revision) await run.finishSummary(finished);
}

async function advancePreviewOf(
  report: VerifyReport,
  { ledger, pull }: RunSession,
  ofBranch: readonly Approval[],
): Promise<Advanced> {
  let advanced: Advanced | undefined;
  const after = await ledger.change((before) => {
    advanced = advancePreview(adoptApprovals(before, report, ofBranch), report, pull.headSha);
    return advanced.ledger;
  });
  return advanced ?? { ledger: after, idOf: () => undefined, held: [] };
}
