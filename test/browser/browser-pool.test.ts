import { describe, expect, it } from 'vitest';
import type { BrowserHost } from '../../src/browser/hosts/browser-host.ts';
import { createBrowserPool, type Place } from '../../src/browser/hosts/browser-pool.ts';
import { TransientError } from '../../src/domain/errors.ts';

const { signal } = new AbortController();

/** A place whose browsers are counted. */
function createPlace(name: string) {
  const place = {
    name,
    started: 0,
    ended: 0,
    isDown: false,
    isGone: false,
    async start(): Promise<BrowserHost> {
      if (place.isDown) throw new TransientError(`${name} is down`);
      place.started += 1;
      return {
        name: `${name} ${place.started}`,
        // Nothing is opened in it.
        browser: {} as BrowserHost['browser'],
        engine: 'chromium',
        isRemote: false,
        isGone: async () => place.isGone,
        end: async () => void (place.ended += 1),
      };
    },
  };
  return place satisfies Place & Record<string, unknown>;
}

describe('createBrowserPool', () => {
  it('keeps one browser for runs at the same time, and ends it with the last of them', async () => {
    const place = createPlace('here');
    const pool = createBrowserPool([place], () => 0);
    const [one, other] = await Promise.all([pool.take(signal), pool.take(signal)]);
    expect(one.host).toBe(other.host);
    await one.release();
    await one.release();
    expect(place).toMatchObject({ started: 1, ended: 0 });
    await other.release();
    expect(place).toMatchObject({ started: 1, ended: 1 });
    expect((await pool.take(signal)).host.name).toBe('here 2');
  });

  it('starts a fresh one after many contexts, while the old one serves those that have it', async () => {
    const place = createPlace('here');
    const pool = createBrowserPool([place], () => 0);
    const first = await pool.take(signal);
    for (let count = 0; count < 400; count += 1) first.countContext()();
    const second = await pool.take(signal);
    expect(second.host).not.toBe(first.host);
    expect(place).toMatchObject({ started: 2, ended: 0 });
    await first.release();
    expect(place.ended).toBe(1);
  });

  it('replaces one that has ended', async () => {
    const place = createPlace('here');
    const pool = createBrowserPool([place], () => 0);
    const lost = await pool.take(signal);
    place.isGone = true;
    expect((await pool.take(signal)).host).not.toBe(lost.host);
  });

  it('goes where the fewest contexts run, leaves out what does not answer, and comes back to it later', async () => {
    const [a, b] = [createPlace('a'), createPlace('b')];
    let now = 0;
    const pool = createBrowserPool([a, b], () => now);
    const first = await pool.take(signal);
    const end = first.countContext();
    expect([first.host.name, (await pool.take(signal)).host.name]).toEqual(['a 1', 'b 1']);
    end();
    b.isGone = true;
    b.isDown = true;
    first.countContext();
    expect((await pool.take(signal)).host.name).toBe('a 1');
    b.isDown = false;
    expect((await pool.take(signal)).host.name).toBe('a 1');
    now = 31_000;
    expect((await pool.take(signal)).host.name).toBe('b 2');
  });

  it('says of every place that none answers, and tries them again the next time', async () => {
    const [a, b] = [createPlace('a'), createPlace('b')];
    a.isDown = true;
    b.isDown = true;
    const pool = createBrowserPool([a, b], () => 0);
    await expect(pool.take(signal)).rejects.toThrow(/none of a, b gives a browser/);
    a.isDown = false;
    expect((await pool.take(signal)).host.name).toBe('a 1');
  });

  it('does not let one run that is aborted end the start for another', async () => {
    const place = createPlace('here');
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const pool = createBrowserPool([{ name: 'here', start: () => gate.then(() => place.start()) }], () => 0);
    const abort = new AbortController();
    const aborted = pool.take(abort.signal);
    const other = pool.take(signal);
    abort.abort(new Error('superseded'));
    goOn();
    await expect(aborted).rejects.toThrow('superseded');
    expect((await other).host.name).toBe('here 1');
    expect(place).toMatchObject({ started: 1, ended: 0 });
  });
});
