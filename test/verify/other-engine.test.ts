import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../src/browser/engine/engines.ts';
import { TransientError } from '../../src/domain/errors.ts';
import { inEngineOf } from '../../src/verify/other-engine.ts';
import type { Environment } from '../../src/verify/plan.ts';
import type { Browser, Session, SessionOptions, StorageState } from '../../src/verify/ports.ts';
import type { Run } from '../../src/verify/run.ts';
import { toSite } from '../../src/verify/site.ts';
import { BLANK_OBSERVATION } from '../support/observations.ts';
import { scriptedSession } from '../support/scripted-session.ts';
import { verifySettings } from '../support/verify-pages.ts';

const viewport = {
  name: 'phone',
  width: 400,
  height: 800,
  deviceScaleFactor: 1,
  isMobile: true,
  hasTouch: true,
};
const firefox: Environment = {
  name: 'phone, firefox',
  viewport,
  colorScheme: 'light',
  locale: 'en-US',
  timezone: 'UTC',
  reducedMotion: true,
  network: 'online',
  engine: 'firefox',
};
/** A browser whose sessions answer as `status` says, and what it was asked for. */
function createBrowser(name: string, status: (options: SessionOptions) => number = () => 200) {
  const asked: SessionOptions[] = [];
  const browser = {
    name,
    asked,
    isClosed: false,
    replaced: () => 0,
    async openSession(options: SessionOptions): Promise<Session> {
      asked.push(options);
      return scriptedSession({
        goto: async (url) => ({ kind: 'loaded', status: status(options), url }),
        observe: async () => BLANK_OBSERVATION,
        storage: async () => storageOf(`${name} ${options.site.host}`),
      });
    },
    async close() {
      browser.isClosed = true;
    },
  };
  return browser satisfies Browser;
}

/** Opaque to whoever does not make it. */
function storageOf(what: string): StorageState {
  return { kind: 'storage-state', what } as StorageState;
}

function createRun(other: Browser | undefined, headers: Readonly<Record<string, string>> = {}) {
  const chromium = createBrowser('chromium');
  const run = {
    browser: chromium,
    sites: { base: toSite('https://base.dev/'), head: toSite('https://head.dev/') },
    headers,
    secrets: [],
    keepers: new Map(),
    coverage: { notReached: new Map<string, string>() },
    ran: { isWanted: () => false },
    request: {
      settings: verifySettings({ login: { username: { secret: 'U' }, password: { secret: 'P' } } }),
      privateHosts: [],
      startedAt: new Date(0),
      seed: 1,
    },
    ports: {
      elapsedMs: () => 0,
      browser: {
        open: async () => chromium,
        ...(other === undefined ? {} : { openOther: async () => ({ kind: 'open', browser: other }) }),
      },
    },
    signal: new AbortController().signal,
  } as unknown as Run; // what is tried here needs no more of a run
  return { run, chromium };
}

describe('inEngineOf', () => {
  const limits = limitsOf('firefox');

  it('works in the engine, names what it leaves out, and closes it', async () => {
    const other = { ...createBrowser('firefox'), limits };
    const { run } = createRun(other);
    const seen = await inEngineOf(run, firefox, async ({ browser }) => browser.name);
    expect(seen).toEqual({ kind: 'done', result: 'firefox' });
    expect([...run.coverage.notReached.keys()]).toEqual([
      'barriers to accessibility (phone, firefox)',
      'which of the changed code runs (phone, firefox)',
      'logging in (phone, firefox)',
      'the layout of a phone (phone, firefox)',
    ]);
    expect(other.asked).toEqual([]);
  });

  it('gives cookies of the first visit in Chromium in place of headers, basic authentication aside', async () => {
    const other = { ...createBrowser('firefox'), limits };
    const account = { Authorization: 'Basic YTpi' };
    const { run, chromium } = createRun(other, { ...account, 'x-vercel-protection-bypass': 's3cret' });
    const seen = await inEngineOf(run, firefox, async ({ headers }) => headers);
    expect(seen).toEqual({ kind: 'done', result: account });
    expect(chromium.asked.map(({ headers }) => Object.keys(headers).length)).toEqual([2, 2]);
    expect(other.asked.map(({ headers, storage }) => ({ headers, storage }))).toEqual([
      { headers: account, storage: storageOf('chromium base.dev') },
      { headers: account, storage: storageOf('chromium head.dev') },
    ]);
    expect(run.coverage.notReached.get('the headers of `preview.headers` (phone, firefox)')).toMatch(
      /cookies/,
    );
  });

  it('is not tried where a deployment stays shut without the headers', async () => {
    const other = {
      ...createBrowser('firefox', ({ site }) => (site.host === 'head.dev' ? 403 : 200)),
      limits,
    };
    const { run } = createRun(other, { 'x-key': 's3cret' });
    expect(await inEngineOf(run, firefox, async () => 'done')).toEqual({
      kind: 'not-tried',
      why: expect.stringMatching(/^https:\/\/head\.dev\/ .*403.*, without the headers of/),
    });
  });

  it('says why it was not tried when it is not there, cannot do it, or ends', async () => {
    const other = { ...createBrowser('firefox'), limits };
    const why = async (run: Run, environment: Environment, work = async () => 'done') => {
      const tried = await inEngineOf(run, environment, work);
      return tried.kind === 'not-tried' ? tried.why : tried.result;
    };
    expect(await why(createRun(undefined).run, firefox)).toMatch(/no other engine/);
    expect(await why(createRun(other).run, { ...firefox, network: 'slow' })).toMatch(/cannot be made slow/);
    const ending = () => Promise.reject(new TransientError('it ended'));
    expect(await why(createRun(other).run, firefox, ending)).toBe('it ended');
    await expect(why(createRun(other).run, firefox, () => Promise.reject(new Error('ours')))).rejects.toThrow(
      'ours',
    );
  });
});
