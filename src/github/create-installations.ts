import { join } from 'node:path';
import { App, Octokit } from 'octokit';
import { z } from 'zod';
import type { Logger } from '../domain/logger.ts';
import type { PullRequest, RepositoryRef } from '../domain/pull-request.ts';
import type { ObjectSource } from '../git/ports.ts';
import type { Installation, Installations } from '../jobs/ports.ts';
import { invariant } from '../lib/invariant.ts';
import type { GitObjects } from '../review/ports.ts';
import type { AppIdentity } from './app-identity.ts';
import { createCheckRuns } from './check-runs.ts';
import { createComments } from './comments.ts';
import { createDeployments } from './deployments.ts';
import { createGitHubClient } from './github-client.ts';
import { toGitHubError } from './github-errors.ts';
import { createLimitedFetch } from './limited-fetch.ts';
import { createPictures } from './pictures.ts';
import { createPreviewSigns } from './preview-signs.ts';
import { createPullRequests } from './pull-requests.ts';
import { createReadOnlyClient } from './read-only-client.ts';
import { createRestObjects } from './rest-objects.ts';
import { createReviewThreads } from './review-threads.ts';
import { createReviews } from './reviews.ts';

export interface InstallationsOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** Of the REST interface, such as https://api.github.com or https://ghe.example/api/v3. No other host is called. */
  readonly apiUrl: string;
  /** Of the pages and of git, such as https://github.com. */
  readonly serverUrl: string;
  /** Folder under which each repository's git objects are kept. */
  readonly gitCacheFolder: string;
  /**
   * Fetches the two commits of `pull` from `remoteUrl` into `folder`. `token` may read this one repository; so may
   * `source`, for a server that offers no git.
   */
  readonly openObjects: (
    options: {
      readonly folder: string;
      readonly remoteUrl: string;
      readonly token: string;
      readonly pull: PullRequest;
      readonly source: ObjectSource;
    },
    signal: AbortSignal,
  ) => Promise<GitObjects>;
  /**
   * Space writes at least a second apart, as GitHub asks, and repeat failed reads. On unless it is false, which is for
   * a GitHub that is not GitHub's.
   */
  readonly throttle?: boolean;
  readonly logger: Logger;
}

/** Installations whose clients are kept; each has its own token and its own limits. */
const MAX_KEPT = 500;
/** Answers that a repeated read would only get again; rate limits are waited for by the queue, not here. */
const NOT_REPEATED = [400, 401, 403, 404, 409, 410, 422, 429, 451];

/** Logs in at GitHub as the app and opens its installations. No call is made before the first use. */
export function createInstallations(options: InstallationsOptions): Installations {
  const kept = new Map<number, Promise<Installation>>();
  const identify = createIdentity(options);
  return {
    open(installationId) {
      const installation = kept.get(installationId) ?? openInstallation(options, installationId, identify);
      // Set anew, so that the first key is always the one that was used longest ago.
      kept.delete(installationId);
      kept.set(installationId, installation);
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
      return installation;
    },
  };
}

async function openInstallation(
  options: InstallationsOptions,
  installationId: number,
  identify: () => Promise<AppIdentity>,
): Promise<Installation> {
  const { serverUrl, gitCacheFolder, openObjects, logger } = options;
  const octokit = await createApp(options, `${installationId}`).getInstallationOctokit(installationId);
  const client = createGitHubClient(octokit, () => octokit.auth({ type: 'installation', refresh: true }));
  return {
    ...createComments(client, identify, logger),
    ...createReviews(client, identify),
    ...createReviewThreads(client, identify, logger),
    ...createCheckRuns(client, identify),
    ...createPictures(client, serverUrl),
    ...createPullRequests(client),
    ...createDeployments(client, serverUrl, logger),
    ...createPreviewSigns(client, logger),
    async openObjects(pull, signal) {
      const { owner, repo } = pull;
      invariant(isName(owner) && isName(repo), `${owner}/${repo} names a repository`);
      const folder = join(gitCacheFolder, owner.toLowerCase(), `${repo.toLowerCase()}.git`);
      const remoteUrl = `${serverUrl}/${owner}/${repo}.git`;
      const readToken = (refresh: boolean) => readOnlyToken(octokit, pull, { refresh });
      const token = await readToken(false);
      const reader = new (defineOctokit(options, `${installationId}`))();
      const source = createRestObjects(
        createReadOnlyClient(reader, token, () => readToken(true)),
        pull,
      );
      return await openObjects({ folder, remoteUrl, token, pull, source }, signal);
    },
  };
}

/** A token that can read the files of one repository and nothing else: what touches untrusted content cannot write. */
async function readOnlyToken(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  { refresh }: { readonly refresh: boolean },
): Promise<string> {
  try {
    const authentication: unknown = await octokit.auth({
      type: 'installation',
      repositoryNames: [repo],
      permissions: { contents: 'read' },
      refresh,
    });
    return z.object({ token: z.string() }).parse(authentication).token;
  } catch (error) {
    throw toGitHubError(error, undefined, `${owner}/${repo}`);
  }
}

function createIdentity(options: InstallationsOptions): () => Promise<AppIdentity> {
  const app = createApp(options, 'app');
  let identity: Promise<AppIdentity> | undefined;
  const read = async (): Promise<AppIdentity> => {
    try {
      const { data } = await app.octokit.rest.apps.getAuthenticated();
      invariant(data?.slug !== undefined, 'GitHub names the app that logs in');
      return { id: data.id, slug: data.slug };
    } catch (error) {
      identity = undefined;
      throw toGitHubError(error, undefined, options.apiUrl);
    }
  };
  return () => {
    identity ??= read();
    return identity;
  };
}

function createApp(options: InstallationsOptions, limitsId: string): App {
  const { appId, privateKey } = options;
  return new App({ appId, privateKey, Octokit: defineOctokit(options, limitsId) });
}

/** `limitsId` groups the clients that wait for each other: GitHub counts per installation. */
function defineOctokit(options: InstallationsOptions, limitsId: string): typeof Octokit {
  const { apiUrl, throttle = true, logger } = options;
  return Octokit.defaults({
    baseUrl: apiUrl.replace(/\/$/u, ''),
    userAgent: 'firsthand',
    log: toOctokitLog(logger),
    request: { fetch: createLimitedFetch(apiUrl) },
    retry: { enabled: throttle, doNotRetry: NOT_REPEATED },
    throttle: throttle
      ? { id: limitsId, onRateLimit: () => false, onSecondaryRateLimit: () => false }
      : { enabled: false },
  });
}

/** Octokit's own remarks are about single requests. */
function toOctokitLog(logger: Logger) {
  return {
    debug: (message: string) => logger.debug(message),
    info: (message: string) => logger.debug(message),
    warn: (message: string) => logger.warn(message),
    error: (message: string) => logger.error(message),
  };
}

/** What GitHub allows in the name of an account or a repository; it becomes a part of a path. */
function isName(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,100}$/u.test(text) && !/^\.{1,2}$/u.test(text);
}
