import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createShopRepository, type ShopRepository } from '../../src/demo/shop-repository.ts';

const run = promisify(execFile);
let scratch: string;
let repository: ShopRepository;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'firsthand-test-'));
  repository = await createShopRepository(join(scratch, 'first.git'));
});

afterAll(() => rm(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['--git-dir', repository.folder, ...args]);
  return stdout.trim();
}

async function checkOut(sha: string): Promise<string> {
  const folder = join(scratch, sha);
  await run('git', ['clone', '--quiet', '--no-checkout', repository.folder, folder]);
  await run('git', ['-C', folder, 'checkout', '--quiet', sha]);
  return folder;
}

describe('createShopRepository', () => {
  it('gives the commits the same names every time', async () => {
    const second = await createShopRepository(join(scratch, 'second.git'));
    expect({ ...second, folder: '' }).toEqual({ ...repository, folder: '' });
  });

  it('gives them the same names whatever the git configuration and the environment of the user', async () => {
    const home = join(scratch, 'home');
    await mkdir(join(home, 'hooks'), { recursive: true });
    const marker = join(scratch, 'hook-ran');
    await writeFile(join(home, 'hooks', 'post-applypatch'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    await writeFile(join(home, '.gitconfig'), oddConfig(home));
    vi.stubEnv('HOME', home);
    vi.stubEnv('XDG_CONFIG_HOME', home);
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(home, '.gitconfig'));
    vi.stubEnv('GIT_AUTHOR_DATE', '2001-01-01T00:00:00Z');
    vi.stubEnv('GIT_COMMITTER_NAME', 'Somebody Else');
    vi.stubEnv('GIT_DEFAULT_HASH', 'sha256');
    vi.stubEnv('GIT_DIR', join(home, 'nowhere'));
    vi.stubEnv('TZ', 'Pacific/Auckland');
    const odd = await createShopRepository(join(scratch, 'odd.git'));
    expect(odd.headSha).toBe(repository.headSha);
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  it('describes a pull request of real commits from main to its branch', async () => {
    expect(await git('rev-parse', `refs/heads/${repository.baseRef}`)).toBe(repository.baseSha);
    expect(await git('rev-parse', `refs/heads/${repository.branch}`)).toBe(repository.headSha);
    expect(await git('merge-base', repository.baseSha, repository.headSha)).toBe(repository.baseSha);
    expect(await git('rev-list', '--count', `${repository.baseSha}..${repository.headSha}`)).toBe('6');
    expect(await git('log', '-1', '--format=%an %cn', repository.headSha)).toBe(
      'Mara Lindqvist Mara Lindqvist',
    );
    expect(repository.title).toBe('Summer sale, and a faster cart');
    expect(repository.body).toMatch(/^The summer sale starts[^]*All tests pass\.$/);
  });

  it('puts the shape of a leaked token where the patch has a placeholder', async () => {
    const source = await git('show', `${repository.headSha}:tools/announce_sale.py`);
    expect(source).toMatch(/"xoxb-\d{12}-\d{13}-\w{24}"/);
    expect(source).not.toContain('@@');
  });

  it('refuses a folder that cannot be written, with what git said', async () => {
    const blocked = join(scratch, 'file');
    await writeFile(blocked, 'in the way');
    await expect(createShopRepository(join(blocked, 'repo.git'))).rejects.toThrow(
      /could not build the sample repository: git init/,
    );
  });

  it.each(['base', 'head'] as const)('has tests that pass on the %s', async (end) => {
    const sha = end === 'base' ? repository.baseSha : repository.headSha;
    const folder = await checkOut(sha);
    // The test runner marks its children by this variable, and a marked child reports to a parent that is not there.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', 'test/*.test.ts'], {
      cwd: folder,
      env,
    });
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThanOrEqual(17);
  });
});

function oddConfig(home: string): string {
  return `[user]
  name = Nobody
  email = nobody@example.invalid
  signingKey = none
[commit]
  gpgSign = true
[core]
  autocrlf = true
  hooksPath = ${join(home, 'hooks')}
[am]
  threeWay = true
  keepcr = true
[init]
  defaultBranch = trunk
[i18n]
  commitEncoding = ISO-8859-1
`;
}
