import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walkNodes } from '../../src/verify/model/page-model.ts';
import type { Session, StorageState } from '../../src/verify/ports.ts';
import { type BrowserBench, openBrowserBench, shownText } from '../support/browser-bench.ts';
import type { Pages } from '../support/serve-pages.ts';

const pages: Pages = {
  '/settle': `<input aria-label="Search" oninput="clearTimeout(window.t); window.t = setTimeout(search, 400)"><p id="out"></p>
    <a href="/slow">Away</a> <button onclick="setTimeout(() => { location.href = '/slow'; }, 500)">Later</button>
    <button onclick="history.pushState({}, '', '/route'); setTimeout(() => { out.textContent = 'routed'; }, 250)">Route</button>
    <a href="/nothing">Nothing</a> <form action="/slow" method="post"><button>Send</button></form>
    <script>const search = async () => { const answer = await fetch('/answer'); out.textContent = await answer.text(); };</script>`,
  '/slow': (_request, response) => {
    setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Arrived</h1>'), 250);
  },
  '/answer': (_request, response) => {
    setTimeout(() => response.end('answered'), 250);
  },
  '/nothing': (_request, response) => response.writeHead(204).end(),
  '/model': `<h1>Your <em>basket</em></h1><a href="/settle">Look <b>around</b></a><button aria-expanded="true">Menu</button>
    <label>Name <input name="first" autocomplete="given-name" required maxlength="9" pattern="[a-z]+" value="ada"></label>
    <input type="password" aria-label="Password" value="hunter2"><div style="pointer-events:none"><input type="password" value="hunter3"></div>
    <input type="number" aria-label="Amount" min="1" max="5"><select aria-label="Size"><option>S</option><option selected>M</option></select>
    <input type="checkbox" aria-label="Gift" checked><img src="/missing.png" width="20" height="20" alt="broken">
    <span style="cursor:pointer" onclick="this.textContent='Pressed'">Plain</span>
    <button aria-hidden="true">Ghost</button><iframe srcdoc="<button>Inner</button>"></iframe>
    <script>localStorage.cart = '1'; sessionStorage.step = '2'; document.cookie = 'seen=1'; document.querySelector('input').focus();
      fetch('/answer', { method: 'POST' }); alert('Welcome');</script>`,
  '/opens': `<button onclick="window.open('/blocked')">Open</button><a href="/file">Get</a><button onclick="confirm('Sure?')">Ask</button>
    <button onclick="fetch('/fast').then(() => stamp.textContent = Date.now())">Fast</button><button onclick="fetch('/answer').then(() => stamp.textContent = Date.now())">Slow</button><p id="stamp"></p>`,
  '/fast': (_request, response) => response.end('at once'),
  '/file': (_request, response) =>
    response.writeHead(200, { 'content-disposition': 'attachment; filename="report.csv"' }).end('a,b'),
  '/blocked': `<button>Under</button><button disabled>Off</button><button>Free</button><input aria-label="Fixed" readonly>
    <ul><li>One <button onclick="this.textContent='Gone'">Remove</button></li><li>Two <button onclick="this.textContent='Gone'">Remove</button></li></ul>
    <button ondblclick="this.textContent='Twice'">Once</button><button onmouseenter="this.textContent='Over'">Point</button>
    <div role="dialog" aria-label="Cookies" style="position:fixed;top:0;left:0;width:80px;height:40px;background:#fff">Cookies</div>`,
  '/feed': `<ul id="feed" style="height: 200px; overflow: auto"></ul><script>let last = 0;
    const more = () => { for (let left = 20; left > 0; left -= 1) feed.append(Object.assign(document.createElement('li'), { textContent: 'Entry ' + ++last })); };
    more(); feed.onscroll = () => { if (last < 40 && feed.scrollTop + feed.clientHeight > feed.scrollHeight - 20) more(); };</script>`,
  '/styled': `<style>div { cursor: pointer } div::after { content: ' ▾' }</style><div onclick="b.textContent = 'chosen'">Low</div><p id="b"></p>`,
  '/listens': `<div id="a">Own</div><div id="b">React</div><div id="c">Delegated</div><div id="d">Mere text</div><div id="e">In the markup</div>
    <section id="f">Holds <button>Other</button></section><div id="g"></div>
    <details><summary>Folded</summary>Inside</details><ul id="l"><li>First</li><li>Second</li></ul><i id="i" title="Close" style="display:block;width:9px;height:9px"></i>
    <script>l.addEventListener('click', () => {}); i.onclick = () => { i.title = 'Closed'; };const on = () => {}; a.addEventListener('pointerdown', on); b.__reactProps$x1 = { children: '', onClick: on };
      c.handlers = { click: on }; d.addEventListener('keydown', on); d.data = { clicked: on }; e.onclick = on; f.addEventListener('click', on);
      g.attachShadow({ mode: 'open' }).innerHTML = '<p>Shadow</p>'; g.shadowRoot.firstChild.addEventListener('click', on);</script>`,
  '/keeps': `<p id="out"></p><script>const kept = () => [document.cookie, localStorage.user, localStorage.extra, sessionStorage.tab, sessionStorage.more].join();
    out.textContent = kept(); addEventListener('pagehide', () => { localStorage.extra = 'left'; document.cookie = 'left=1'; sessionStorage.more = 'left'; });</script>
    <button onclick="localStorage.extra = 1; document.cookie = 'extra=1'; sessionStorage.more = 1; indexedDB.open('extra'); out.textContent = kept()">Write</button>
    <button onclick="document.cookie = 'user=ada'; localStorage.user = 'ada'; sessionStorage.tab = 'ada'">Log in</button>`,
};

