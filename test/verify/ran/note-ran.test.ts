import { describe, expect, it } from 'vitest';
import type { Affected } from '../../../src/domain/affected.ts';
import type { Step } from '../../../src/domain/flow.ts';
import { affectedStarts } from '../../../src/verify/affected-pages.ts';
import { noteRan } from '../../../src/verify/ran/note-ran.ts';
import type { RanScript } from '../../../src/verify/ran/ports.ts';
import { createRanCode } from '../../../src/verify/ran/ran-code.ts';
import type { Run } from '../../../src/verify/run.ts';
import { toSite } from '../../../src/verify/site.ts';
import type { Walk } from '../../../src/verify/tour/walk.ts';
import { CART, CART_MAP, CART_SCRIPT, rangeOf } from '../../support/mapped-script.ts';
import { pageModel, scriptedSession } from '../../support/scripted-session.ts';

const line = (number: number) => ({ line: number, text: CART.split('\n')[number - 1] ?? '' });
const part = { path: 'src/cart.ts', startLine: 8, endLine: 8, routes: [], selectors: [], texts: [] };
const affected: Affected = {
  routes: [],
  parts: [{ ...part, code: { added: [line(8)], removed: [line(5)], oldPath: 'src/cart.ts' } }],
  selectors: [],
  texts: [],
  otherPages: [],
  sweep: 'no known route uses src/cart.ts',
};
const whole = { start: 0, end: CART_SCRIPT.length, hasRun: true };
const discount = rangeOf('function discount', '(lines);\n}');
const total = rangeOf('(lines) => lines', '0)');
const reducer = rangeOf('(sum, ', 'price');

/** What a document has run: its script as a whole, and functions of it. */
const ran = (id: string, ...functions: RanScript['functions']): readonly RanScript[] => [
  { id, url: 'http://head.test/app.js', functions },
];

interface Told {
  readonly head?: readonly RanScript[];
  readonly base?: readonly RanScript[];
  /** Milliseconds that asking takes, and that passed before. */
  readonly took?: number;
  readonly waited?: number;
  readonly files?: Readonly<Record<string, string>>;
}

/** A walk over pages on which this has run, one step after the other. */
async function walk(steps: readonly (readonly [path: string, step: Step, told: Told])[]) {
  const sites = { base: toSite('http://base.test/'), head: toSite('http://head.test/') };
  const code = createRanCode(affected, sites);
  let elapsed = 0;
  let told: Told = {};
  const files = {
    '/app.js': `${CART_SCRIPT}//# sourceMappingURL=app.js.map`,
    '/app.js.map': JSON.stringify(CART_MAP),
  };
  const asked: string[] = [];
  const session = (side: 'base' | 'head') =>
    scriptedSession({
      async takeRan() {
        elapsed += told.took ?? 1;
        const end = files['/app.js'].length;
        return told[side]?.map((script) => ({
          ...script,
          url: `http://${side}.test/app.js`,
          functions: script.functions.map((one) => (one === whole ? { ...one, end } : one)),
        }));
      },
      async readServed(url) {
        asked.push(url);
        const text = { ...files, ...told.files }[new URL(url).pathname];
        return text === undefined ? undefined : { text };
      },
    });
  const run = {
    request: { affected },
    ran: code,
    sites,
    ports: { elapsedMs: () => elapsed },
    watching: { ms: 0, hasSkipped: false },
    coverage: { pages: new Set<string>() },
  } as unknown as Run;
  const sessions = { base: session('base'), head: session('head') };
  for (const [path, step, next] of steps) {
    told = next;
    elapsed += next.waited ?? 0;
    const moment = {
      base: pageModel({ url: `http://base.test${path}` }),
      head: pageModel({ url: `http://head.test${path}` }),
    };
    await noteRan({ run, sessions, moment, steps: [step] } as unknown as Walk);
  }
  return { code, run, asked };
}

const click: Step = { click: 'Half' };

describe('noteRan', () => {
  it('tells on each side where changed lines ran, and reads a script once', async () => {
    const { code, run, asked } = await walk([
      ['/', { goto: '/' }, { head: ran('1', whole, { ...discount, hasRun: false }) }],
      ['/cart', click, { head: ran('1', { ...discount, hasRun: true }) }],
      [
        '/orders',
        { goto: '/orders' },
        { base: ran('7', whole, { ...total, hasRun: true }, { ...reducer, hasRun: true }) },
      ],
      ['/more', { goto: '/more' }, { head: ran('2', whole, { ...discount, hasRun: false }) }],
    ]);
    expect(code.of(0, 'head')).toEqual({ found: 1, ran: 1, where: ['/cart (click “Half”)'] });
    expect(code.of(0, 'base')).toEqual({ found: 1, ran: 1, where: ['/orders'] });
    expect(asked.toSorted()).toEqual([
      'http://base.test/app.js',
      'http://base.test/app.js.map',
      'http://head.test/app.js',
      'http://head.test/app.js.map',
    ]);
    expect(affectedStarts(run)).toEqual(['/cart', '/orders']);
  });

  it('begins nowhere in particular with what every page runs', async () => {
    const set = (id: string) => ran(id, whole, { ...discount, hasRun: true });
    const pages = ['/', '/a', '/b', '/c'].map(
      (path, at) => [path, { goto: path }, { head: set(`${at}`) }] as const,
    );
    const { code, run } = await walk(pages);
    expect(code.of(0, 'head')?.where).toHaveLength(3);
    expect(affectedStarts(run)).toEqual([]);
  });

  it('leaves steps out when asking is slow, and lays nothing on a later step then', async () => {
    const { code } = await walk([
      ['/', { goto: '/' }, { head: ran('1', whole, { ...discount, hasRun: false }), took: 5_000 }],
      ['/cart', click, { head: ran('1', { ...discount, hasRun: true }) }],
      ['/orders', click, { head: ran('1', { ...discount, hasRun: true }), waited: 300_000 }],
    ]);
    expect(code.of(0, 'head')).toEqual({ found: 1, ran: 1, where: ['/orders, or on the way there'] });
    expect(code.isWanted('head')).toBe(true);
  });

  it('says why a script could not be told apart', async () => {
    const { code } = await walk([
      ['/', { goto: '/' }, { head: ran('1', whole), files: { '/app.js.map': '<!doctype html>' } }],
    ]);
    expect(code.of(0, 'head')).toBeUndefined();
    expect(code.whyUnread()).toEqual(['the source map of /app.js could not be read']);
  });
});
