import { chromium } from 'playwright';
import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { createBrowserLauncher, openBrowser } from '../../src/browser/open-browser.ts';
import { plainSession } from '../support/browser-bench.ts';
import { servePages } from '../support/serve-pages.ts';

describe('openBrowser', () => {
  it('ends the browser when the signal is aborted', async () => {
    const abort = new AbortController();
    const other = await openBrowser({ policy: { mayVisit: () => true, privateHosts: [] } }, abort.signal);
    const session = await other.openSession(plainSession('http://nowhere.invalid'));
    abort.abort();
    await other.close();
    expect((await session.observe()).isHung).toBe(true);
    await expect(other.openSession(plainSession('http://nowhere.invalid'))).rejects.toThrow(
      /has ended or hangs/,
    );
  });

  it('does not start under an aborted signal', async () => {
    const policy = { mayVisit: () => true, privateHosts: [] };
    await expect(openBrowser({ policy }, AbortSignal.abort(new Error('superseded')))).rejects.toThrow(
      'superseded',
    );
  });
});

describe('a browser elsewhere', () => {
  it('is led through the run’s own proxy, and shares its work with others', { timeout: 60_000 }, async () => {
    const found = await findBrowser();
    const start = () =>
      chromium.launchServer({
        ...(found.kind === 'found' ? { executablePath: found.path } : {}),
        args: ['--no-sandbox'],
        host: '127.0.0.1',
      });
    const servers = await Promise.all([start(), start()]);
    const site = await servePages({ '/': '<h1>Hello</h1>' });
    const other = await servePages({ '/': '<h1>Secret</h1>' });
    const launcher = createBrowserLauncher({ endpoints: servers.map((one) => one.wsEndpoint()) });
    const policy = { mayVisit: () => true, privateHosts: [site.host] };
    const { signal } = new AbortController();
    try {
      const first = await launcher.open(policy, signal);
      const session = await first.openSession(plainSession(site.url));
      const second = await launcher.open(policy, signal);
      expect(new Set([first.name, second.name]).size).toBe(2);
      expect(await session.goto(`${site.url}/`, 10_000)).toMatchObject({ kind: 'loaded', status: 200 });
      expect((await session.goto(`${other.url}/`, 10_000)).kind).not.toBe('loaded');
      expect(other.seen).toEqual([]);
      await Promise.all([first.close(), second.close()]);
    } finally {
      await Promise.all([...servers, site, other].map((one) => one.close()));
    }
  });
});

describe('findBrowser', () => {
  it('takes the configured path or says that it cannot be run', async () => {
    expect(await findBrowser('/bin/sh')).toEqual({ kind: 'found', path: '/bin/sh', from: 'configured' });
    expect(await findBrowser('/nowhere/chromium')).toMatchObject({
      kind: 'missing',
      why: expect.stringContaining('/nowhere/chromium'),
    });
  });
});