let bench: BrowserBench;
beforeAll(async () => {
  bench = await openBrowserBench(pages);
});
afterAll(() => bench.close());

const textOf = async (session: Session): Promise<string> => shownText((await session.read()).nodes);
const click = (role: string, name: string, nth?: number) => ({
  click: { role, name, ...(nth === undefined ? {} : { nth }) },
});

describe('act', () => {
  it('settles what a page does late: a debounced request, a timer, a route', async () => {
    await bench.on('/settle', async (session) => {
      await session.read();
      await session.act({ fill: { field: { role: 'textbox', name: 'Search' }, value: 'tea' } }, 3_000);
      const found = await session.read();
      expect(shownText(found.nodes)).toContain('answered');
      expect(found.requests).toEqual([
        { method: 'GET', url: `${bench.site.url}/answer`, resource: 'fetch', status: 200 },
      ]);
      expect(found.busyMs).toBeGreaterThanOrEqual(400);
      await session.act(click('button', 'Route'), 3_000);
      const routed = await session.read();
      expect([routed.url, shownText(routed.nodes).includes('routed')]).toEqual([
        `${bench.site.url}/route`,
        true,
      ]);
    });
  });

  it('finds a text by what the tree says, where a style sheet adds to it', async () => {
    await bench.on('/styled', async (session) => {
      const nodes = [...walkNodes((await session.read()).nodes)];
      expect(nodes.map(({ text }) => text)).toContain('Low ▾');
      expect(await session.act({ click: { name: 'Low ▾' } }, 3_000)).toEqual({ kind: 'done' });
      expect(shownText((await session.read()).nodes)).toContain('chosen');
      expect(await session.act({ click: { name: 'High ▾' } }, 3_000)).toMatchObject({ kind: 'impossible' });
    });
  });

  it('knows small blocks that listen for clicks, however their framework keeps it', async () => {
    await bench.on('/listens', async (session) => {
      const handled = [...walkNodes((await session.read()).nodes)].filter((node) => node.isHandled === true);
      const said = handled.map(({ name, text }) => text || name);
      const texts = [
        'Close',
        'Delegated',
        'First',
        'Folded',
        'In the markup',
        'Own',
        'React',
        'Second',
        'Shadow',
      ];
      expect(said.sort()).toEqual(texts);
      expect(await session.act({ click: { name: 'Close' } }, 3_000)).toEqual({ kind: 'done' });
      const names = [...walkNodes((await session.read()).nodes)].map(({ name }) => name);
      expect(names).toContain('Closed');
    });
  });

  it.each([
    ['a link', click('link', 'Away')],
    ['a form', click('button', 'Send')],
    ['a timer', click('button', 'Later')],
  ])('is done when the document that %s leads to is there', async (_what, step) => {
    await bench.on('/settle', async (session) => {
      await session.read();
      expect(await session.act(step, 5_000)).toEqual({ kind: 'done' });
      expect(await textOf(session)).toBe('Arrived');
    });
  });

  it('scrolls the page and its parts to the end, as long as there is more', async () => {
    await bench.on('/feed', async (session) => {
      const first = await session.read();
      expect(first.hasMoreBelow).toBe(true);
      expect(shownText(first.nodes)).not.toContain('Entry 21');
      expect(await session.act({ scroll: 'end' }, 3_000)).toEqual({ kind: 'done' });
      expect(shownText((await session.read()).nodes)).toContain('Entry 40');
      await session.act({ scroll: 'end' }, 3_000);
      expect((await session.read()).hasMoreBelow).toBeUndefined();
    });
  });

  it('stays where it is when a link leads to no document', async () => {
    await bench.on('/settle', async (session) => {
      await session.read();
      expect(await session.act(click('link', 'Nothing'), 5_000)).toEqual({ kind: 'done' });
      expect((await session.read()).url).toBe(`${bench.site.url}/settle`);
    });
  });

  it('says at once what stands in the way', async () => {
    await bench.on('/blocked', async (session) => {
      await session.read();
      const why = async (step: Parameters<Session['act']>[0]): Promise<string> => {
        const outcome = await session.act(step, 3_000);
        return outcome.kind === 'done' ? 'done' : outcome.why;
      };
      expect(await why(click('button', 'Under'))).toBe('button “Under” is covered by dialog “Cookies”');
      expect(await why(click('button', 'Off'))).toBe('button “Off” is disabled');
      expect(await why(click('button', 'Remove', 2))).toBe('button “Remove” (number 3) is not on the page');
      expect(await why({ fill: { field: { role: 'textbox', name: 'Fixed' }, value: 'x' } })).toBe(
        'textbox “Fixed” is read-only',
      );
      expect(await why({ press: 'Enter' })).toBe('nothing on the page has the focus');
      expect(await why({ go: 'back' })).toBe('there is no page to go back to');
    });
  });

  it('acts on the one that is counted, doubly and by pointing', async () => {
    await bench.on('/blocked', async (session) => {
      await session.read();
      await session.act(click('button', 'Remove', 1), 3_000);
      expect(await textOf(session)).toMatch(/One Remove Two Gone/);
      await session.act({ doubleClick: { role: 'button', name: 'Once' } }, 3_000);
      await session.read();
      await session.act({ hover: { role: 'button', name: 'Point' } }, 3_000);
      expect(await textOf(session)).toMatch(/Twice Over/);
    });
  });
});

