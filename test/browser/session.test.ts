import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/browser/open-browser.ts';
import type { Browser, Session, SessionOptions } from '../../src/verify/ports.ts';
import { plainSession } from '../support/browser-bench.ts';
import { type Pages, type ServedPages, servePages } from '../support/serve-pages.ts';

const pages: Pages = {
  '/': `<h1>Start</h1><button id="go" onclick="document.body.append(' clicked')">Go</button>
    <label>Name <input></label><select aria-label="Size"><option>Small</option><option>Large</option></select>
    <button disabled>Locked</button>`,
  '/covered': `<button>Under</button>
    <div role="dialog" aria-label="Cookies" style="position:fixed;inset:0;background:#fff">Cookies</div>`,
  '/rows':
    '<ul><li>Mug <button>Remove</button></li><li>Lamp <button onclick="this.textContent=\'Gone\'">Remove</button></li></ul>',
  '/late': '<script>setTimeout(() => { document.body.innerHTML = "<button>Later</button>"; }, 300)</script>',
  '/metadata': (_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/x' }).end(),
  '/inside': (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/x' }).end(),
  '/foreign': (_request, response) => response.writeHead(302, { location: 'http://foreign.example/' }).end(),
  '/blob': `<script>location.href = URL.createObjectURL(new Blob(['<h1>Log in</h1><input type="password">'], { type: 'text/html' }))</script>`,
  '/endless': (_request, response) => response.writeHead(302, { location: '/endless' }).end(),
  '/subresources': `<img src="http://10.0.0.1/a.png"><img src="http://[::ffff:127.0.0.1]:81/">
    <script>fetch('http://2130706433:82/').catch(() => {}); fetch('/missing')</script>`,
  '/dialogs': '<p>here</p><script>setTimeout(() => { for (;;) alert("again"); }, 50)</script>',
  '/popups': '<p>storm</p><script>setInterval(() => window.open("/"), 20)</script>',
  '/huge': `<div style="height:400000px;background:linear-gradient(red,blue)">${'<p>text</p>'.repeat(5000)}</div>`,
  '/fail':
    '<script>console.error("broken", 1); Promise.reject(new Error("nobody listens")); throw new Error("thrown")</script>',
  '/secret':
    '<h1>Account</h1><p>Signed in as hunter-canary</p><input type="password" value="hunter-canary"><input value="hunter-canary">',
  '/socket': `<script>new WebSocket('ws://' + location.hash.slice(1)).onclose = () => document.body.append('closed')</script>`,
  '/headers': (request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<p>${String(request.headers['x-bypass'] ?? 'none')}</p>`),
};

let site: ServedPages;
let browser: Browser;
const privateHosts: string[] = [];
const mayVisit = new Set<string>();
const end = new AbortController();

beforeAll(async () => {
  site = await servePages(pages);
  privateHosts.push(site.host);
  mayVisit.add(site.host);
  browser = await openBrowser(
    { policy: { mayVisit: (url) => mayVisit.has(url.host), privateHosts } },
    end.signal,
  );
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const options = (over: Partial<SessionOptions> = {}): SessionOptions => ({
  ...plainSession(site.url),
  ...over,
});

async function on<Result>(
  path: string,
  work: (session: Session) => Promise<Result>,
  over: Partial<SessionOptions> = {},
): Promise<Result> {
  const session = await browser.openSession(options(over));
  try {
    await session.goto(site.url + path, 8_000);
    return await work(session);
  } finally {
    await session.close();
  }
}

describe('perform', () => {
  it('clicks, types and chooses by accessible name', async () => {
    const shown = await on('/', async (session) => {
      expect(await session.perform({ click: 'Go' }, 2_000)).toEqual({ kind: 'done' });
      expect(await session.perform({ fill: { field: 'Name', value: 'Ada' } }, 2_000)).toEqual({
        kind: 'done',
      });
      expect(await session.perform({ select: { field: 'Size', option: 'Large' } }, 2_000)).toEqual({
        kind: 'done',
      });
      const held = { expect: { value: { field: 'Name', is: 'Ada' }, text: 'clicked', notText: 'Lost' } };
      expect(await session.perform(held, 500)).toEqual({ kind: 'done' });
      return session.observe();
    });
    expect(shown.snapshot).toContain('clicked');
    expect(shown.snapshot).toContain('option "Large" [selected]');
  });

  it('says why a step is impossible: absent, disabled, covered', async () => {
    await on('/', async (session) => {
      expect(await session.perform({ click: 'Nowhere' }, 100)).toMatchObject({
        why: '“Nowhere” is not on the page',
      });
      expect(await session.perform({ click: 'Locked' }, 100)).toMatchObject({ why: '“Locked” is disabled' });
    });
    const outcome = await on('/covered', (session) => session.perform({ click: 'Under' }, 100));
    expect(outcome).toEqual({ kind: 'impossible', why: '“Under” is covered by dialog “Cookies”' });
  });

  it('waits for a control that comes late', async () => {
    expect(await on('/late', (session) => session.perform({ click: 'Later' }, 5_000))).toEqual({
      kind: 'done',
    });
  });

  it('finds the control inside the list item that is meant', async () => {
    const snapshot = await on('/rows', async (session) => {
      await session.perform({ click: { role: 'button', name: 'Remove', within: 'Lamp' } }, 1_000);
      return (await session.observe()).snapshot;
    });
    expect(snapshot).toMatch(/Mug[\s\S]*"Remove"[\s\S]*Lamp[\s\S]*"Gone"/);
  });
});

describe('goto', () => {
  it.each([
    ['/metadata', /169\.254\.169\.254/],
    ['/inside', /127\.0\.0\.1:9/],
    ['/foreign', /foreign\.example is not an allowed origin/],
  ])('refuses the redirect of %s', async (path, why) => {
    const session = await browser.openSession(options());
    const navigation = await session.goto(site.url + path, 8_000);
    const observation = await session.observe();
    await session.close();
    expect(navigation.kind).toBe('blocked');
    expect(navigation).toMatchObject({ why: expect.stringMatching(why) });
    expect(observation.errors).toEqual([]);
  });

  it.each(['file:///etc/passwd', 'data:text/html,<h1>x</h1>', '/blob'])('leaves %s', async (address) => {
    await on('/', async (session) => {
      await session.goto(new URL(address, site.url).href, 5_000);
      const blocked: string[] = [];
      const look = async (): Promise<string> => {
        const seen = await session.observe();
        blocked.push(...seen.blocked.map((one) => one.why));
        return seen.url;
      };
      await expect.poll(look, { timeout: 8_000 }).toMatch(/^(?:about:blank|chrome-error:)/);
      expect(blocked.join()).toMatch(/a (?:file|data|blob): address is no page of a site/);
    });
  });

  it('says what it did not reach', async () => {
    const session = await browser.openSession(options());
    const gone = await servePages({});
    await gone.close();
    privateHosts.push(gone.host);
    mayVisit.add(gone.host).add('nowhere.invalid');
    expect(await session.goto(gone.url, 8_000)).toEqual({
      kind: 'failed',
      why: `nothing answers at ${gone.host} (connection refused)`,
    });
    for (const address of ['http://nowhere.invalid/', 'https://nowhere.invalid/']) {
      expect(await session.goto(address, 8_000)).toEqual({
        kind: 'failed',
        why: 'the host name nowhere.invalid does not resolve',
      });
    }
    await session.close();
  });

  it('ends an endless redirect', async () => {
    const session = await browser.openSession(options());
    expect(await session.goto(`${site.url}/endless`, 8_000)).toEqual({
      kind: 'failed',
      why: 'it redirects without end',
    });
    await session.close();
  });

  it('sends the configured headers to the site', async () => {
    const shown = await on('/headers', (session) => session.observe(), {
      headers: { 'x-bypass': 'token-1' },
    });
    expect(shown.snapshot).toContain('token-1');
  });
});

describe('what leaves for another origin', () => {
  it('sends the configured headers to no other origin after a redirect', async () => {
    const received: unknown[] = [];
    const other = await servePages({
      '/': (request, response) => {
        received.push(request.headers['x-bypass'], request.headers.authorization);
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Elsewhere</h1>');
      },
    });
    const from = await servePages({
      '/': (_request, response) => response.writeHead(302, { location: other.url }).end(),
    });
    privateHosts.push(other.host, from.host);
    mayVisit.add(other.host).add(from.host);
    const session = await browser.openSession(
      options({
        site: new URL(from.url),
        headers: { 'x-bypass': 'token-1', authorization: 'Basic dG9rZW4tMQ==' },
      }),
    );
    const navigation = await session.goto(from.url, 8_000);
    await session.close();
    await Promise.all([other.close(), from.close()]);
    expect(navigation).toMatchObject({ kind: 'loaded', url: `${other.url}/` });
    expect(received).toEqual([undefined, undefined]);
  });

  it('proves itself by the configured user name only where the page does not prove itself otherwise', async () => {
    const received: unknown[] = [];
    const own = await servePages({
      '/': "<script>fetch('/api', { headers: { authorization: 'Bearer of-the-page' } })</script>",
      '/api': (request, response) => {
        received.push(request.headers.authorization);
        response.writeHead(200).end();
      },
      '/document': (request, response) => {
        received.push(request.headers.authorization);
        response.writeHead(200).end();
      },
    });
    privateHosts.push(own.host);
    mayVisit.add(own.host);
    const headers = { authorization: 'Basic dG9rZW4tMQ==' };
    const session = await browser.openSession(options({ site: new URL(own.url), headers }));
    await session.goto(own.url, 8_000);
    await session.goto(`${own.url}/document`, 8_000);
    await session.close();
    await own.close();
    expect(received).toEqual(['Bearer of-the-page', 'Basic dG9rZW4tMQ==']);
  });

  it('types no credential where the browser has been led to an origin that is not allowed', async () => {
    const other = await servePages({ '/': '<input type="password">' });
    privateHosts.push(other.host);
    mayVisit.add(other.host);
    const session = await browser.openSession(options());
    await session.goto(other.url, 8_000);
    const [field] = (await session.readLoginPage()).controls;
    const ref = field?.ref ?? '';
    expect(await session.typeCredential(ref, 'canary')).toBe('typed');
    // The page stands, and the origin stops being allowed: nothing but the check at the moment of typing helps.
    mayVisit.delete(other.host);
    expect(await session.typeCredential(ref, 'canary')).toBe('origin-refused');
    await session.close();
    await other.close();
  });

  it('refuses a WebSocket to a private address', async () => {
    const inside = await servePages({});
    const outcome = await on(`/socket#${inside.host}`, (session) =>
      session.perform({ expect: { text: 'closed' } }, 5_000),
    );
    const seen = [...inside.seen];
    await inside.close();
    expect([outcome, seen]).toEqual([{ kind: 'done' }, []]);
  });
});

