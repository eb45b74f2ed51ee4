import { describe, expect, it } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import { createBudget } from '../../../src/verify/budget.ts';
import type { PageError } from '../../../src/verify/model/page-model.ts';
import type { Environment } from '../../../src/verify/plan.ts';
import type { Browser, ElementBox, Session, SessionOptions, StepOutcome } from '../../../src/verify/ports.ts';
import { createRanCode } from '../../../src/verify/ran/ran-code.ts';
import type { Run } from '../../../src/verify/run.ts';
import { prove } from '../../../src/verify/shrink/prove.ts';
import { toSite } from '../../../src/verify/site.ts';
import { difference } from '../../support/differences.ts';
import { pageModel, scriptedSession } from '../../support/scripted-session.ts';
import { verifySettings } from '../../support/verify-pages.ts';

type Side = 'base' | 'head';
/** What the sessions of a side do in one round, counted from 0. */
type Script = (side: Side, round: number) => Partial<Session>;

const environment: Environment = {
  name: 'desktop',
  viewport: {
    name: 'desktop',
    width: 800,
    height: 600,
    deviceScaleFactor: 1,
    isMobile: false,
    hasTouch: false,
  },
  colorScheme: 'light',
  locale: 'en-US',
  timezone: 'UTC',
  reducedMotion: true,
  network: 'online',
};
const done: StepOutcome = { kind: 'done' };
const impossible: StepOutcome = { kind: 'impossible', why: 'the test says so' };

/** Proves the difference on scripted sessions, and tells what was opened. */
async function proveOn(script: Script, claimed: Parameters<typeof prove>[1], seconds = 60) {
  const opened: SessionOptions[] = [];
  let closed = 0;
  const rounds = { base: 0, head: 0 };
  const browser: Browser = {
    name: 'scripted',
    replaced: () => 0,
    close: async () => undefined,
    openSession: async (options) => {
      opened.push(options);
      const side = options.site.host === 'base.test' ? 'base' : 'head';
      const session = scriptedSession(script(side, rounds[side]));
      rounds[side] += 1;
      return {
        ...session,
        close: async () => {
          closed += 1;
        },
      };
    },
  };
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const sites = { base: toSite('http://base.test/'), head: toSite('http://head.test/') };
  const run = {
    request: { settings: verifySettings() },
    ports: { elapsedMs },
    browser,
    sites,
    ran: createRanCode(undefined, sites),
    headers: {},
    secrets: [],
    budget: createBudget({ actions: 1, seconds }, elapsedMs),
    signal: new AbortController().signal,
  } as unknown as Run; // a proof needs no more of a run
  const proof = await prove(run, claimed, { environment, storage: undefined });
  return { proof, opened, closed };
}

const steps: readonly Step[] = [{ goto: '/cart' }, { click: { role: 'button', name: 'Add' } }];
const claimed = difference({ source: 'test', steps, expect: { text: 'Added' } });
/** Does every action; `holds` says whether the expectation does. */
const expecting = (holds: (side: Side, round: number) => boolean): Script => {
  return (side, round) => ({
    perform: async (step) => (!('expect' in step) || holds(side, round) ? done : impossible),
  });
};

