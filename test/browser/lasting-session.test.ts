import { describe, expect, it } from 'vitest';
import { createLastingSession } from '../../src/browser/lasting-session.ts';
import { BrowserLostError } from '../../src/domain/errors.ts';
import type { Session } from '../../src/verify/ports.ts';

/** Sessions that note what is asked of them, by the number of their browser; `endsAt` ends one at a call. */
function createBench(endsAt: readonly (readonly [browser: number, call: string])[], most = 3) {
  const calls: string[] = [];
  const lost = new Set<Session>();
  let browsers = 0;
  const open = (): Session => {
    const browser = browsers;
    browsers += 1;
    const note = <Fine, Broken>(call: string, fine: Fine, broken: Broken): Promise<Fine | Broken> => {
      calls.push(`${browser} ${call}`);
      if (endsAt.some(([at, what]) => at === browser && what === call)) lost.add(session);
      return Promise.resolve(lost.has(session) ? broken : fine);
    };
    const hung = { kind: 'impossible', why: 'hung' } as const;
    const failed = { kind: 'failed', why: 'gone' } as const;
    // What these tests do not ask for is not there.
    const session = {
      goto: (url: string) => note(`goto ${url}`, { kind: 'loaded', status: 200, url } as const, failed),
      reset: (url: string) => note(`reset ${url}`, { kind: 'loaded', status: 200, url } as const, failed),
      act: (step: object) => note(`act ${JSON.stringify(step)}`, { kind: 'done' } as const, hung),
      pass: (ms: number) => note(`pass ${ms}`, undefined, undefined),
      capture: () => note('capture', Uint8Array.of(1), undefined),
      close: () => note('close', undefined, undefined),
    } as unknown as Session;
    return session;
  };
  const closed: Session[] = [];
  const session = createLastingSession(open(), {
    isLost: async (one) => lost.has(one),
    reopen: async () => {
      if (browsers > most) throw new BrowserLostError('ended too often');
      return open();
    },
    onClose: (one) => void closed.push(one),
  });
  return { session, calls, closed };
}

describe('createLastingSession', () => {
  it('goes the way since the last fresh start again, and repeats what was cut off', async () => {
    const { session, calls } = createBench([[0, 'act {"click":"Pay"}']]);
    await session.goto('/old', 1);
    await session.reset('/', 1);
    await session.act({ click: 'Add' }, 1);
    await session.capture();
    await session.pass(100);
    expect(await session.act({ click: 'Pay' }, 1)).toEqual({ kind: 'done' });
    expect(calls.slice(calls.indexOf('0 act {"click":"Pay"}') + 1)).toEqual([
      '1 reset /',
      '1 act {"click":"Add"}',
      '1 pass 100',
      '1 act {"click":"Pay"}',
    ]);
  });

  it('begins a fresh start in the new browser without what was before it', async () => {
    const { session, calls } = createBench([[0, 'reset /b']]);
    await session.reset('/a', 1);
    await session.reset('/b', 1);
    expect(calls).toEqual(['0 reset /a', '0 reset /b', '1 reset /b']);
  });

  it('begins again when the next browser ends on the way', async () => {
    const { session, calls } = createBench([
      [0, 'capture'],
      [1, 'goto /a'],
    ]);
    await session.goto('/a', 1);
    expect(await session.capture()).toEqual(Uint8Array.of(1));
    expect(calls).toEqual(['0 goto /a', '0 capture', '1 goto /a', '2 goto /a', '2 capture']);
  });

  it('takes what a page does for the page’s doing, and what ends with the run for nothing', async () => {
    const { session, calls, closed } = createBench([]);
    expect(await session.act({ click: 'Pay' }, 1)).toEqual({ kind: 'done' });
    await session.close();
    expect(calls).toEqual(['0 act {"click":"Pay"}', '0 close']);
    expect(closed).toHaveLength(1);
  });

  it('says when the browser ended too often', async () => {
    const ends = [0, 1, 2].map((browser) => [browser, 'goto /a'] as const);
    const { session } = createBench(ends, 2);
    await expect(session.goto('/a', 1)).rejects.toThrow(BrowserLostError);
  });
});
