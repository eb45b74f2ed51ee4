import { describe, expect, it } from 'vitest';
import { waitUntilReady } from '../../src/verify/open-sites.ts';
import type { Navigation } from '../../src/verify/ports.ts';
import { toSite } from '../../src/verify/site.ts';
import { BLANK_OBSERVATION } from '../support/observations.ts';
import { scriptedSession } from '../support/scripted-session.ts';

/** Opens a site that answers with these statuses, the last one for ever; each look takes a second. */
async function open(statuses: readonly number[], waitMs = 0) {
  let looks = 0;
  const session = scriptedSession({
    goto: async (url): Promise<Navigation> => {
      const status = statuses[Math.min(looks, statuses.length - 1)] ?? 200;
      looks += 1;
      return { kind: 'loaded', status, url };
    },
    observe: async () => BLANK_OBSERVATION,
  });
  const elapsedMs = () => looks * 1000;
  const { signal } = new AbortController();
  const readiness = await waitUntilReady(session, toSite('https://shop.dev/'), { elapsedMs, waitMs, signal });
  return { readiness, looks };
}

describe('waitUntilReady', () => {
  it('looks twice before it believes', async () => {
    expect(await open([200])).toEqual({ readiness: { kind: 'ready' }, looks: 2 });
  });

  it('begins anew when the second look finds no product, and ends with its reason', async () => {
    expect(await open([200, 503])).toEqual({
      readiness: { kind: 'not-ready', why: 'https://shop.dev/ answers 503' },
      looks: 2,
    });
    expect(await open([200, 503, 200], 2500)).toEqual({ readiness: { kind: 'ready' }, looks: 4 });
  });

  it('does not wait where waiting does not help', async () => {
    expect(await open([401], 60_000)).toMatchObject({ readiness: { kind: 'not-ready' }, looks: 1 });
  });
});
