import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/browser/find-browser.ts';
import { openBrowser } from '../../src/browser/open-browser.ts';
import { plainSession } from '../support/browser-bench.ts';

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

describe('findBrowser', () => {
  it('takes the configured path or says that it cannot be run', async () => {
    expect(await findBrowser('/bin/sh')).toEqual({ kind: 'found', path: '/bin/sh', from: 'configured' });
    expect(await findBrowser('/nowhere/chromium')).toMatchObject({
      kind: 'missing',
      why: expect.stringContaining('/nowhere/chromium'),
    });
  });
});
