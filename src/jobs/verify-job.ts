import { z } from 'zod';
import type { Approval } from '../domain/approval.ts';
import { changedLines, changedPaths } from '../domain/diff.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { type VerifyReport, verifyReportSchema } from '../domain/report.ts';
import { advancePreview } from '../life/advance-preview.ts';
import { adoptApprovals } from '../life/approve.ts';
import type { Advanced } from '../life/entries.ts';
import { hintsOf, linkReports } from '../life/judge-hypotheses.ts';
import { publishPictures, withPictures } from '../report/publish-pictures.ts';
import { renderPreviewCheck } from '../report/render-check-run.ts';
import { openBefore } from '../report/render-life.ts';
import type { VerifyProgress, VerifyRequest } from '../verify/request.ts';
import { noteSaid } from './advance-ledger.ts';
import type { VerifyJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import { findSecretValues, loadConfiguration } from './load-configuration.ts';
import { noPreviewReport } from './no-preview-report.ts';
import type { JobContext, RunArtifacts } from './ports.ts';
import { type PreviewCandidate, type RejectedPreview, reject } from './preview/candidate.ts';
import { describeSearch } from './preview/describe-search.ts';
import { type BaseChoice, findBase } from './preview/find-base.ts';
import { lookForPreview } from './preview/look-for-preview.ts';
import { contentOfPreviewCheck, writeSteadily } from './preview-check.ts';
import type { Redaction } from './redaction.ts';
import { notesOn, readDiff } from './review-job.ts';
import { openRun, type RunSession } from './run-session.ts';
import { withPreviewIds } from './shown-report.ts';
import { tellReproduced } from './tell-reproduced.ts';
import { withAffected } from './with-affected.ts';

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
  const [preview] = choice.previews;

  // The run for the push found this deployment by itself, before its webhook had its turn.
  if (job.trigger === 'deployment' && wasTried(run.earlierPreview, preview.url, job.deployedAt)) return;

  await run.begin('trying the preview');
  const mergeBase = await objects.mergeBase(pull.baseSha, pull.headSha, signal);
  const github = new URL(webUrl).origin;
  const where = { installation, pull, preview: settings.preview, github, mergeBase, now: ports.now() };
  const base = await findBase(preview, where, signal);
  const request: VerifyRequest = {
    head: preview.url,
    ...(base.url === undefined ? {} : { base: base.url }),
    baseReason: base.reason,
    settings,
    changedPaths: changedPaths(diff),
    changedLines: changedLines(diff),
    ...(run.earlierReview === undefined ? {} : { hints: hintsOf(run.earlierReview) }),
    ...(job.flows === undefined || job.flows.length === 0 ? {} : { flows: job.flows }),
    credentials: decideCredentials(job, pull, preview),
    exploration: decideExploration(base, ports.privateHosts),
    privateHosts: ports.privateHosts,
    seed: seedOf(pull),
    startedAt: context.startedAt,
    version: ports.version,
  };
  const toSearch = { change: { base: mergeBase, head: pull.headSha, diff }, objects, ports };
  const artifacts = ports.store.artifacts(context.id);
  const onProgress = (progress: VerifyProgress): void => run.progress(describeProgress(progress));
  const report = await context.step('verify', verifyReportSchema, async () => ({
    ...(await ports.verify(
      await withAffected(request, toSearch, signal),
      artifacts,
      secrets,
      onProgress,
      signal,
    )),
    baseReason: base.reason,
    search: describeSearch(preview, [...choice.rejected, ...notTried(choice.previews)]),
  }));
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

/** Until a run tries several, the others are named. */
function notTried([, ...others]: readonly PreviewCandidate[]): readonly RejectedPreview[] {
  return others.map(({ url }) =>
    reject(url, 'a run tries one preview; comment /verify with this address to have it tried'),
  );
}

/** A fork's preview, or one at an address that nobody vouches for, is tried without the test account. */
function decideCredentials(
  job: VerifyJob,
  pull: PullRequest,
  preview: PreviewCandidate,
): VerifyRequest['credentials'] {
  if (pull.isFromFork && !job.isAuthorised) {
    return {
      kind: 'withheld',
      why: 'the pull request comes from a fork; someone with write access can allow it with /verify',
    };
  }
  if (!preview.isKnown) {
    return {
      kind: 'withheld',
      why: 'the address is neither a deployment of this commit nor one that preview.origins allows',
    };
  }
  return { kind: 'allowed' };
}

function wasOpened(report: VerifyReport | undefined): boolean {
  return report !== undefined && report.outcome.kind !== 'no-preview';
}

/** A run that began before the deployment became ready has seen what was there before it. */
function wasTried(report: VerifyReport | undefined, url: string, deployedAt: string | undefined): boolean {
  const kind = report?.outcome.kind;
  if (report === undefined || (kind !== 'verified' && kind !== 'partly-verified')) return false;
  if (deployedAt !== undefined && Date.parse(report.startedAt) < Date.parse(deployedAt)) return false;
  return URL.parse(report.head)?.href === URL.parse(url)?.href;
}

/** The same head gives the same choices. */
function seedOf(pull: PullRequest): number {
  const seed = Number.parseInt(pull.headSha.slice(0, 7), 16);
  return Number.isNaN(seed) ? 1 : seed;
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

/** Names of environments that people use: nothing may be pressed or sent there without being asked for. */
const IN_USE = /prod|live|main|master|release|www/i;

/** Exploration sends forms on the base as well: not where people use it, unless the configuration names the address. */
export function decideExploration(
  { url, environment }: BaseChoice,
  privateHosts: readonly string[],
): NonNullable<VerifyRequest['exploration']> {
  const isOwn = url === undefined || privateHosts.includes(new URL(url).host);
  if (environment === undefined || isOwn || !IN_USE.test(environment)) return { kind: 'allowed' };
  return {
    kind: 'withheld',
    why: `the base is the environment “${environment.slice(0, 60)}”, which people may use; name it, or better another one, in preview.base to have it tried`,
  };
}
