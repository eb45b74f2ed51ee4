import { afterEach, describe, expect, it } from 'vitest';
import type { InstallationsOptions } from '../../src/github/create-installations.ts';
import type { GitObjects } from '../../src/review/ports.ts';
import {
  API_URL,
  allowTokens,
  api,
  finishNock,
  openNockInstallation,
  PULL,
  REPO_PATH,
  REPOSITORY,
} from '../support/nock-installation.ts';

afterEach(finishNock);

const { signal } = new AbortController();
const SHA = 'a'.repeat(40);

const reply = {
  title: 'Add coupons',
  user: { login: 'mona' },
  state: 'open',
  draft: true,
  merged: false,
  head: { ref: 'feature', sha: SHA, repo: { id: 2 } },
  base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 1 } },
};

describe('getIssue', () => {
  it('reads it from GitHub', async () => {
    allowTokens();
    api().get(`${REPO_PATH}/issues/7`).reply(200, { title: 'Totals are wrong', body: null });
    const { installation } = await openNockInstallation();
    expect(await installation.getIssue(PULL, signal)).toEqual({ title: 'Totals are wrong', description: '' });
  });

  it.each([
    ['a pull request', 200, { title: 'A change', body: '', pull_request: {} }],
    ['one that does not exist', 404, {}],
    ['one that was deleted', 410, {}],
    ['one that may not be read', 403, { message: 'Resource not accessible by integration' }],
  ])('has none for %s', async (_, status, body) => {
    allowTokens();
    api().get(`${REPO_PATH}/issues/7`).reply(status, body);
    const { installation } = await openNockInstallation();
    expect(await installation.getIssue(PULL, signal)).toBeUndefined();
  });
});

describe('getPullRequest', () => {
  it('reads it from GitHub', async () => {
    allowTokens();
    api('ghs_one').get(`${REPO_PATH}/pulls/7`).reply(200, reply);
    const { installation } = await openNockInstallation();
    expect(await installation.getPullRequest(PULL, signal)).toEqual({
      ...PULL,
      title: 'Add coupons',
      author: 'mona',
      state: 'open',
      isMerged: false,
      isDraft: true,
      isFromFork: true,
      baseRef: 'main',
      baseSha: 'b'.repeat(40),
      headRef: 'feature',
      headSha: SHA,
    });
  });

  it.each([
    ['no fork', { id: 1 }, false],
    ['a deleted fork', null, true],
  ])('knows %s', async (_, repo, isFromFork) => {
    allowTokens();
    api()
      .get(`${REPO_PATH}/pulls/7`)
      .reply(200, { ...reply, user: null, head: { ...reply.head, repo } });
    const { installation } = await openNockInstallation();
    expect(await installation.getPullRequest(PULL, signal)).toMatchObject({ isFromFork, author: 'ghost' });
  });
});

describe('findPullRequests', () => {
  const associated = `${REPO_PATH}/commits/${SHA}/pulls`;

  it('finds the open ones whose head it is', async () => {
    allowTokens();
    api()
      .get(associated)
      .query(true)
      .reply(200, [
        { number: 1, state: 'open', head: { sha: SHA } },
        { number: 2, state: 'closed', head: { sha: SHA } },
        { number: 3, state: 'open', head: { sha: 'c'.repeat(40) } },
      ]);
    const { installation } = await openNockInstallation();
    expect(await installation.findPullRequests(REPOSITORY, SHA, signal)).toEqual([1]);
  });

  it.each([404, 422, 200])('looks through the open ones when GitHub cannot say (%s)', async (status) => {
    allowTokens();
    api()
      .get(associated)
      .query(true)
      .reply(status, status === 200 ? [] : { message: 'no' });
    const pages = { state: 'open', sort: 'updated', direction: 'desc', per_page: 100 };
    api()
      .get(`${REPO_PATH}/pulls`)
      .query({ ...pages, page: 1 })
      .reply(200, [{ number: 4, state: 'open', head: { sha: 'c'.repeat(40) } }], {
        link: `<${API_URL}/x>; rel="next"`,
      });
    api()
      .get(`${REPO_PATH}/pulls`)
      .query({ ...pages, page: 2 })
      .reply(200, [{ number: 5, state: 'open', head: { sha: SHA } }]);
    const { installation } = await openNockInstallation();
    expect(await installation.findPullRequests(REPOSITORY, SHA, signal)).toEqual([5]);
  });
});

describe('canWrite', () => {
  it.each([
    ['admin', true],
    ['maintain', true],
    ['write', true],
    ['triage', false],
    ['read', false],
    ['none', false],
  ])('is decided by the permission %s', async (permission, expected) => {
    allowTokens();
    api().get(`${REPO_PATH}/collaborators/mona/permission`).reply(200, { permission });
    const { installation } = await openNockInstallation();
    expect(await installation.canWrite(REPOSITORY, 'mona', signal)).toBe(expected);
  });

  it('is false for someone GitHub does not know, whatever the name', async () => {
    allowTokens();
    api().get(`${REPO_PATH}/collaborators/..%2F..%2Fadmin/permission`).reply(404, {});
    const { installation } = await openNockInstallation();
    expect(await installation.canWrite(REPOSITORY, '../../admin', signal)).toBe(false);
  });

  it('is an error, never a no, when GitHub is down', async () => {
    allowTokens();
    api().get(`${REPO_PATH}/collaborators/mona/permission`).reply(503, {});
    const { installation } = await openNockInstallation();
    await expect(installation.canWrite(REPOSITORY, 'mona', signal)).rejects.toMatchObject({
      name: 'TransientError',
    });
  });
});