describe.concurrent('prove', () => {
  it('confirms what holds on the base and not on the head in three rounds of fresh contexts', async () => {
    const { proof, opened, closed } = await proveOn(
      expecting((side) => side === 'base'),
      claimed,
    );
    expect(proof).toEqual({ verdict: 'confirmed', rounds: 3, shown: 3 });
    expect(opened.map(({ site, clock }) => `${site.host} ${clock?.kind}`).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'base.test real'),
      ...Array.from({ length: 3 }, () => 'head.test real'),
    ]);
    expect(closed).toBe(6);
  });

  it('calls flaky what only some rounds show', async () => {
    const { proof } = await proveOn(
      expecting((side, round) => side === 'base' || round === 1),
      claimed,
    );
    expect(proof).toEqual({ verdict: 'flaky', rounds: 3, shown: 2 });
  });

  it('rejects what holds on the head too, and what does not hold on the base', async () => {
    for (const holds of [true, false]) {
      const { proof } = await proveOn(
        expecting(() => holds),
        claimed,
      );
      expect(proof).toEqual({ verdict: 'rejected', rounds: 3, shown: 0 });
    }
  });

  it('rejects what cannot be reached on the head', async () => {
    const { proof } = await proveOn(
      (side) => ({
        perform: async (step) =>
          'expect' in step ? (side === 'base' ? done : impossible) : side === 'base' ? done : impossible,
      }),
      claimed,
    );
    expect(proof.verdict).toBe('rejected');
  });

  it('confirms a last step that the head does not allow', async () => {
    const { proof } = await proveOn(
      (side) => ({ perform: async () => (side === 'base' ? done : impossible) }),
      {
        source: 'firsthand/step-impossible',
        steps,
      },
    );
    expect(proof.verdict).toBe('confirmed');
  });

  it('opens nothing for what steps cannot tell', async () => {
    const { proof, opened } = await proveOn(() => ({}), difference({ source: 'firsthand/moved' }));
    expect([proof.verdict, opened]).toEqual(['untestable', []]);
  });

  it('does not take too little time for a proof', async () => {
    const { proof } = await proveOn(
      expecting((side) => side === 'base'),
      claimed,
      0.2,
    );
    expect(proof).toMatchObject({ verdict: 'cut', rounds: 0 });
  });

  describe.concurrent('of an error', () => {
    const error: PageError = { kind: 'exception', message: 'Error: no item 17 in http://head.test/a.js' };
    const failing = difference({ source: 'test', steps: [{ goto: '/cart' }], error });
    /** Reports `reported` when it is read for the `nth` time. */
    const reporting =
      (errors: (side: Side) => { readonly nth: number; readonly reported: readonly PageError[] }): Script =>
      (side) => {
        let reads = 0;
        return {
          read: async () => {
            reads += 1;
            const { nth, reported } = errors(side);
            return pageModel({ errors: reads === nth ? reported : [] });
          },
        };
      };
    const other = { ...error, message: 'Error: no item 4 in http://base.test/a.js' };

    it('confirms one that only the head reports, also a moment later and with other numbers', async () => {
      const { proof } = await proveOn(
        reporting((side) => ({
          nth: 3,
          reported: side === 'head' ? [other] : [{ ...error, message: 'Error: x' }],
        })),
        failing,
      );
      expect(proof.verdict).toBe('confirmed');
    });

    it('rejects one that the base reports too, a moment later', async () => {
      const { proof } = await proveOn(
        reporting((side) => ({ nth: side === 'head' ? 1 : 2, reported: [other] })),
        failing,
      );
      expect(proof.verdict).toBe('rejected');
    });
  });

  describe.concurrent('of a request', () => {
    const unsent = difference({
      source: 'test',
      steps,
      sends: { method: 'POST', path: '/api/cart/:id', times: 1 },
    });
    /** Sends `after` the last step so many times as it says for the side; the same was sent once before. */
    const sending = (after: (side: Side) => number): Script => {
      return (side) => {
        let sent = 1;
        const request = { method: 'POST', url: `http://${side}.test/api/cart/c7?x=1`, resource: 'fetch' };
        return {
          async perform(step) {
            if ('click' in step) sent = after(side);
            return done;
          },
          async read() {
            const requests = Array.from({ length: sent }, () => request);
            sent = 0;
            return pageModel({ requests });
          },
        };
      };
    };

    it('confirms one that the last step sends on the base only, or more often on the head', async () => {
      expect(
        (
          await proveOn(
            sending((side) => (side === 'base' ? 1 : 0)),
            unsent,
          )
        ).proof.verdict,
      ).toBe('confirmed');
      expect(
        (
          await proveOn(
            sending((side) => (side === 'base' ? 1 : 2)),
            unsent,
          )
        ).proof.verdict,
      ).toBe('confirmed');
    });

    it('rejects one that both send', async () => {
      expect(
        (
          await proveOn(
            sending(() => 1),
            unsent,
          )
        ).proof.verdict,
      ).toBe('rejected');
    });
  });

  describe.concurrent('of a style', () => {
    const box = (text: string, color: string): ElementBox => ({
      key: 'html>body>p',
      tag: 'p',
      role: 'paragraph',
      name: text,
      text,
      isInteractive: false,
      x: 0,
      y: 0,
      width: 10,
      height: 10,
      styles: { color },
    });
    const restyled = difference({
      category: 'visual',
      source: 'firsthand/restyled',
      style: { of: { name: 'Note' }, property: 'color', value: 'rgb(0, 0, 0)' },
    });
    const looking = (base: readonly ElementBox[], head: readonly ElementBox[]): Script => {
      return (side) => ({
        perform: async () => done,
        describeElements: async () => (side === 'base' ? base : head),
      });
    };
    const [black, red] = [box('Note', 'rgb(0, 0, 0)'), box('Note', 'rgb(255, 0, 0)')];

    it('confirms another style of the one element of that text, and nothing where there are two', async () => {
      expect((await proveOn(looking([black], [red]), restyled)).proof.verdict).toBe('confirmed');
      expect((await proveOn(looking([black, black], [red]), restyled)).proof.verdict).toBe('rejected');
      expect((await proveOn(looking([black], [black]), restyled)).proof.verdict).toBe('rejected');
    });
  });
});
