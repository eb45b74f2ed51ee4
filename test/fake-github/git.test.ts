import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { git, openFeature, type Sample, startSample } from './sample.ts';

let sample: Sample;
let workspace: string;

beforeAll(async () => {
  sample = await startSample({ repository: { isPrivate: true } });
  workspace = mkdtempSync(path.join(tmpdir(), 'fake-github-clone-'));
  await openFeature(sample);
});

afterAll(async () => {
  await sample[Symbol.asyncDispose]();
  rmSync(workspace, { recursive: true, force: true });
});

async function tokenFor(permissions: Record<string, 'read' | 'write'>): Promise<string> {
  const { data } = await sample.appOctokit.rest.apps.createInstallationAccessToken({
    installation_id: sample.installationId,
    permissions,
  });
  return data.token;
}

/** Runs git with a token as its password, or with none; not `execFileSync`, which would stop the server too. */
async function remote(token: string | undefined, ...args: readonly string[]): Promise<string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const auth = token === undefined ? [] : ['-c', `http.extraHeader=Authorization: Basic ${basic}`];
  const { stdout } = await promisify(execFile)('git', [...auth, ...args], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'],
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
      HOME: workspace,
    },
  });
  return stdout.trim();
}

describe('git over HTTP', () => {
  it('clones with a token that may read contents, and not without', async () => {
    const url = `${sample.github.serverUrl}/acme/shop.git`;
    const token = await tokenFor({ contents: 'read' });
    await remote(token, 'clone', '-q', url, 'clone');
    expect(readFileSync(path.join(workspace, 'clone/elsewhere.txt'), 'utf8')).toBe('main moved on\n');
    await expect(remote(undefined, 'clone', '-q', url, 'refused')).rejects.toThrow(/could not read Username/);
    await expect(remote('ghs_wrong', 'clone', '-q', url, 'refused')).rejects.toThrow(
      /could not read Username/,
    );
    const poor = await tokenFor({ checks: 'read' });
    await expect(remote(poor, 'clone', '-q', url, 'refused')).rejects.toThrow(/403/);
    expect(
      sample.github.requests.some(
        ({ operationId, status }) => operationId === 'git/upload-pack' && status === 200,
      ),
    ).toBe(true);
  });

  it("fetches any commit by name, without its blobs, and a pull request's own ref", async () => {
    const url = `${sample.github.serverUrl}/acme/shop.git`;
    const token = await tokenFor({ contents: 'read' });
    const headSha = git(sample.folder, 'rev-parse', 'feature');
    await remote(token, 'init', '-q', '--bare', 'objects.git');
    const inside = ['-C', 'objects.git'];
    await remote(token, ...inside, 'fetch', '-q', '--filter=blob:none', '--depth=1', url, headSha);
    expect(await remote(undefined, ...inside, 'rev-parse', 'FETCH_HEAD')).toBe(headSha);
    await remote(token, ...inside, 'fetch', '-q', url, '+refs/pull/1/head:refs/heads/pull');
    expect(await remote(undefined, ...inside, 'rev-parse', 'pull')).toBe(headSha);
  });

  it('takes no pushes', async () => {
    const url = `${sample.github.serverUrl}/acme/shop.git`;
    const token = await tokenFor({ contents: 'write' });
    await expect(
      remote(token, '-C', 'objects.git', 'push', '-q', url, 'pull:refs/heads/mine'),
    ).rejects.toThrow(/403/);
  });
});

describe('raw files', () => {
  it('are served from git by commit, on both kinds of address', async () => {
    const { serverUrl } = sample.github;
    const headSha = git(sample.folder, 'rev-parse', 'feature');
    const headers = { authorization: `token ${sample.github.tokenOf('ada')}` };
    const raw = await fetch(`${serverUrl}/acme/shop/raw/${headSha}/src/new%20name.txt`, { headers });
    expect(await raw.text()).toMatch(/^1\n2\n/);
    const picture = await fetch(`${serverUrl}/acme/shop/blob/${headSha}/picture.png?raw=true`, { headers });
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 9, 9]));
  });

  it('are not found by who may not see them', async () => {
    const { serverUrl } = sample.github;
    const headSha = git(sample.folder, 'rev-parse', 'feature');
    expect((await fetch(`${serverUrl}/acme/shop/raw/${headSha}/new.txt`)).status).toBe(404);
    expect((await fetch(`${serverUrl}/acme/none/raw/${headSha}/new.txt`)).status).toBe(404);
  });
});