describe('listDeployments', () => {
  const deployment = (id: number, minute: number) => ({
    id,
    sha: SHA,
    environment: 'Preview – shop',
    created_at: `2026-01-01T00:0${minute}:00Z`,
  });
  const list = (query: object, deployments: readonly object[]) =>
    api()
      .get(`${REPO_PATH}/deployments`)
      .query({ ...query, per_page: 30 })
      .reply(200, deployments);
  const statuses = (id: number, all: readonly object[]) =>
    api().get(`${REPO_PATH}/deployments/${id}/statuses`).reply(200, all);

  it('takes those whose newest status is a success with an address, newest first', async () => {
    allowTokens();
    list(
      { sha: SHA },
      [1, 2, 3, 4, 5, 6].map((id) => deployment(id, id)),
    );
    statuses(1, [{ id: 1, state: 'success', environment_url: 'https://one.dev' }]);
    statuses(2, [
      { id: 10, state: 'success', environment_url: 'https://two.dev' },
      { id: 11, state: 'inactive' },
    ]);
    statuses(3, [
      { id: 21, state: 'success', environment_url: '', target_url: 'https://three.dev' },
      { id: 20, state: 'pending' },
    ]);
    statuses(4, []);
    statuses(5, [{ id: 1, state: 'success', environment_url: 'javascript:alert(1)', target_url: 'ftp://x' }]);
    statuses(6, [{ id: 1, state: 'success', target_url: 'https://ghe.example/acme/shop/actions/runs/1' }]);
    const { installation } = await openNockInstallation();
    expect(await installation.listDeployments(REPOSITORY, { sha: SHA }, signal)).toEqual([
      {
        sha: SHA,
        environment: 'Preview – shop',
        url: 'https://three.dev',
        createdAt: '2026-01-01T00:03:00Z',
      },
      { sha: SHA, environment: 'Preview – shop', url: 'https://one.dev', createdAt: '2026-01-01T00:01:00Z' },
    ]);
  });

  it('finds a branch’s deployment by its commits when hosts deploy by commit', async () => {
    allowTokens();
    list({ ref: 'main' }, []);
    api()
      .get(`${REPO_PATH}/commits`)
      .query({ sha: 'main', per_page: 10 })
      .reply(200, [{ sha: 'new' }, { sha: 'older' }, { sha: 'oldest' }]);
    list({ sha: 'new' }, []);
    list({ sha: 'older' }, [deployment(1, 1)]);
    statuses(1, [{ id: 1, state: 'success', environment_url: 'https://main.dev' }]);
    const { installation } = await openNockInstallation();
    expect(await installation.listDeployments(REPOSITORY, { ref: 'main' }, signal)).toMatchObject([
      { url: 'https://main.dev' },
    ]);
  });

  it('finds none, and says so in the log, where GitHub has no deployments', async () => {
    allowTokens();
    api().get(`${REPO_PATH}/deployments`).query(true).reply(404, { message: 'Not Found' });
    const { installation, logger } = await openNockInstallation();
    expect(await installation.listDeployments(REPOSITORY, { sha: SHA }, signal)).toEqual([]);
    expect(logger.lines).toMatchObject([{ level: 'warn' }]);
  });
});

describe('openObjects', () => {
  const pull = {
    ...PULL,
    title: '',
    author: '',
    state: 'open',
    isMerged: false,
    isDraft: false,
    isFromFork: false,
  } as const;
  const commits = { baseRef: 'main', baseSha: 'b', headRef: 'f', headSha: 'h' };

  it('fetches from our own server with a token that can only read this repository', async () => {
    api()
      .post('/app/installations/77/access_tokens', {
        repositories: ['Shop'],
        permissions: { contents: 'read' },
      })
      .reply(201, {
        token: 'ghs_read',
        expires_at: '2999-01-01T00:00:00Z',
        permissions: { contents: 'read' },
      });
    const seen: Parameters<InstallationsOptions['openObjects']>[0][] = [];
    // Nothing is read in this test.
    const objects = {} as GitObjects;
    const { installation } = await openNockInstallation({
      openObjects: (options) => {
        seen.push(options);
        return Promise.resolve(objects);
      },
    });
    const named = { ...pull, ...commits, owner: 'Acme', repo: 'Shop' };
    expect(await installation.openObjects(named, signal)).toBe(objects);
    expect(seen).toMatchObject([
      {
        folder: '/var/cache/firsthand/acme/shop.git',
        remoteUrl: 'https://ghe.example/Acme/Shop.git',
        token: 'ghs_read',
        pull: named,
      },
    ]);
  });

  it.each(['..', '.', 'a/b', '', 'a b'])('opens no repository named %j', async (repo) => {
    const { installation } = await openNockInstallation();
    await expect(installation.openObjects({ ...pull, ...commits, repo }, signal)).rejects.toThrow(
      /invariant/,
    );
  });

  it('says so when the installation does not cover the repository', async () => {
    api().post('/app/installations/77/access_tokens').reply(422, { message: 'no' });
    const { installation } = await openNockInstallation();
    await expect(installation.openObjects({ ...pull, ...commits }, signal)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('does not cover it'),
    });
  });
});
