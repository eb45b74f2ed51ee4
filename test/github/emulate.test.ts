import { createEmulator, type Emulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInstallations } from '../../src/github/create-installations.ts';
import type { Installation } from '../../src/jobs/ports.ts';
import type { CheckRun } from '../../src/report/ports.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

/**
 * A GitHub that somebody else wrote. It has no deployments, no reactions and no check of review lines, so it judges the
 * calls below only, and that the app gets along without the rest.
 */
const { signal } = new AbortController();
const SHOP = { owner: 'octocat', repo: 'shop' };
const PULL = { ...SHOP, number: 1 };
const MARKER = '<!-- firsthand:summary v1 {} -->';
const PERMISSIONS = {
  checks: 'write',
  contents: 'write',
  deployments: 'read',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
};
const logger = createSilentLogger();

let github: Emulator;
let installation: Installation;
let baseSha = '';

/** Acts as a person. */
async function act(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${github.url}/repos/octocat/shop${path}`, {
    method,
    headers: { authorization: 'token test_token_admin', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // Replies of the emulator are objects here.
  return (await response.json()) as Record<string, unknown>;
}

beforeAll(async () => {
  const app = { app_id: 12_345, slug: 'firsthand', name: 'Firsthand', permissions: PERMISSIONS };
  const grant = {
    installation_id: 100,
    account: 'octocat',
    repository_selection: 'all',
    permissions: PERMISSIONS,
  };
  github = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      github: {
        users: [{ login: 'octocat' }, { login: 'reader' }],
        repos: [{ owner: 'octocat', name: 'shop', auto_init: true }],
        apps: [{ ...app, installations: [grant] }],
      },
    },
  });
  const privateKey = github.generatedSecrets.find(({ id }) => id === '12345')?.value ?? '';
  const installations = createInstallations({
    appId: 12_345,
    privateKey,
    apiUrl: github.url,
    serverUrl: github.url,
    gitCacheFolder: '/nowhere',
    openObjects: () => Promise.reject(new Error('the emulator serves no git')),
    throttle: false,
    logger,
  });
  installation = await installations.open(100);
  const { object } = await act('GET', '/git/ref/heads/main');
  baseSha = (object as { sha: string }).sha;
  await act('POST', '/git/refs', { ref: 'refs/heads/feature', sha: baseSha });
  await act('PUT', '/contents/a.txt', { message: 'm', content: 'YQ==', branch: 'feature' });
  await act('POST', '/pulls', { title: 'T', head: 'feature', base: 'main' });
});

afterAll(() => github.close());

describe('the app at a foreign GitHub', () => {
  it('reads the pull request and who may write', async () => {
    expect(await installation.getPullRequest(PULL, signal)).toMatchObject({
      number: 1,
      baseRef: 'main',
      baseSha,
    });
    expect(await installation.canWrite(SHOP, 'octocat', signal)).toBe(true);
    expect(await installation.canWrite(SHOP, 'reader', signal)).toBe(false);
  });

  it('finds its comment and its review again', async () => {
    const mine = await installation.createComment(PULL, `x\n${MARKER}`, signal);
    await act('POST', '/issues/1/comments', { body: MARKER });
    expect(await installation.listOwnComments(PULL, signal)).toEqual([mine]);
    const review = { commitSha: baseSha, body: `y\n${MARKER}`, comments: [] };
    expect(await installation.createReview(PULL, review, signal)).toMatchObject({ kind: 'created' });
    expect(await installation.listOwnReviews(PULL, signal)).toMatchObject([{ body: `y\n${MARKER}` }]);
  });

  it('makes one check run and completes it', async () => {
    const check: CheckRun = {
      name: 'Firsthand: review',
      headSha: baseSha,
      externalId: 'run-1',
      status: 'in_progress',
      title: 't',
      summary: 's',
      annotations: [],
      actions: [],
    };
    await installation.putCheckRun(SHOP, check, signal);
    await installation.putCheckRun(SHOP, { ...check, status: 'completed', conclusion: 'neutral' }, signal);
    expect(await act('GET', `/commits/${baseSha}/check-runs`)).toMatchObject({
      total_count: 1,
      check_runs: [
        { name: 'Firsthand: review', status: 'completed', conclusion: 'neutral', external_id: 'run-1' },
      ],
    });
  });

  it('stores pictures at the same address each time', async () => {
    const pictures = [{ name: 'a.png', png: new Uint8Array([1, 2, 3]) }];
    const urls = await installation.storePictures(SHOP, 'pr-1', pictures, signal);
    expect(await installation.storePictures(SHOP, 'pr-1', pictures, signal)).toEqual(urls);
    expect(await act('GET', '/git/ref/firsthand/pr-1')).toMatchObject({ object: { type: 'commit' } });
  });

  it('gets along without deployments, reactions and the pull requests of a commit', async () => {
    expect(await installation.listDeployments(SHOP, { ref: 'main' }, signal)).toEqual([]);
    await expect(installation.react(SHOP, 1, 'eyes', signal)).resolves.toBeUndefined();
    const { headSha } = await installation.getPullRequest(PULL, signal);
    expect(await installation.findPullRequests(SHOP, headSha, signal)).toEqual([1]);
    expect(logger.lines.filter(({ level }) => level === 'warn').length).toBeGreaterThan(0);
  });
});
