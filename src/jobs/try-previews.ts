import { changedLines, changedPaths, type FileDiff } from '../domain/diff.ts';
import type { Flow } from '../domain/flow.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { type VerifyReport, verifyReportSchema } from '../domain/report.ts';
import type { GitObjects } from '../review/ports.ts';
import type { SecretSource } from '../verify/ports.ts';
import type { VerifyProgress, VerifyRequest } from '../verify/request.ts';
import type { VerifySettings } from '../verify/settings.ts';
import type { VerifyJob } from './job.ts';
import type { JobPorts } from './job-ports.ts';
import type { Installation, JobContext, RunArtifacts } from './ports.ts';
import type { PreviewCandidate } from './preview/candidate.ts';
import { type BaseChoice, findBase } from './preview/find-base.ts';
import { mergeReports, type TriedPreview } from './preview/merge-reports.ts';
import { isFlowOf, shareArtifacts, shareSettings, withFolder } from './preview/share-run.ts';
import { withAffected } from './with-affected.ts';

/** What a run tries previews with. */
export interface Trial {
  readonly job: VerifyJob;
  readonly context: JobContext;
  readonly ports: JobPorts;
  readonly installation: Installation;
  readonly pull: PullRequest;
  readonly settings: VerifySettings;
  readonly objects: GitObjects;
  readonly diff: readonly FileDiff[];
  readonly artifacts: RunArtifacts;
  readonly secrets: SecretSource;
  readonly onProgress: (progress: VerifyProgress) => void;
  /** Words of what the review predicts, to be tried first. */
  readonly hints: NonNullable<VerifyRequest['hints']>;
}

/** Tries the previews one after the other, each remembered as a step of the job, and makes one report of them. */
export async function tryPreviews(
  [first, ...others]: readonly [PreviewCandidate, ...PreviewCandidate[]],
  trial: Trial,
): Promise<VerifyReport> {
  const count = others.length + 1;
  const tryOne = async (preview: PreviewCandidate, index: number): Promise<TriedPreview> => {
    const step = index === 0 ? 'verify' : `verify-${index + 1}`;
    const report = await trial.context.step(step, verifyReportSchema, () =>
      tryPreview(preview, { ...trial, index, count }),
    );
    return { name: preview.project === '' ? new URL(preview.url).host : preview.project, report };
  };
  const tried: [TriedPreview, ...TriedPreview[]] = [await tryOne(first, 0)];
  for (const [index, preview] of others.entries()) tried.push(await tryOne(preview, index + 1));
  return withFlowsOfNone(mergeReports(tried), trial.settings.flows, [first, ...others]);
}

/** Names the flows that are for a preview which the commit does not have. */
function withFlowsOfNone(
  report: VerifyReport,
  flows: readonly Flow[],
  previews: readonly PreviewCandidate[],
): VerifyReport {
  const left = flows.filter((flow) => !previews.some((one) => isFlowOf(flow, one, previews.length)));
  if (left.length === 0) return report;
  const notReached = left.map(({ name, preview }) => ({
    what: `flow ${name}`,
    why: `it is for the preview “${preview}”, which was not tried`,
  }));
  const { coverage } = report;
  return { ...report, coverage: { ...coverage, notReached: [...coverage.notReached, ...notReached] } };
}

/** The flows that somebody asked for, as far as this preview has them; names that there are nowhere are kept, and refused later. */
function askedFlows(
  settings: VerifySettings,
  { job, settings: all }: Pick<Trial, 'job' | 'settings'>,
): { readonly settings: VerifySettings; readonly flows?: readonly string[] } {
  const asked = job.flows ?? [];
  if (asked.length === 0) return { settings };
  const has = ({ flows }: VerifySettings, name: string): boolean => flows.some((flow) => flow.name === name);
  const flows = asked.filter((name) => has(settings, name) || !has(all, name));
  return flows.length === 0 ? { settings: { ...settings, flows: [] } } : { settings, flows };
}

async function tryPreview(
  preview: PreviewCandidate,
  trial: Trial & { readonly index: number; readonly count: number },
): Promise<VerifyReport> {
  const { job, context, ports, installation, pull, objects, diff, index, count } = trial;
  const { signal } = context;
  const { settings, flows } = askedFlows(shareSettings(trial.settings, { preview, count }), trial);
  const mergeBase = await objects.mergeBase(pull.baseSha, pull.headSha, signal);
  const github = new URL(ports.webUrl).origin;
  const where = { installation, pull, preview: settings.preview, github, mergeBase, now: ports.now() };
  const base = await findBase(preview, where, signal);
  const request: VerifyRequest = {
    head: preview.url,
    ...(base.url === undefined ? {} : { base: base.url }),
    baseReason: base.reason,
    settings,
    changedPaths: changedPaths(diff),
    changedLines: changedLines(diff),
    ...(trial.hints.length === 0 ? {} : { hints: trial.hints }),
    ...(flows === undefined ? {} : { flows }),
    ...(count === 1 ? {} : { isOneOfSeveral: true }),
    credentials: decideCredentials(job, pull, preview),
    exploration: decideExploration(base, ports.privateHosts),
    privateHosts: ports.privateHosts,
    seed: seedOf(pull),
    startedAt: context.startedAt,
    version: ports.version,
  };
  const change = { base: mergeBase, head: pull.headSha, diff };
  const full = await withAffected(request, { change, objects, ports }, signal);
  const artifacts = shareArtifacts(trial.artifacts, index);
  const report = await ports.verify(full, artifacts, trial.secrets, trial.onProgress, signal);
  return withFolder({ ...report, baseReason: base.reason }, index);
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
      why: 'neither the hosting service itself nor preview.origins vouches for the address',
    };
  }
  return { kind: 'allowed' };
}

/** The same head gives the same choices. */
export function seedOf(pull: PullRequest): number {
  const seed = Number.parseInt(pull.headSha.slice(0, 7), 16);
  return Number.isNaN(seed) ? 1 : seed;
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
