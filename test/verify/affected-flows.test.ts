import { afterAll, describe, expect, it } from 'vitest';
import type { Affected, AffectedRoute } from '../../src/domain/affected.ts';
import { CART, CART_MAP, CART_SCRIPT } from '../support/mapped-script.ts';
import { type PageHandler, type Pages, type ServedPages, servePages } from '../support/serve-pages.ts';
import { once, sharedBrowser, tryPages } from '../support/verify-pages.ts';

const shared = sharedBrowser();
const opened: ServedPages[] = [];
afterAll(async () => {
  await shared.close();
  for (const site of opened) await site.close();
});

const route = (pattern: string, distance: number): AffectedRoute => ({
  pattern,
  distance,
  file: 'src/cart.tsx',
  framework: 'next',
  kind: 'page',
  via: ['src/cart.tsx'],
  reason: 'its own file changed',
});
const part = { path: 'src/cart.tsx', startLine: 1, endLine: 2, routes: [], selectors: [], texts: [] };

const script =
  (text: string): PageHandler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(text);
  };
/** Served as they are written. */
const MENU =
  'function build() {\n  globalThis.built = 1;\n}\nfunction openMenu() {\n  globalThis.built += 1;\n}\nbuild();\n';
const INLINE = 'function greet() {\n  globalThis.greeted = "Hello from the page";\n}\ngreet();\n';
const line = (text: string, number: number) => ({ line: number, text: text.split('\n')[number - 1] ?? '' });
const code = (path: string, text: string, ...numbers: readonly number[]) => ({
  ...part,
  path,
  code: { added: numbers.map((one) => line(text, one)), removed: [], oldPath: path },
});

const pages = (total: string): Pages => ({
  '/': `<h1>Shop</h1>${Array.from({ length: 9 }, (_, at) => `<a href="/page${at}">Page ${at}</a> `).join('')}<a href="/orders/17">Order</a>`,
  ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`/page${at}`, `<h1>Page ${at}</h1>`])),
  '/orders/17': '<h1>Order</h1>',
  // Nothing links here.
  '/cart': `<h1>Cart</h1><main><p class="total">Total: ${total}</p></main><button onclick="discount([{ price: 4 }], 'SAVE')">Half</button>
    <script>const exports = {}; globalThis.exports = exports;</script><script src="/assets/app-5d2f.js"></script>
    <script src="/js/menu.js"></script><script>\n${INLINE}</script>`,
  '/assets/app-5d2f.js': script(`${CART_SCRIPT}//# sourceMappingURL=app-5d2f.js.map\n`),
  '/assets/app-5d2f.js.map': script(JSON.stringify(CART_MAP)),
  '/js/menu.js': script(MENU),
});

const affected: Affected = {
  routes: [
    route('/cart', 0),
    route('/orders/:id', 1),
    route('/gone', 1),
    route('/logout', 1),
    route('/users/:id', 2),
  ],
  parts: [
    { ...part, routes: ['/cart'] },
    { ...part, texts: ['Total: $'] },
    { ...part, selectors: ['main > .total'] },
    { ...part, routes: ['/users/:id'] },
    code('src/cart.ts', CART, 5, 8),
    code('public/js/menu.js', MENU, 2),
    { ...code('public/js/menu.js', MENU, 5), routes: ['/cart'] },
    code('views/cart.html', `<p>\n${INLINE}`, 3),
    {
      ...code('public/js/menu.js', MENU),
      code: { added: [], removed: [line(MENU, 2)], oldPath: 'public/js/menu.js' },
    },
    code('src/server/price.ts', 'export const price = 1;', 1),
  ],
  texts: ['Total: $'],
  selectors: ['main > .total'],
  otherPages: ['/', '/page0'],
};

const run = once(async () => {
  const [base, head] = await Promise.all([servePages(pages('$5.00')), servePages(pages('$-5.00'))]);
  opened.push(base, head);
  return tryPages(
    { base: base.url, head: head.url },
    {
      browser: shared.launcher,
      affected,
      readyWaitMs: 60_000,
      settings: {
        explore: { actions: 8, seconds: 300 },
        flows: [{ name: 'Half', steps: [{ goto: '/cart' }, { click: 'Half' }] }],
      },
    },
  );
});

describe('what a diff affects', { timeout: 240_000 }, () => {
  it('is visited first, also where nothing links', async () => {
    const { report, progress } = await run();
    const visited = progress.flatMap(({ doing }) => /^page (\S+)/.exec(doing)?.[1] ?? []);
    expect(visited.slice(0, 3)).toEqual(['/', '/cart', '/orders/17']);
    expect(report.findings.map(({ actual }) => actual).join()).toContain('-5.00');
  });

  it('is no finding where the page does not exist after all, and no reason to log out', async () => {
    const { report, progress } = await run();
    expect(report.coverage.notReached).toContainEqual({
      what: '/gone',
      why: expect.stringMatching(/no link leads there.*404/),
    });
    expect(
      [...report.findings, ...report.preExisting].filter(({ url }) => url?.includes('/gone') === true),
    ).toEqual([]);
    expect(progress.some(({ doing }) => doing.includes('/logout'))).toBe(false);
  });

  it('is told part by part, with what showed it or why nothing did', async () => {
    const { report } = await run();
    expect(report.exercised?.slice(0, 4).map(({ by, why }) => why ?? by[0])).toEqual([
      'the page /cart',
      'the text “Total: $” on /cart',
      'the style of main > .total on /cart',
      '/users/:id was not seen: no address of it was met',
    ]);
  });

  it('is told by the functions that ran: by the map of a bundle, in a file of its own and in a document', async () => {
    const { report } = await run();
    expect(report.exercised?.slice(4).map(({ by, why }) => why ?? by)).toEqual([
      ['its code, which ran on /cart (click “Half”)'],
      ['its code, which ran on /cart'],
      '/cart was seen, and no browser ran its code',
      ['its code, which ran on /cart'],
      ['its code, which ran on /cart of the base'],
      'no known route uses it',
    ]);
  });
});
