import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../src/demo/app-process.ts';
import { type FakeGitHub, startFakeGitHub } from '../../src/fake-github/fake-github.ts';
import { makeDataFolder } from '../support/data-folder.ts';

const signal = new AbortController().signal;
let scratch: string;
let dataFolder: Awaited<ReturnType<typeof makeDataFolder>>;
let gitHub: FakeGitHub;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'firsthand-test-'));
  dataFolder = await makeDataFolder();
  gitHub = await startFakeGitHub({ repositories: [] });
});

afterAll(async () => {
  await gitHub.close();
  dataFolder.remove();
  await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
});

function environment(change: Record<string, string> = {}): Record<string, string | undefined> {
  const { app } = gitHub.state;
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    HOME: scratch,
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: app.webhookSecret,
    GITHUB_API_URL: gitHub.apiUrl,
    GITHUB_SERVER_URL: gitHub.serverUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    FIRSTHAND_DATA_DIR: dataFolder.path,
    ...change,
  };
}

// Starting the App takes seconds, more on a busy machine.
describe('startApp', { timeout: 90_000 }, () => {
  it('starts the App by its environment, says where it listens, and stops it', async () => {
    const app = await startApp(environment(), signal);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    await app.stop();
    await app.stop();
    await expect(fetch(app.url)).rejects.toThrow('fetch failed');
    await expect(app.ended).rejects.toThrow(/the App ended with code/);
  });

  it('says why it did not come up', async () => {
    await expect(startApp(environment({ PRIVATE_KEY: 'no key' }), signal)).rejects.toThrow(
      /the App ended with code 2; the end of its log:[^]*PRIVATE_KEY is not a PEM private key/,
    );
  });

  it('does not wait for an App that was called off', async () => {
    const reason = new Error('called off');
    await expect(startApp(environment(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
