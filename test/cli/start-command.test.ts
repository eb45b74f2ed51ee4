import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { runCommandLine } from '../../src/cli/main.ts';
import { startFakeGitHub } from '../../src/fake-github/fake-github.ts';
import { type CommandProcess, startCommand } from '../support/command-process.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { fakeTerminal } from '../support/fake-terminal.ts';
import { startPostgres } from '../support/postgres.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const LIMIT_MS = 60_000;

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const APP = { APP_ID: '7', PRIVATE_KEY: privateKey, WEBHOOK_SECRET: 'a webhook secret for tests' };

let folder = makeTemporaryFolder();
let running: CommandProcess[] = [];
const postgres = await startPostgres();

beforeEach(() => {
  folder = makeTemporaryFolder();
  running = [];
});

afterEach(async () => {
  for (const each of running) each.signal('SIGKILL');
  await Promise.all(running.map((each) => each.ended()));
  folder.remove();
});

afterAll(async () => {
  if (!('skip' in postgres)) await postgres.stop();
});

/** A command in a folder of its own, whose server would be on a free port of the loopback interface. */
function firsthand(
  words: string,
  env: Readonly<Record<string, string>> = {},
  input?: string,
): CommandProcess {
  const command = startCommand(words.split(' '), {
    cwd: folder.path,
    env: { HOST: '127.0.0.1', PORT: '0', ...env },
    ...(input === undefined ? {} : { input }),
  });
  running.push(command);
  return command;
}

/** The same in this process, for what ends by itself. */
async function firsthandHere(words: string, env: Readonly<Record<string, string>> = {}) {
  const terminal = fakeTerminal({ cwd: folder.path, env: { HOST: '127.0.0.1', PORT: '0', ...env } });
  const code = await runCommandLine(words.split(' '), COMMANDS, terminal);
  return { code, stdout: terminal.out(), stderr: terminal.err() };
}

const READY = /"url":"(http:[^"]+)","msg":"ready"/;

describe('firsthand start', () => {
  it(
    'goes from nothing to a running App: it registers itself, and serves without a restart',
    async () => {
      const gitHub = await startFakeGitHub({ repositories: [] });
      const app = firsthand('start', { GITHUB_API_URL: gitHub.apiUrl, GITHUB_SERVER_URL: gitHub.serverUrl });
      const page = await app.says(/Open {3}(http\S+)/);
      expect(await app.says('kept in')).toMatch(/^\nNo App is registered yet: APP_ID, PRIVATE_KEY/);
      const form = (await (await fetch(page)).text()).replaceAll('&quot;', '"').replaceAll('&amp;', '&');
      const state = /state=([\w-]+)/.exec(form)?.[1] ?? '';
      const manifest = JSON.parse(/name="manifest" value="(\{.*\})"/.exec(form)?.[1] ?? 'null');
      const code = gitHub.submitManifest(manifest);
      const last = await fetch(new URL(`/setup/callback?${new URLSearchParams({ state, code })}`, page));
      expect(await last.text()).toContain('Firsthand is registered');
      const url = await app.says(READY);
      expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n');
      app.signal('SIGTERM');
      const { code: exit, stderr, stdout } = await app.ended();
      expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' });
      expect(stderr).toContain('"msg":"stopped"');
      expect(stderr).not.toContain('PRIVATE KEY-----');
      await gitHub.close();
    },
    LIMIT_MS,
  );

  it(
    'takes secrets while it runs and while it does not, and refuses a second server on its folder',
    async () => {
      const dataFolder = await makeDataFolder();
      const env = { ...APP, FIRSTHAND_DATA_DIR: dataFolder.path };
      const app = firsthand('start', env);
      await app.says(READY);
      const second = await firsthandHere('start', env);
      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(/^firsthand start: the data folder \S+ is in use by process \d+/);
      expect((await firsthand('secret set o/r TEST_USER', env, 'hunter2\n').ended()).code).toBe(0);
      app.signal('SIGTERM');
      expect((await app.ended()).code).toBe(0);
      const list = await firsthandHere('secret list o/r', env);
      expect(list).toEqual({ code: 0, stdout: 'TEST_USER\n', stderr: '' });
      expect((await firsthandHere('secret delete o/r TEST_USER', env)).stderr).toBe(
        'TEST_USER is deleted for o/r\n',
      );
      dataFolder.remove();
    },
    LIMIT_MS,
  );

  it(
    'says in one line what keeps it from starting',
    async () => {
      const taken = createServer();
      await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve));
      const address = taken.address();
      const port = String(typeof address === 'object' && address !== null ? address.port : 0);
      writeFileSync(join(folder.path, 'file'), '');
      const { WEBHOOK_SECRET, ...half } = APP;
      const cases = [
        [half, /^firsthand start: WEBHOOK_SECRET not set: an App needs/],
        [{ ...APP, PRIVATE_KEY: 'garbage' }, /^firsthand start: PRIVATE_KEY is not a PEM private key/],
        [
          { ...APP, WEBHOOK_SECRET: 'changeme' },
          /^firsthand start: WEBHOOK_SECRET is empty, well known or shorter/,
        ],
        [{ PORT: port }, /^firsthand start: 127\.0\.0\.1:\d+ is in use: set PORT/],
        [
          { ...APP, FIRSTHAND_DATA_DIR: 'file/x' },
          /^firsthand start: could not open the data folder .*file\/x/,
        ],
        [
          { ...APP, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' },
          /^firsthand start: could not connect to PostgreSQL at 127\.0\.0\.1:1\/x/,
        ],
      ] as const;
      for (const [env, message] of cases) {
        const { code, stdout, stderr } = await firsthandHere('start', { LOG_LEVEL: 'error', ...env });
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(message);
        expect(stderr).not.toContain('hunter2');
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      }
      await new Promise<void>((resolve) => void taken.close(() => resolve()));
      expect(WEBHOOK_SECRET).not.toBe('');
    },
    LIMIT_MS,
  );
});

describe('firsthand worker', () => {
  it('refuses to run without a database that others share', async () => {
    const { code, stderr } = await firsthandHere('worker', APP);
    expect(code).toBe(2);
    expect(stderr).toMatch(/set DATABASE_URL to a PostgreSQL that they all use/);
  });

  it.skipIf('skip' in postgres)(
    'shares one PostgreSQL with a server, and both end on SIGTERM',
    async () => {
      if ('skip' in postgres) return;
      const env = { ...APP, DATABASE_URL: await postgres.createDatabase() };
      const server = firsthand('start', env);
      const worker = firsthand('worker', env);
      await Promise.all([server.says(READY), worker.says('"role":"worker","msg":"ready"')]);
      expect((await firsthand('secret set o/r TEST_USER', env, 'hunter2').ended()).code).toBe(0);
      const client = new pg.Client({ connectionString: env.DATABASE_URL });
      await client.connect();
      const { rows } = await client.query('SELECT count(*)::int AS count FROM pgboss.queue');
      await client.end();
      expect(rows[0].count).toBeGreaterThanOrEqual(2);
      for (const each of [server, worker]) each.signal('SIGTERM');
      for (const each of [server, worker]) expect((await each.ended()).code).toBe(0);
    },
    LIMIT_MS,
  );
});
