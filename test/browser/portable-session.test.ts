import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserLauncher } from '../../src/browser/open-browser.ts';
import { walkNodes } from '../../src/verify/model/page-model.ts';
import { decodePng } from '../../src/verify/pictures/decode-png.ts';
import type { Browser, BrowserPolicy, Session, SessionOptions } from '../../src/verify/ports.ts';
import { CLOCK_AT, plainSession, shownText } from '../support/browser-bench.ts';
import { startForeignEngine } from '../support/foreign-engine.ts';
import { type ServedPages, servePages } from '../support/serve-pages.ts';

const SHOP = `<h1>Shop</h1>
  <label>Coupon <input name="coupon"></label>
  <label>Size <select name="size"><option>Small<option>Large</select></label>
  <label>Password <input type="password" value="hunter2-secret"></label>
  <button onclick="setTimeout(() => { total.textContent = coupon.value + ' ' + new Date().getFullYear() + ' ' + Math.random(); localStorage.cart = '1' }, 400)">Apply</button>
  <p id="total">0</p><a href="/next">Next</a>
  <script>const coupon = document.querySelector('[name=coupon]'), total = document.querySelector('#total');
  sessionStorage.seen ??= '1'; document.cookie = 'visited=1';</script>`;

let site: ServedPages;
let elsewhere: ServedPages;
let policy: BrowserPolicy;
let browser: Browser;
const { signal } = new AbortController();

