import { UserError } from '../domain/errors.ts';
import { matchesOrigin } from '../domain/origin.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { VerifySettings } from '../verify/settings.ts';
import type { VerifyJob } from './job.ts';
import type { Deployment, Installation } from './ports.ts';

/** Where the preview is, or why there is none. */
export type PreviewChoice =
  | {
      readonly kind: 'found';
      readonly url: string;
      /** The address is one that GitHub or the configuration names; only there may the test account be used. */
      readonly isKnown: boolean;
    }
  | { readonly kind: 'none'; readonly why: string };

/** The base deployment to compare with, and how it was chosen. */
export interface BaseChoice {
  readonly url?: string;
  readonly reason: string;
  /** Name of the environment at GitHub, where the deployment was found by itself. */
  readonly environment?: string;
}

interface Where {
  readonly installation: Installation;
  readonly pull: PullRequest;
  readonly settings: VerifySettings;
}

/**
 * Finds the preview of the head commit: the address that the job names, else the newest deployment of the commit,
 * else the configured template.
 *
 * A template's site may still show an earlier commit, a deployment of the commit cannot: that is why it goes first.
 * Throws `UserError` for an address that is not http(s).
 */
export async function findPreview(
  job: VerifyJob,
  { installation, pull, settings }: Where,
  signal: AbortSignal,
): Promise<PreviewChoice> {
  const deployments = await installation.listDeployments(pull, { sha: job.headSha }, signal);
  const template = templateUrl(pull, settings);
  if (job.url !== undefined) {
    const url = requireHttp(job.url, 'the address of the preview');
    const isNamed = job.trigger === 'deployment' || deployments.some((one) => isSameOrigin(one.url, url));
    const configured = [template, settings.preview.base].some(
      (address) => address !== undefined && isSameOrigin(address, url),
    );
    const target = new URL(url);
    return {
      kind: 'found',
      url,
      isKnown:
        isNamed || configured || settings.preview.origins.some((pattern) => matchesOrigin(target, pattern)),
    };
  }
  const [newest] = deployments;
  if (newest !== undefined) {
    return {
      kind: 'found',
      url: requireHttp(newest.url, 'the address of the deployment'),
      isKnown: true,
    };
  }
  if (template !== undefined) return { kind: 'found', url: template, isKnown: true };
  return { kind: 'none', why: noPreviewReason(job) };
}

/**
 * Finds what the preview is compared with: the configured address, else the newest deployment of the base commit,
 * else of the base branch. The preview's own address is no base.
 */
export async function findBase(
  previewUrl: string,
  { installation, pull, settings, now }: Where & { readonly now: Date },
  signal: AbortSignal,
): Promise<BaseChoice> {
  const { base } = settings.preview;
  if (base !== 'auto') {
    const url = requireHttp(base, 'preview.base');
    return notItself(previewUrl, { url, reason: 'preview.base of the configuration' });
  }
  const branch = pull.baseRef;
  const [ofCommit] = await installation.listDeployments(pull, { sha: pull.baseSha }, signal);
  if (ofCommit !== undefined) {
    const reason = `deployment of the base commit ${describeDeployment(ofCommit, now)}`;
    return notItself(previewUrl, { url: ofCommit.url, reason, environment: ofCommit.environment });
  }
  const [ofBranch] = await installation.listDeployments(pull, { ref: branch }, signal);
  if (ofBranch !== undefined) {
    const reason = `newest deployment of ${branch}: ${describeDeployment(ofBranch, now)}`;
    return notItself(previewUrl, { url: ofBranch.url, reason, environment: ofBranch.environment });
  }
  return { reason: `GitHub knows of no deployment of ${branch}, and preview.base is not set` };
}

function templateUrl(pull: PullRequest, settings: VerifySettings): string | undefined {
  if (settings.preview.url === 'auto') return undefined;
  const url = settings.preview.url
    .replaceAll('{number}', String(pull.number))
    .replaceAll('{sha}', pull.headSha)
    .replaceAll('{branch}', slug(pull.headRef));
  return requireHttp(url, 'preview.url');
}

/** The branch as hosting services put it in a host name: one label of at most 63 characters. */
function slug(branch: string): string {
  return branch
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}

function requireHttp(address: string, what: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new UserError(`${what} is no http(s) address without a user name: ${address.slice(0, 200)}`);
  }
  return url.href;
}

function isSameOrigin(a: string, b: string): boolean {
  return URL.parse(a)?.origin === URL.parse(b)?.origin;
}

function notItself(previewUrl: string, choice: BaseChoice & { readonly url: string }): BaseChoice {
  if (!isSameOrigin(previewUrl, choice.url)) return choice;
  return {
    reason: `the ${choice.reason} has the preview's own address, so there is nothing to compare with`,
  };
}

function describeDeployment(deployment: Deployment, now: Date): string {
  const ageMs = now.getTime() - Date.parse(deployment.createdAt);
  const age = Number.isFinite(ageMs) ? `, ${describeAge(Math.max(0, ageMs))} old` : '';
  return `${deployment.sha.slice(0, 7)} (${deployment.environment}${age})`;
}

function describeAge(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

function noPreviewReason(job: VerifyJob): string {
  const sha = job.headSha.slice(0, 7);
  return job.trigger === 'push'
    ? `waiting for a deployment of ${sha}; this starts by itself when GitHub reports one`
    : `GitHub knows of no successful deployment of ${sha}, and preview.url is not set; deploy the commit, set preview.url, or comment /verify with the address`;
}
