import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeGitHub, startFakeGitHub } from '../../src/fake-github/fake-github.ts';
import { openRemoteObjects } from '../../src/git/open-remote-objects.ts';
import { createInstallations } from '../../src/github/create-installations.ts';
import type { GitObjects } from '../../src/review/ports.ts';
import { createRepository } from '../support/git-repository.ts';
import { commitOddChange } from '../support/odd-change.ts';
import { type ServedPages, servePages } from '../support/serve-pages.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

/** The same pull request, once where git is served and once where it is not: every call is held against GitHub's description. */
const { signal } = new AbortController();
const temporary = makeTemporaryFolder();
const logger = createSilentLogger();

let github: FakeGitHub;
let noGit: ServedPages;
let commits: ReturnType<typeof commitOddChange>;

beforeAll(async () => {
  const repository = createRepository();
  commits = commitOddChange(repository);
  const folder = join(temporary.path, 'shop.git');
  execFileSync('git', ['clone', '--quiet', '--bare', repository.folder, folder]);
  repository.remove();
  const shop = { owner: 'acme', name: 'shop', folder, isPrivate: true, roles: { mona: 'write' } } as const;
  github = await startFakeGitHub({ repositories: [shop] });
  noGit = await servePages({});
  await github.people.openPullRequest({
    repository: 'acme/shop',
    author: 'mona',
    head: 'topic',
    title: 'Odd',
  });
});

afterAll(async () => {
  await github.idle();
  await github.close();
  await noGit.close();
  temporary.remove();
});

/** Opens the objects of the pull request with git at `serverUrl`. */
async function open(serverUrl: string, cache: string): Promise<GitObjects> {
  const { app, installations } = github.state;
  const opened = createInstallations({
    appId: app.id,
    privateKey: app.privateKey,
    apiUrl: github.apiUrl,
    serverUrl,
    gitCacheFolder: join(temporary.path, cache),
    openObjects: ({ folder, remoteUrl, token, pull, source }, abort) => {
      const fetched = [{ sha: pull.baseSha }, { sha: pull.headSha }];
      return openRemoteObjects({ folder, remoteUrl, token, commits: fetched, source, logger }, abort);
    },
    throttle: false,
    logger,
  });
  const [id = 0] = installations.keys();
  const installation = await opened.open(id);
  const pull = await installation.getPullRequest({ owner: 'acme', repo: 'shop', number: 1 }, signal);
  return await installation.openObjects(pull, signal);
}

describe('reading a repository over REST at the fake GitHub', () => {
  it('gives what git fetch gives, and asks for nothing that GitHub would refuse', async () => {
    const fetched = await open(github.serverUrl, 'by-git');
    expect(logger.lines).toEqual([]);
    const read = await open(noGit.url, 'by-rest');
    expect(logger.lines).toMatchObject([{ level: 'warn', message: expect.stringMatching(/no git here/u) }]);

    const { base, head, mergeBase } = commits;
    expect(await read.mergeBase(base, head, signal)).toBe(mergeBase);
    expect(await fetched.mergeBase(base, head, signal)).toBe(mergeBase);
    const diff = await read.diff(mergeBase, head, signal);
    expect(diff).toBe(await fetched.diff(mergeBase, head, signal));
    expect(diff.match(/^diff --git /gmu)).toHaveLength(15);
    const tree = await read.listTree(head, signal);
    expect(tree).toEqual(await fetched.listTree(head, signal));
    const paths = tree.map(({ path }) => path);
    const files = await read.readFiles(head, paths, signal);
    expect(files).toEqual(await fetched.readFiles(head, paths, signal));
    expect(files.size).toBeGreaterThan(5);

    expect(github.judge.violations).toEqual([]);
    expect(github.judge.operations.get('git/get-blob')).toBeGreaterThan(5);
  });
});
