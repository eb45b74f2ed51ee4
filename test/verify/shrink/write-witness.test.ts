import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Difference } from '../../../src/verify/difference.ts';
import { writeWitness } from '../../../src/verify/shrink/write-witness.ts';
import { difference } from '../../support/differences.ts';
import { type Played, runWitnesses } from '../../support/run-witnesses.ts';
import { type PageHandler, type Pages, type ServedPages, servePages } from '../../support/serve-pages.ts';

const button = (name: string, nth = 0) => ({ role: 'button', name, nth });
const answer =
  (status: number): PageHandler =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  };

/** A small shop, with a fault of each kind on the head. */
function shop(side: 'base' | 'head'): Pages {
  const isHead = side === 'head';
  const on = (base: string, head: string): string => (isHead ? head : base);
  return {
    '/cart': `<h1>Cart</h1>
      <button>Remove</button> ${on('<button>Pay</button>', '<button hidden>Pay</button><button>Pay later</button>')}
      <p>Total: <b id="total">$16.00</b></p>
      <button onclick="setTimeout(() => { document.querySelector('#total').textContent = '${on('$12.00', '−$4.00')}' }, 250)">Apply</button>
      <label>Size <select><option>S</option><option${on(' selected', '')}>L</option></select></label>
      <label>Coupon <input value=""></label><button onclick="this.previousElementSibling.querySelector('input').value = '${on('SAVE20', '')}'">Suggest</button>
      <ul><li>Mug <button onclick="this.parentElement.remove()">Drop</button></li>
        <li>Cup <button onclick="${on('this.parentElement.remove()', '')}">Drop</button></li></ul>
      <a href="${on('/thanks', '/sorry')}">Check out</a> <a href="/export">Export</a>
      <button onclick="if (confirm('Sure?')) { document.title = 'gone'; ${on("document.querySelector('h1').textContent = 'Empty'", '')} }">Empty</button>
      <div role="combobox" tabindex="0" aria-label="Colour" onclick="this.nextElementSibling.hidden = false">none</div>
      <ul role="listbox" hidden><li role="option" onclick="this.parentElement.hidden = true; this.parentElement.previousElementSibling.textContent = '${on('Red chosen', 'nothing')}'">Red</li></ul>`,
    '/thanks': `<h1>Thanks</h1><p id="note">Order</p>
      <button onclick="${on('', 'null.total')}">Print</button>
      <button onclick="fetch('/api/orders/17?at=' + Date.now(), { method: 'POST' })">Send</button>
      <button onclick="fetch('/api/notes/' + Date.now() + '/keep', { method: 'PUT' })${on('', ".then(() => fetch('/api/notes/1/keep', { method: 'PUT' }))")}">Keep</button>
      <button onclick="${on("fetch('/api/notes/' + Date.now() + '/drop', { method: 'POST' })", '')}">Forget</button>
      <button onclick="console.error('${on('same on both', 'cannot read 42')}')">Log</button>
      <p ondblclick="this.textContent = '${on('Edited', 'Read only')}'">Double me</p>
      <p onmouseenter="this.textContent = '${on('Tooltip', 'Nothing')}'">Point here</p>
      <p style="color: ${on('rgb(0, 0, 255)', 'rgb(255, 0, 0)')}">Coloured</p>
      <script>
        if (sessionStorage.kept === undefined) sessionStorage.kept = 'yes';
        const opened = Number(localStorage.opened ?? 0) + 1;
        localStorage.opened = opened;
        document.querySelector('#note').textContent = ${on("'Order'", "opened > 1 ? 'Lost' : 'Order'")};
      </script>`,
    '/sorry': '<h1>Sorry</h1>',
    '/export': (_, response) =>
      response.writeHead(isHead ? 404 : 200, { 'content-type': 'text/html' }).end('<p>Export'),
    '/api/orders/17': answer(isHead ? 500 : 200),
  };
}

