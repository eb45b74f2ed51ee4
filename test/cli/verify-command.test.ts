import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';
import { type ServedPages, servePages } from '../support/serve-pages.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

let pages: ServedPages;
const scratch = makeTemporaryFolder();

beforeAll(async () => {
  pages = await servePages({ '/': '<h1>Fine</h1><a href="/a">A</a>', '/a': '<h1>A</h1>' });
});

afterAll(async () => {
  await pages.close();
  scratch.remove();
});

async function verify(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH, FIRSTHAND_BROWSER_PATH } = process.env;
  const terminal = fakeTerminal({ cwd: scratch.path, env: { PATH, FIRSTHAND_BROWSER_PATH, ...env } });
  const code = await runCommandLine(['verify', '--wait', '0', ...words], COMMANDS, terminal);
  return { code, out: terminal.out(), err: terminal.err() };
}

async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('firsthand verify', () => {
  it('prints exactly one document, the same for the same seed', async () => {
    const words = ['--head', pages.url, '--base', pages.url, '--format', 'json'];
    const [one, two] = [await verify(words), await verify(words)];
    const [first, second] = [one, two].map(({ out }) => ({ ...JSON.parse(out), ms: 0 }));
    expect(one.code).toBe(0);
    expect(first).toMatchObject({ kind: 'verify', coverage: { pages: ['/', '/a'] }, findings: [] });
    expect(second).toEqual(first);
  });

  it('does not pass when the base that was named could not be compared with', async () => {
    const { code, err } = await verify(['--head', pages.url, '--base', await deadAddress()]);
    expect(code).toBe(2);
    expect(err).toMatch(/firsthand verify: .*the base deployment could not be compared with/);
  });

  it('says what kept it from the head', async () => {
    const { code, err } = await verify(['--head', await deadAddress()]);
    expect(code).toBe(2);
    expect(err).toMatch(/firsthand verify: http:\S+ could not be opened/);
  });

  it('names the file, the line and the key of a mistake in the configuration', async () => {
    writeFileSync(join(scratch.path, 'bad.yml'), 'viewports: [desktop]\nflowz: []\n');
    const { code, err } = await verify(['--head', pages.url, '--config', 'bad.yml']);
    expect(code).toBe(2);
    expect(err).toContain('bad.yml:2: flowz: is not a known key');
  });

  it('names the secret that is missing', async () => {
    const login =
      'login: { path: /login, username: { secret: TEST_USER }, password: { secret: TEST_PASSWORD } }\n';
    writeFileSync(join(scratch.path, 'login.yml'), login);
    const { err } = await verify(['--head', pages.url, '--config', 'login.yml']);
    expect(err).toContain('firsthand verify: FIRSTHAND_SECRET_TEST_USER is not set\n');
  });

  it('says which browser does not start, and why', async () => {
    const { code, err } = await verify(['--head', pages.url], { FIRSTHAND_BROWSER_PATH: '/nonexistent' });
    expect({ code, err }).toEqual({
      code: 2,
      err: 'firsthand verify: the configured browser /nonexistent is not an executable file\n',
    });
  });

  it.each([
    [[], /--head URL is missing/],
    [['--head', 'localhost:3000'], /--head takes an address that begins with http/],
    [['--head', 'http://x.dev', '--flow', 'Nope'], /no flow named “Nope”/],
    [
      ['--head', 'http://x.dev', '--viewport', 'watch'],
      /--viewport takes desktop, tablet, mobile; got “watch”/,
    ],
    [['--head', 'http://x.dev', '--seed=-1'], /--seed takes a whole number/],
    [['--head', 'http://x.dev', '--wait', 'long'], /--wait takes a whole number from 0 to 600/],
    [
      ['--head', 'http://x.dev', '--out', '/dev/null/x'],
      /--out: \/dev\/null\/x cannot be written \(ENOTDIR\)/,
    ],
    [['--head', 'http://x.dev', '--config', '/nope'], /--config: could not read \/nope/],
    [['--head', 'http://x.dev', '--repo', '.'], /--repo needs --base-ref REF/],
    [['--head', 'http://x.dev', '--head-ref', 'HEAD'], /--head-ref needs --base-ref REF/],
  ])('refuses %j in one line', async (words, message) => {
    const { code, out, err } = await verify(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