beforeAll(async () => {
  elsewhere = await servePages({ '/': '<h1>Elsewhere</h1>' });
  site = await servePages({
    '/': SHOP,
    '/next': '<h1>Next page</h1><a href="/">Home</a>',
    '/broken':
      '<h1>Broken</h1><script>console.error("no cart"); fetch("/missing"); setTimeout(() => { throw new Error("late") }, 50)</script>',
    '/away': (_request, response) => response.writeHead(302, { location: elsewhere.url }).end(),
    '/leave': `<h1>Leave</h1><a href="${elsewhere.url}">Out</a><script>fetch('http://10.0.0.1/').catch(() => {})</script>`,
    '/account': (request, response) => {
      const isKnown = request.headers.cookie?.includes('sid=1') === true;
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<h1>${isKnown ? 'Hello Ada' : 'Who are you?'}</h1>`);
    },
  });
  policy = { mayVisit: (url) => url.origin === site.url, privateHosts: [site.host, elsewhere.host] };
  const opened = await createBrowserLauncher({}, () => startForeignEngine()).openOther?.(
    'firefox',
    policy,
    signal,
  );
  if (opened?.kind !== 'open') throw new Error(opened?.why);
  browser = opened.browser;
}, 60_000);
afterAll(async () => {
  await browser.close();
  await Promise.all([site.close(), elsewhere.close()]);
});

async function on<Result>(
  path: string,
  work: (session: Session) => Promise<Result>,
  over: Partial<SessionOptions> = {},
): Promise<Result> {
  const clock = { kind: 'fixed', at: CLOCK_AT, seed: 7 } as const;
  const session = await browser.openSession({ ...plainSession(site.url), clock, ...over });
  try {
    await session.goto(site.url + path, 10_000);
    return await work(session);
  } finally {
    await session.close();
  }
}

describe('a session in an engine without Chromium’s protocol', () => {
  it('reads, fills, presses and waits by the page’s own clock', async () => {
    const drive = async (session: Session) => {
      const before = await session.read();
      const nodes = [...walkNodes(before.nodes)];
      expect(nodes.find(({ name }) => name === 'Coupon')).toMatchObject({
        role: 'textbox',
        field: { type: 'text', hint: expect.stringContaining('coupon') },
        box: { height: expect.any(Number) },
      });
      expect(JSON.stringify(before)).not.toContain('hunter2');
      expect(
        await session.act({ fill: { field: { role: 'textbox', name: 'Coupon' }, value: 'TEN' } }, 4_000),
      ).toEqual({
        kind: 'done',
      });
      expect(
        await session.act({ select: { field: { role: 'combobox', name: 'Size' }, option: 'Large' } }, 4_000),
      ).toEqual({ kind: 'done' });
      await session.act({ click: { role: 'button', name: 'Apply' } }, 4_000);
      const after = await session.read();
      expect(after.storageKeys).toEqual(['cookie:visited', 'local:cart', 'session:seen']);
      return shownText(after.nodes);
    };
    const [one, two] = await Promise.all([on('/', drive), on('/', drive)]);
    expect(one).toMatch(/TEN 2026 0\.\d+/);
    expect(two).toBe(one);
  });

  it('follows links, goes back, and begins afresh with nothing stored', async () => {
    await on('/', async (session) => {
      expect(await session.act({ go: 'back' }, 4_000)).toMatchObject({ kind: 'impossible' });
      await session.read();
      await session.act({ click: { role: 'button', name: 'Apply' } }, 4_000);
      await session.read();
      await session.act({ click: { role: 'link', name: 'Next' } }, 4_000);
      expect(shownText((await session.read()).nodes)).toContain('Next page');
      expect(await session.act({ go: 'back' }, 4_000)).toEqual({ kind: 'done' });
      expect((await session.read()).url).toBe(`${site.url}/`);
      await session.reset(`${site.url}/next`, 10_000);
      const fresh = await session.read();
      expect(fresh.storageKeys).toEqual([]);
      expect(fresh.popups).toEqual([]);
    });
  });

  it('tells errors and pictures the whole page with secrets blanked', async () => {
    await on('/broken', async (session) => {
      const { errors } = await session.observe();
      expect(errors).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: 'console', message: 'no cart' }),
          expect.objectContaining({ kind: 'request', status: 404 }),
          expect.objectContaining({ kind: 'exception', message: 'Error: late' }),
        ]),
      );
    });
    const shots = await Promise.all(
      ['', 'hunter2-secret'].map((secret) =>
        on('/', (session) => session.capture(), { secrets: secret === '' ? [] : [secret] }),
      ),
    );
    const [shown, blanked] = shots.map((shot) => decodePng(shot ?? Buffer.alloc(0)));
    expect(shown).toMatchObject({ width: 800, height: 600 });
    expect(Buffer.compare(shown?.data ?? Buffer.alloc(0), blanked?.data ?? Buffer.alloc(0))).not.toBe(0);
  });

  it('stays on the allowed origins, also when it is redirected, and passes the proxy', async () => {
    const session = await browser.openSession(plainSession(site.url));
    try {
      const why = `${elsewhere.url} is not an allowed origin`;
      expect(await session.goto(`${site.url}/away`, 10_000)).toEqual({ kind: 'blocked', why });
      expect((await session.read()).url).toBe('about:blank');
      await session.goto(`${site.url}/leave`, 10_000);
      expect((await session.read()).blocked).toContainEqual(
        expect.objectContaining({ url: 'http://10.0.0.1/', kind: 'request' }),
      );
      await session.perform({ click: 'Out' }, 4_000);
      const { blocked, errors } = await session.read();
      expect(blocked).toContainEqual(
        expect.objectContaining({ url: `${elsewhere.url}/`, kind: 'navigation' }),
      );
      expect(errors).toEqual([]);
    } finally {
      await session.close();
    }
  });

  it('goes on with what a login in Chromium left, and types no credential', async () => {
    const state = { cookies: [{ name: 'sid', value: '1', domain: '127.0.0.1', path: '/' }], origins: [] };
    await on('/account', async (session) => {
      const storage = session.readStoredState(JSON.stringify(state), () => true);
      expect(storage).toBeDefined();
      if (storage === undefined) return;
      await session.useStorage(storage);
      await session.goto(`${site.url}/account`, 10_000);
      expect(shownText((await session.read()).nodes)).toContain('Hello Ada');
      expect(await session.readLoginPage()).toMatchObject({ controls: [], isPartial: true });
      expect(await session.typeCredential('0:0', 'word')).toBe('absent');
    });
  });

  it('is not used when it sends what is for this machine past the proxy', async () => {
    const launcher = createBrowserLauncher({}, () => startForeignEngine({ leadsLoopback: false }));
    expect(await launcher.openOther?.('firefox', policy, signal)).toEqual({
      kind: 'missing',
      why: expect.stringMatching(/does not lead requests to 127\.0\.0\.1 through/),
    });
  });
});
