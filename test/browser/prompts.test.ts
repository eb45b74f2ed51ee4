import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/verify/ports.ts';
import { type BrowserBench, openBrowserBench, shownText } from '../support/browser-bench.ts';
import type { Pages } from '../support/serve-pages.ts';

const pages: Pages = {
  '/asks': `<h1>Asks</h1><p id="out"></p><input type="file" id="file" hidden>
    <button onclick="file.click()">Choose</button><a href="/file">Save</a><a href="/next">Leave</a>
    <button onclick="prompt('Name?'); confirm('Sure?'); alert('Done'); print()">Talk</button>
    <script>const say = (text) => { out.textContent += ' ' + text; };
    navigator.geolocation.getCurrentPosition(() => say('here'), () => say('place-denied'));
    Notification.requestPermission().then((answer) => say('note-' + answer));
    navigator.mediaDevices?.getUserMedia({ video: true }).catch(() => say('camera-denied'));
    addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'stay'; });</script>`,
  '/file': (_request, response) =>
    response.writeHead(200, { 'content-disposition': 'attachment; filename="a.bin"' }).end('x'),
  '/next': '<h1>Arrived</h1>',
  '/reloads': '<h1>Again</h1><script>setTimeout(() => location.reload(), 0)</script>',
  '/worker': `<h1 id="out">From the server</h1><script>(async () => { try { await navigator.serviceWorker.register('/worker.js'); } catch {} })();</script>`,
  '/worker.js': (_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(
        `oninstall = () => skipWaiting(); onactivate = (event) => event.waitUntil(clients.claim()); onfetch = (event) => event.respondWith(new Response('<h1>From the worker</h1>', { headers: { 'content-type': 'text/html' } }));`,
      ),
  // Without an end, and as fast as it is taken.
  '/flood': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const piece = `<p>${'flood '.repeat(10_000)}</p>`;
    const pour = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', pour);
    pour();
  },
};

let bench: BrowserBench;
beforeAll(async () => {
  bench = await openBrowserBench(pages);
});
afterAll(() => bench.close());

const textOf = async (session: Session): Promise<string> => shownText((await session.read()).nodes);
const button = (name: string) => ({ click: { role: 'button', name } });
const link = (name: string) => ({ click: { role: 'link', name } });

describe('what a page asks of a person', () => {
  it('is answered without one, and nothing waits for it', async () => {
    await bench.on('/asks', async (session) => {
      expect(await textOf(session)).toContain('place-denied');
      expect(await textOf(session)).toContain('note-denied');
      expect(await session.act(button('Choose'), 3_000)).toEqual({ kind: 'done' });
      expect(await session.act(button('Talk'), 3_000)).toEqual({ kind: 'done' });
      await session.act(link('Save'), 3_000);
      const shown = await session.read();
      expect([shown.isHung, shown.dialogs.map(({ kind }) => kind), shown.downloads]).toEqual([
        false,
        // A link to a file is a way to leave, until it is known to be one.
        ['prompt', 'confirm', 'alert', 'beforeunload'],
        ['a.bin'],
      ]);
      expect(await session.act(link('Leave'), 5_000)).toEqual({ kind: 'done' });
      expect(await textOf(session)).toBe('Arrived');
    });
  });

  it('keeps no page from being left for another address', async () => {
    await bench.on('/asks', async (session) => {
      await session.read();
      await session.act(button('Talk'), 3_000);
      expect(await session.goto(`${bench.site.url}/next`, 5_000)).toMatchObject({ kind: 'loaded' });
    });
  });
});

describe('a page that fights', () => {
  it('by loading itself again and again is left', async () => {
    await bench.on('/reloads', async (session) => {
      await session.read();
      expect(await session.goto(`${bench.site.url}/next`, 8_000)).toMatchObject({ kind: 'loaded' });
    });
  });

  it('with a service worker is shown as the server has it', async () => {
    await bench.on('/worker', async (session) => {
      await session.goto(`${bench.site.url}/next`, 5_000);
      expect(await textOf(session)).toBe('Arrived');
    });
  });

  it('with a document that has no end is given up and left', async () => {
    await bench.on('/next', async (session) => {
      expect((await session.goto(`${bench.site.url}/flood`, 2_000)).kind).not.toBe('loaded');
      expect(await session.goto(`${bench.site.url}/next`, 8_000)).toMatchObject({ kind: 'loaded' });
    });
  });
});