describe('read after act', () => {
  it('tells the window, the file and the dialog that the step brought, and no others', async () => {
    await bench.on('/opens', async (session) => {
      const told: unknown[] = [];
      for (const step of [click('button', 'Open'), click('link', 'Get'), click('button', 'Ask')]) {
        await session.read();
        expect(await session.act(step, 5_000)).toEqual({ kind: 'done' });
        const { popups, downloads, dialogs } = await session.read();
        told.push([popups, downloads, dialogs]);
      }
      expect(told).toEqual([
        [[`${bench.site.url}/blocked`], [], []],
        [[], ['report.csv'], []],
        [[], [], [{ kind: 'confirm', message: 'Sure?' }]],
      ]);
    });
  });

  it('shows the same time of the page however long the site takes to answer', async () => {
    const stamps = await Promise.all(
      ['Fast', 'Slow'].map((name) =>
        bench.on('/opens', async (session) => {
          const stamp: string[] = [];
          for (let i = 0; i < 2; i += 1) {
            await session.read();
            await session.act(click('button', name), 5_000);
            stamp.push(/\d{13}/.exec(await textOf(session))?.[0] ?? 'none');
          }
          return stamp;
        }),
      ),
    );
    expect(stamps[0]).toEqual(stamps[1]);
    expect(Number(stamps[0]?.[1])).toBeGreaterThan(Number(stamps[0]?.[0]));
  });
});