describe('observe', () => {
  it('tells refused requests from the errors of the page', async () => {
    const { errors, blocked } = await on('/subresources', (session) => session.observe());
    expect(errors).toEqual([{ kind: 'request', message: `GET ${site.url}/missing`, status: 404 }]);
    expect(blocked.map(({ url }) => new URL(url).host).sort()).toEqual([
      '10.0.0.1',
      '127.0.0.1:82',
      '[::ffff:7f00:1]:81',
    ]);
  });

  it('records exceptions, rejections and console errors once', async () => {
    const [first, second] = await on('/fail', async (session) => [
      await session.observe(),
      await session.observe(),
    ]);
    expect(first?.errors.map(({ kind, message }) => `${kind} ${message}`).sort()).toEqual([
      'console broken 1',
      'exception Error: nobody listens',
      'exception Error: thrown',
    ]);
    expect(second?.errors).toEqual([]);
  });

  it('takes the same picture twice', async () => {
    const [first, second] = await on('/', async (session) => [
      await session.capture(),
      await session.capture(),
    ]);
    expect(first).toBeDefined();
    expect(Buffer.compare(first ?? Buffer.of(1), second ?? Buffer.of(2))).toBe(0);
  });

  it('blanks masks and secrets in pictures', async () => {
    const plain = await on('/secret', (session) => session.capture());
    const hidden = await on('/secret', (session) => session.capture(), { secrets: ['hunter-canary'] });
    const masked = await on('/secret', (session) => session.capture(), { masks: ['h1, p, input'] });
    const sizes = [plain, hidden, masked].map((png) => png?.length ?? 0);
    expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
    expect(sizes[2]).toBeLessThan(sizes[1] ?? 0);
  });
});

describe('hostile pages', () => {
  it('counts a page that opens dialogs without end as hung', async () => {
    const shown = await on('/dialogs', (session) => session.observe());
    expect(shown.isHung).toBe(true);
    expect(shown.dialogs.length).toBeGreaterThan(10);
  });

  it('closes the windows that a page opens', async () => {
    const shown = await on('/popups', (session) => session.observe());
    expect(shown.isHung).toBe(false);
    expect(shown.snapshot).toContain('storm');
  });

  it('cuts the picture of an endless page', async () => {
    const png = await on('/huge', (session) => session.capture());
    expect(Buffer.from(png ?? []).readUInt32BE(20)).toBe(5_000);
  });
});