const CASES: Readonly<Record<string, Partial<Difference>>> = {
  'missing-button': { steps: [{ goto: '/cart' }], expect: { visible: button('Pay') } },
  'number-that-changes-late': {
    steps: [{ goto: '/cart' }, { click: button('Apply') }],
    expect: { notText: '−$4.00' },
  },
  url: { steps: [{ goto: '/cart' }, { click: 'Check out' }], expect: { url: '/thanks' } },
  value: {
    steps: [{ goto: '/cart' }, { click: button('Suggest') }],
    expect: { value: { field: { role: 'textbox', name: 'Coupon', nth: 0 }, is: 'SAVE20' } },
  },
  'value-by-label': { steps: [{ goto: '/cart' }], expect: { value: { field: 'Size', is: 'L' } } },
  count: {
    steps: [{ goto: '/cart' }, { click: button('Drop', 1) }],
    expect: { count: { of: { role: 'button', name: 'Drop' }, is: 1 } },
  },
  'within-a-row': {
    steps: [{ goto: '/cart' }, { click: { role: 'button', name: 'Drop', within: 'Cup' } }],
    expect: { hidden: { role: 'button', name: 'Drop', within: 'Cup' } },
  },
  'accepted-dialog': {
    steps: [{ goto: '/cart' }, { click: button('Empty') }],
    expect: { visible: { role: 'heading', name: 'Empty' } },
  },
  'drawn-list': {
    steps: [{ goto: '/cart' }, { select: { field: { role: 'combobox', name: 'Colour' }, option: 'Red' } }],
    expect: { text: 'Red chosen' },
  },
  'impossible-step': {
    source: 'firsthand/step-impossible',
    steps: [{ goto: '/cart' }, { click: button('Pay') }],
  },
  exception: {
    steps: [{ goto: '/thanks' }, { click: button('Print') }],
    error: { kind: 'exception', message: "TypeError: Cannot read properties of null (reading 'total')" },
  },
  'failed-request': {
    steps: [{ goto: '/thanks' }, { click: button('Send') }],
    error: { kind: 'request', message: 'POST http://127.0.0.1:1/api/orders/99?at=5', status: 500 },
  },
  'unsent-request': {
    steps: [{ goto: '/thanks' }, { click: button('Keep') }, { click: button('Forget') }],
    sends: { method: 'POST', path: '/api/notes/:id/drop', times: 1 },
  },
  'repeated-request': {
    steps: [{ goto: '/thanks' }, { click: button('Keep') }],
    sends: { method: 'PUT', path: '/api/notes/:id/keep', times: 1 },
  },
  'broken-page': { source: 'firsthand/page-broken', steps: [{ goto: '/export' }] },
  'broken-link': {
    source: 'firsthand/page-broken',
    steps: [{ goto: '/cart' }, { click: 'Export' }],
    error: { kind: 'request', message: 'GET http://127.0.0.1:1/export', status: 404 },
  },
  'new-tab': {
    steps: [{ goto: '/thanks' }, { go: 'new tab' }],
    expect: { text: 'Order', notText: 'Lost' },
  },
  history: {
    steps: [
      { goto: '/thanks' },
      { goto: '/sorry' },
      { go: 'back' },
      { go: 'forward' },
      { go: 'back' },
      { go: 'reload' },
    ],
    expect: { text: 'Order' },
  },
  pointing: {
    steps: [
      { goto: '/thanks' },
      { doubleClick: { name: 'Double me', nth: 0 } },
      { hover: { name: 'Point here' } },
    ],
    expect: { text: 'Edited', notText: 'Nothing' },
  },
  style: {
    steps: [{ goto: '/thanks' }],
    style: { of: { name: 'Coloured' }, property: 'color', value: 'rgb(0, 0, 255)' },
  },
};

const opened: ServedPages[] = [];
let sites: Readonly<{ BASE_URL: string; HEAD_URL: string }> = { BASE_URL: '', HEAD_URL: '' };
beforeAll(async () => {
  opened.push(await servePages(shop('base')), await servePages(shop('head')));
  sites = { BASE_URL: opened[0]?.url ?? '', HEAD_URL: opened[1]?.url ?? '' };
});
afterAll(async () => {
  for (const site of opened) await site.close();
});

function witnessOf(parts: Partial<Difference>): string {
  const code = writeWitness(difference({ source: 'test', ...parts }));
  if (code === undefined) throw new Error('no witness was written');
  return code;
}

const statuses = (played: ReadonlyMap<string, Readonly<Record<'base' | 'head', Played>>>) =>
  Object.fromEntries(
    [...played].map(([name, { base, head }]) => [name, `${base.status}, ${head.status}${base.why}`]),
  );

const all = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(CASES).map(([name, parts]) => [name, witnessOf(parts)]));

const WINDOW = {
  name: 'desktop',
  width: 1280,
  height: 800,
  deviceScaleFactor: 1,
  isMobile: false,
  hasTouch: false,
};
const DESKTOP = {
  name: 'desktop',
  viewport: WINDOW,
  colorScheme: 'light',
  locale: 'en-US',
  timezone: 'UTC',
} as const;

describe('writeWitness', () => {
  it('asks for the browser in which the difference shows, as that browser can be asked', () => {
    const at = (engine?: 'firefox' | 'webkit'): string => {
      const environment = {
        ...DESKTOP,
        reducedMotion: true,
        network: 'online',
        ...(engine && { engine }),
      } as const;
      return writeWitness(difference({ source: 'test', ...CASES['missing-button'] }), { environment }) ?? '';
    };
    expect(at()).not.toContain('browserName');
    expect(at('webkit')).toContain('browserName: "webkit"');
    expect(at('webkit')).toContain('isMobile: false');
    expect(at('firefox')).toContain('browserName: "firefox"');
    expect(at('firefox')).not.toContain('isMobile');
  });

  it('writes tests of every kind that pass on the base and fail on the head', {
    timeout: 300_000,
  }, async () => {
    const played = await runWitnesses(all(), sites);
    const expected = Object.keys(CASES).map((name) => [name, 'passed, failed']);
    expect(statuses(played)).toEqual(Object.fromEntries(expected));
  });

  it('skips a side without an address, and says so', { timeout: 120_000 }, async () => {
    const witnesses = { url: all()['url'] ?? '' };
    const played = await runWitnesses(witnesses, { HEAD_URL: sites.HEAD_URL });
    expect(statuses(played)).toEqual({ url: 'skipped, failed' });
  });
});