describe('read', () => {
  it('says what the page shows, holds and did', async () => {
    await bench.on('/model', async (session) => {
      const model = await session.read();
      const nodes = [...walkNodes(model.nodes)];
      const of = (role: string) => nodes.filter((node) => node.role === role);
      expect(of('heading')[0]).toMatchObject({ name: 'Your basket', states: { level: 1 } });
      expect(of('link')[0]).toMatchObject({ name: 'Look around', url: '/settle', isClickable: true });
      expect(of('button')[0]).toMatchObject({ name: 'Menu', states: { expanded: true } });
      expect(of('textbox')[0]).toMatchObject({
        text: 'ada',
        field: { type: 'text', hint: 'first given-name', maxLength: 9, pattern: '[a-z]+', isRequired: true },
      });
      expect(of('spinbutton')[0]?.field).toMatchObject({ type: 'number', min: '1', max: '5' });
      expect(of('combobox')[0]?.field?.options).toEqual(['S', 'M']);
      expect(of('checkbox')[0]?.states.checked).toBe(true);
      expect(JSON.stringify(model)).not.toContain('hunter');
      expect(nodes.find((node) => node.text === 'Plain' && node.isClickable)?.ref).toBeDefined();
      // Neither can be named in a step: what is hidden from assistive technology, and what is in a frame.
      expect(of('button').map(({ name, ref }) => [name, ref !== undefined])).toEqual([
        ['Menu', true],
        ['Inner', false],
      ]);
      expect(model.focus).toEqual({ role: 'textbox', name: 'Name' });
      expect(model.storageKeys).toEqual(['cookie:seen', 'local:cart', 'session:step']);
      expect(model.brokenImages).toEqual([`${bench.site.url}/missing.png`]);
      expect(model.dialogs).toEqual([{ kind: 'alert', message: 'Welcome' }]);
      expect(model.requests.map(({ method, resource }) => `${method} ${resource}`)).toEqual([
        'GET document',
        'POST fetch',
      ]);
      expect((await session.read()).requests).toEqual([]);
    });
  });
});

describe('reset', () => {
  it('forgets what the page stored, also on leaving, and puts back what the login left', async () => {
    const storage = await bench.on('/keeps', async (session): Promise<StorageState> => {
      await session.read();
      await session.act(click('button', 'Log in'), 3_000);
      return session.storage();
    });
    await bench.on(
      '/keeps',
      async (session) => {
        expect(await textOf(session)).toMatch(/^user=ada,ada,,ada, /);
        const stored = (await session.read()).storageDigests;
        expect((await session.read()).storageDigests).toEqual(stored);
        await session.act(click('button', 'Write'), 3_000);
        expect(await textOf(session)).toMatch(/^user=ada; extra=1,ada,1,ada,1 /);
        expect((await session.read()).storageDigests).not.toEqual(stored);
        await session.act({ go: 'new tab' }, 5_000);
        await session.reset(`${bench.site.url}/keeps`, 5_000);
        const model = await session.read();
        expect(shownText(model.nodes)).toMatch(/^user=ada,ada,,ada, /);
        expect(model.storageKeys).toEqual(['cookie:user', 'local:user', 'session:tab']);
        expect(await session.act({ go: 'back' }, 3_000)).toMatchObject({ kind: 'impossible' });
      },
      { storage },
    );
  });
});

describe('go', () => {
  it('goes back, forward, and on in a new tab that knows what all tabs share', async () => {
    await bench.on('/keeps', async (session) => {
      await session.read();
      await session.act(click('button', 'Write'), 3_000);
      await session.act({ goto: '/blocked' }, 5_000);
      const urls: string[] = [];
      for (const where of ['back', 'forward', 'back'] as const) {
        expect(await session.act({ go: where }, 5_000)).toEqual({ kind: 'done' });
        urls.push(new URL((await session.read()).url).pathname);
      }
      expect(urls).toEqual(['/keeps', '/blocked', '/keeps']);
      expect(await session.perform({ go: 'new tab' }, 5_000)).toEqual({ kind: 'done' });
      expect(await textOf(session)).toMatch(/^extra=1; left=1,,left,, /);
      expect(await session.act(click('button', 'Write'), 3_000)).toEqual({ kind: 'done' });
      expect((await session.read()).popups).toEqual([]);
    });
  });
});
