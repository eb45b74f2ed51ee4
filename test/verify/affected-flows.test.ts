import { afterAll, describe, expect, it } from 'vitest';
import type { Affected, AffectedRoute } from '../../src/domain/affected.ts';
import { type Pages, type ServedPages, servePages } from '../support/serve-pages.ts';
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

const pages = (total: string): Pages => ({
  '/': `<h1>Shop</h1>${Array.from({ length: 9 }, (_, at) => `<a href="/page${at}">Page ${at}</a> `).join('')}<a href="/orders/17">Order</a>`,
  ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`/page${at}`, `<h1>Page ${at}</h1>`])),
  '/orders/17': '<h1>Order</h1>',
  // Nothing links here.
  '/cart': `<h1>Cart</h1><main><p class="total">Total: ${total}</p></main>`,
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
      settings: { explore: { actions: 6, seconds: 300 } },
    },
  );
});

describe('what a diff affects', { timeout: 120_000 }, () => {
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
    expect(report.exercised?.map(({ by, why }) => why ?? by[0])).toEqual([
      'the page /cart',
      'the text “Total: $” on /cart',
      'the style of main > .total on /cart',
      '/users/:id was not seen: no address of it was met',
    ]);
  });
});
