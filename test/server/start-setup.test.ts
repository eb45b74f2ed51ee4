import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { UserError } from '../../src/domain/errors.ts';
import { startFakeGitHub } from '../../src/fake-github/fake-github.ts';
import { type Credentials, readCredentials } from '../../src/server/credentials.ts';
import { type SetupOptions, startSetup } from '../../src/server/start-setup.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nabc+/=\ndef\n-----END RSA PRIVATE KEY-----\n';
const APP = {
  id: 31337,
  slug: 'firsthand-test',
  html_url: 'https://github.example/apps/firsthand-test',
  pem: PEM,
  webhook_secret: 'f00'.repeat(13),
  client_id: 'x',
  client_secret: 'y',
};

let folder = '';
let conversions: { path: string; method: string }[] = [];
let answer: { status: number; body: unknown } = { status: 201, body: APP };
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firsthand-setup-'));
  conversions = [];
  answer = { status: 201, body: APP };
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true });
});

/** GitHub, as far as the set-up talks to it. */
async function startConversions(): Promise<string> {
  const server = createServer((request, response) => {
    conversions.push({ path: request.url ?? '', method: request.method ?? '' });
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => void server.close(() => resolve())));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/api/v3`;
}

async function start(overrides: Partial<SetupOptions> = {}) {
  const credentialsFile = join(folder, 'data', 'credentials.env');
  const logger = createSilentLogger();
  const configured = Promise.withResolvers<Credentials>();
  const setup = await startSetup({
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'https://firsthand.example',
    serverUrl: 'https://github.example',
    apiUrl: await startConversions(),
    credentialsFile,
    logger,
    onConfigured: configured.resolve,
    ...overrides,
  });
  closers.push(() => setup.close());
  const origin = new URL(setup.url).origin;
  const form = async (query = '') => readForm(await (await fetch(setup.url + query)).text());
  const callback = (parameters: Record<string, string>) =>
    fetch(`${origin}/setup/callback?${new URLSearchParams(parameters)}`);
  return { setup, origin, form, callback, logger, credentialsFile, configured: configured.promise };
}

function readForm(page: string) {
  const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const action = unescape(/<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '');
  const manifest: unknown = JSON.parse(unescape(/name="manifest" value="([^"]*)"/.exec(page)?.[1] ?? 'null'));
  return { page, action, manifest, state: new URL(action).searchParams.get('state') ?? '' };
}

describe('startSetup', () => {
  it('hands GitHub a manifest whose webhook address is where the server listens', async () => {
    const { form, origin } = await start();
    const { action, manifest } = await form();
    expect(action).toMatch(/^https:\/\/github\.example\/settings\/apps\/new\?state=[\w-]{43}$/);
    expect(manifest).toMatchObject({
      name: 'Firsthand',
      public: false,
      hook_attributes: { url: 'https://firsthand.example/api/github/webhooks', active: true },
      redirect_url: `${origin}/setup/callback`,
      default_permissions: { checks: 'write' },
    });
  });

  it('registers for an organization when asked', async () => {
    const { form, setup } = await start();
    expect((await form('&organization=acme')).action).toMatch(
      /^https:\/\/github\.example\/organizations\/acme\/settings\/apps\/new\?state=/,
    );
    expect((await fetch(`${setup.url}&organization=../x`)).status).toBe(400);
    expect((await fetch(`${setup.url}&organization=${encodeURIComponent('"><script>')}`)).status).toBe(400);
  });

  it('keeps the credentials for the owner only and hands them on once', async () => {
    const { form, callback, credentialsFile, configured } = await start();
    const { state } = await form();
    const page = await callback({ state, code: 'abc123' });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(
      'href="https://github.example/apps/firsthand-test/installations/new"',
    );
    expect(conversions).toEqual([{ path: '/api/v3/app-manifests/abc123/conversions', method: 'POST' }]);
    const expected = { appId: 31337, privateKey: PEM, webhookSecret: 'f00'.repeat(13) };
    expect(await configured).toEqual(expected);
    expect(await readCredentials(credentialsFile)).toEqual(expected);
    expect((await stat(credentialsFile)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    // A reader who reloads the page sees it again; GitHub is not asked twice.
    expect((await callback({ state, code: 'abc123' })).status).toBe(200);
    expect(conversions).toHaveLength(1);
  });

  it.each(['', '?token=', '?token=wrong', `?token=${'A'.repeat(43)}`])(
    'shows nothing to %j',
    async (query) => {
      const { origin } = await start();
      const response = await fetch(`${origin}/setup${query}`);
      expect(response.status).toBe(403);
      expect(await response.text()).not.toMatch(/manifest|state=/);
    },
  );

  it('refuses a callback whose state or code is not ours', async () => {
    const { callback, form, credentialsFile } = await start();
    const { state } = await form();
    expect((await callback({ code: 'abc' })).status).toBe(403);
    expect((await callback({ code: 'abc', state: 'x' })).status).toBe(403);
    expect((await callback({ code: '../../user', state })).status).toBe(400);
    expect((await callback({ state })).status).toBe(400);
    expect(conversions).toEqual([]);
    expect(await readCredentials(credentialsFile)).toBeUndefined();
  });

  it('never shows the credentials, the token or the state where they do not belong', async () => {
    const { form, callback, logger, setup } = await start();
    const { state } = await form();
    const page = await (await callback({ state, code: 'abc123' })).text();
    const token = new URL(setup.url).searchParams.get('token') ?? 'missing';
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const secret of [PEM, 'BEGIN RSA', APP.webhook_secret, state, token]) {
      expect(page).not.toContain(secret);
      expect(JSON.stringify(logger.lines)).not.toContain(secret);
    }
  });

  it.each([
    ['a used code', { status: 404, body: { message: 'Not Found' } }],
    ['no key', { status: 201, body: { ...APP, pem: null } }],
    ['no webhook secret', { status: 201, body: { ...APP, webhook_secret: null } }],
    ['something else', { status: 201, body: 'hello' }],
  ])('says so when GitHub answers with %s, and lets the reader try again', async (_, failure) => {
    const { form, callback, credentialsFile } = await start();
    const { state } = await form();
    answer = failure;
    const page = await callback({ state, code: 'abc123' });
    expect(page.status).toBe(502);
    expect(await page.text()).toMatch(/That did not work/);
    expect(await readCredentials(credentialsFile)).toBeUndefined();
    answer = { status: 201, body: APP };
    expect((await callback({ state, code: 'def456' })).status).toBe(200);
  });

  it('does not send its reader to another site than GitHub', async () => {
    const { form, callback } = await start();
    const { state } = await form();
    answer = { status: 201, body: { ...APP, html_url: 'https://evil.example/apps/x' } };
    const page = await (await callback({ state, code: 'abc123' })).text();
    expect(page).toContain('https://github.example/apps/firsthand-test/installations/new');
    expect(page).not.toContain('evil');
  });

  it('is understood by the fake GitHub, which makes the app that the manifest describes', async () => {
    const github = await startFakeGitHub({ repositories: [] });
    closers.push(() => github.close());
    const { apiUrl, serverUrl } = github;
    const { form, callback, configured } = await start({ apiUrl, serverUrl });
    const { manifest, state } = await form();
    const code = github.submitManifest(z.record(z.string(), z.unknown()).parse(manifest));
    expect((await callback({ state, code })).status).toBe(200);
    expect((await configured).privateKey).toMatch(/^-----BEGIN/);
    expect(github.judge.violations).toEqual([]);
    expect((await callback({ state, code })).status).toBe(200);
  });

  it('warns when GitHub could not reach the webhook address', async () => {
    const { form } = await start({ publicUrl: 'http://localhost:3000' });
    expect((await form()).page).toContain('GitHub cannot reach that address');
    const beside = await start({ publicUrl: 'http://localhost:3000', serverUrl: 'http://localhost:4000' });
    const { page, action } = await beside.form();
    expect(page).not.toContain('cannot reach');
    expect(action).toMatch(/^http:\/\/localhost:4000\/settings\/apps\/new/);
  });

  it('is not healthy and takes no webhooks', async () => {
    const { origin } = await start();
    expect((await fetch(`${origin}/healthz`)).status).toBe(503);
    expect((await fetch(`${origin}/api/github/webhooks`, { method: 'POST', body: '{}' })).status).toBe(503);
    expect(await (await fetch(origin)).text()).toContain('printed on its terminal');
  });

  it('refuses to start when the credentials could not be kept', async () => {
    // A file where the folder should be.
    await expect(start({ credentialsFile: '/dev/null/x/credentials.env' })).rejects.toThrow(UserError);
  });
});

describe('readCredentials', () => {
  it('names what a damaged file lacks', async () => {
    const file = join(folder, 'credentials.env');
    await writeFile(file, 'APP_ID=abc\nWEBHOOK_SECRET=x\n');
    await expect(readCredentials(file)).rejects.toThrow(/lacks a good APP_ID, PRIVATE_KEY/);
  });
});
