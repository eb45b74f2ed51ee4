import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkNodes } from '../../src/verify/model/page-model.ts';
import { type BrowserBench, openBrowserBench, shownText } from '../support/browser-bench.ts';

const BUTTONS = `<h1>Shop</h1><input type="password" aria-label="Password" value="hunter2">
  <button onclick="keep(() => { this.textContent = 'Bought'; }, 300)">Buy</button>`;

const pages = {
  '/overrides': `<script>window.keep = window.setTimeout;
    const evil = () => { throw new Error('evil'); }; const proto = [Array, Map, Set, WeakMap, String, Promise, MutationObserver, Element];
    for (const one of proto) for (const name of Object.getOwnPropertyNames(one.prototype))
      try { if (name !== 'constructor' && typeof one.prototype[name] === 'function') one.prototype[name] = evil; } catch {}
    JSON.stringify = () => '{"now":1e99}'; JSON.parse = evil; Object.entries = evil; Object.keys = evil; Reflect.apply = evil; Reflect.get = evil;
    Date = evil; performance.now = () => 'soon'; MutationObserver = evil; MessageChannel = evil; setTimeout = evil; requestAnimationFrame = evil;
    document.getAnimations = () => [{ playState: 'running', effect: { getComputedTiming: () => ({ endTime: 1 }) }, finish: evil }];
    document.querySelectorAll = evil; document.elementFromPoint = () => null; Object.defineProperty(document, 'title', { get: evil });
    </script>${BUTTONS}`,
  '/replies': `<script>for (const name of Object.getOwnPropertyNames(window)) if (name.startsWith('firsthand')) {
    try { window[name] = () => ({ now: NaN, changes: 'many', nextDue: {} }); } catch {}
    try { Object.defineProperty(window, name, { value: () => 7 }); } catch {}
    try { delete window[name]; } catch {} } window.keep = setTimeout</script>${BUTTONS}`,
  '/endless': `<p>endless</p><script>const again = () => { setTimeout(again, 0); requestAnimationFrame(() => document.body.append('.')); }; again();
    setInterval(() => fetch('/nothing'), 50);</script>`,
  '/stuck': `<button onclick="for (;;);">Stick</button>`,
  '/many': `<script>document.body.innerHTML = '<ul>' + '<li><a href="/x">item</a></li>'.repeat(3000) + '</ul>' + 'w'.repeat(100000);</script>`,
  '/nothing': '',
};

let bench: BrowserBench;
beforeAll(async () => {
  bench = await openBrowserBench(pages);
});
afterAll(() => bench.close());

const BUY = { click: { role: 'button', name: 'Buy' } };

describe('a hostile page', () => {
  it.each(['/overrides', '/replies'])('is read and acted upon as it is: %s', async (path) => {
    await bench.on(path, async (session) => {
      const before = await session.read();
      expect(shownText(before.nodes)).toContain('Shop');
      expect(JSON.stringify(before)).not.toContain('hunter2');
      expect(await session.act(BUY, 3_000)).toEqual({ kind: 'done' });
      const after = await session.read();
      expect(after.isHung).toBe(false);
      expect(shownText(after.nodes)).toContain('Bought');
      expect(Number.isFinite(after.busyMs)).toBe(true);
    });
  });

  it('that never rests is observed all the same', async () => {
    await bench.on('/endless', async (session) => {
      const model = await session.read();
      expect([model.isHung, shownText(model.nodes).startsWith('endless')]).toEqual([false, true]);
      expect(model.requests.length).toBeLessThanOrEqual(200);
    });
  });

  it('that stops answering counts as hung, and only that', async () => {
    await bench.on('/stuck', async (session) => {
      await session.read();
      await session.act({ click: { role: 'button', name: 'Stick' } }, 1_000);
      const { isHung, nodes } = await session.read();
      expect([isHung, nodes]).toEqual([true, []]);
      expect(await session.act(BUY, 1_000)).toMatchObject({ kind: 'impossible' });
    });
  });

  it('that shows too much is cut', async () => {
    await bench.on('/many', async (session) => {
      const nodes = [...walkNodes((await session.read()).nodes)];
      expect(nodes.length).toBe(5_000);
      expect(Math.max(...nodes.map(({ text }) => text.length))).toBeLessThanOrEqual(2_000);
    });
  });
});
