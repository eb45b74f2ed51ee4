import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/browser/open-browser.ts';
import type { SessionOptions } from '../../src/verify/ports.ts';
import { plainSession, shownText } from '../support/browser-bench.ts';

const PAGE = `<!doctype html><title>Counter</title><h1>Counter</h1><button>More</button><p>0 clicks</p>
  <script>let n = Number(localStorage.n ?? 0);
    document.querySelector('button').onclick = () => {
      localStorage.n = ++n;
      document.querySelector('p').textContent = n + ' clicks';
    };</script>`;

let server: Server;
let site: URL;
beforeAll(async () => {
  server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  site = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
});
afterAll(() => server.close());

const options = (): SessionOptions => ({
  ...plainSession(site.href),
  clock: { kind: 'fixed', at: 1_800_000_000_000, seed: 1 },
});

/** Browsers that this process started: their main processes have no `--type`. */
async function browsersOfOurs(): Promise<readonly number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (!/headless[-_]shell|chrom/i.test(command) || command.includes('--type=')) continue;
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '');
    if (new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(status)) found.push(Number(entry));
  }
  return found;
}

async function killBrowsers(): Promise<number> {
  const found = await browsersOfOurs();
  // A system's own start script may stand before the browser, so its whole group is killed.
  for (const pid of found) process.kill(-pid, 'SIGKILL');
  return found.length;
}

describe('a browser that is killed', () => {
  it('is replaced, and its sessions go on where they were', async () => {
    const end = new AbortController();
    const policy = { mayVisit: () => true, privateHosts: [site.host] };
    const browser = await openBrowser({ policy }, end.signal);
    try {
      const [one, other] = await Promise.all([
        browser.openSession(options()),
        browser.openSession(options()),
      ]);
      const shown = async (session: typeof one): Promise<string> => shownText((await session.read()).nodes);
      for (const session of [one, other]) {
        await session.reset(site.href, 10_000);
        await session.read();
        await session.act({ click: 'More' }, 5_000);
      }
      expect(await shown(one)).toContain('1 clicks');
      expect(await killBrowsers()).toBe(1);
      const outcomes = await Promise.all(
        [one, other].map((session) => session.act({ click: 'More' }, 5_000)),
      );
      expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'done' }]);
      expect(await Promise.all([shown(one), shown(other)])).toEqual([
        expect.stringContaining('2 clicks'),
        expect.stringContaining('2 clicks'),
      ]);
      expect(browser.replaced()).toBe(1);
    } finally {
      await browser.close();
    }
    expect(await browsersOfOurs()).toEqual([]);
  }, 120_000);
});
