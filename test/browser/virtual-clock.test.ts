import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../src/verify/ports.ts';
import { type BrowserBench, CLOCK_AT, openBrowserBench, shownText } from '../support/browser-bench.ts';

/** A page whose script writes down what happens, in order. */
const noting = (script: string): string =>
  `<p id="log"></p><script>const note = (text) => { log.textContent += text + ' '; };${script}</script>`;

const pages = {
  '/order': noting(`
    setTimeout(() => note('b20'), 20); setTimeout((x) => note('a10' + x), 10, '!'); setTimeout(() => note('c20'), 20);
    setTimeout(() => { note('d30'); setTimeout(() => note('f35'), 5); Promise.resolve().then(() => note('e30')); }, 30);
    setTimeout("note('g40')", 40); const never = setTimeout(() => note('never'), 15); clearTimeout(never);
    clearTimeout(12345); clearTimeout({}); setTimeout(() => note('now'), -5);
    let ticks = 0; const every = setInterval(() => { ticks += 1; note('t' + ticks); if (ticks === 3) clearInterval(every); }, 100);`),
  '/frames':
    noting(`const stamps = []; const draw = (time) => { stamps.push(time); if (stamps.length < 4) requestAnimationFrame(draw);
    else note(stamps.map((one) => Math.round(one - stamps[0])).join()); }; requestAnimationFrame(draw);
    const off = requestAnimationFrame(() => note('never')); cancelAnimationFrame(off);
    requestIdleCallback((deadline) => note('idle' + (deadline.timeRemaining() > 0)));`),
  '/busy': noting(`const from = Date.now(); while (Date.now() - from < 300); note('dates');
    const start = performance.now(); while (performance.now() - start < 100); note('times');`),
  '/throws':
    noting(`setTimeout(() => { throw new Error('from a timer'); }, 30); setTimeout(() => note('next'), 40);
    requestAnimationFrame(() => { throw new TypeError('from a frame'); });`),
  '/native': noting(`
    class Later extends Date { day() { return this.getUTCDate(); } }
    const checks = [new Date() instanceof Date, new Later() instanceof Date, new Later(0).day() === 1, typeof Date() === 'string',
      Date.name === 'Date' && Date.length === 7, /native code/.test(setTimeout), /native code/.test(String(Date.now)),
      Date.parse('2020-01-01T00:00:00Z') === Date.UTC(2020, 0, 1), new Date(5).getTime() === 5, new Date().constructor === Date,
      new Intl.DateTimeFormat('en-US', { year: 'numeric', timeZone: 'UTC' }).format() === '2026',
      new Event('x').timeStamp <= performance.now(), Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 2,
      crypto.getRandomValues(new Uint8Array(4)).length === 4, /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(crypto.randomUUID())];
    note(checks.map(Number).join(''));`),
  '/random':
    noting(`note(Math.random()); note(crypto.randomUUID()); note(crypto.getRandomValues(new Uint32Array(2)).join('-'));
    note(Date.now());`),
  '/later': noting(`setTimeout(() => note('four'), 4000); setTimeout(() => note('nine'), 9000);`),
  '/inside': `<iframe srcdoc="<p id=p></p><script>setTimeout(() => { p.textContent = 'inner ' + Date.now(); }, 200)</script>"></iframe>`,
};

let bench: BrowserBench;
beforeAll(async () => {
  bench = await openBrowserBench(pages);
});
afterAll(() => bench.close());

const textOf = async (session: Session): Promise<string> => shownText((await session.read()).nodes);
const shownOn = (path: string): Promise<string> => bench.on(path, textOf);

describe('the fixed clock', () => {
  it('runs timers by their time, then in the order they were set, with promises between them', async () => {
    expect(await shownOn('/order')).toBe('now a10! b20 c20 d30 e30 f35 g40 t1 t2 t3');
  });

  it('gives animation frames every 16 ms, and idle time', async () => {
    expect(await shownOn('/frames')).toBe('idletrue 0,16,32,48');
  });

  it('ends a loop that waits for the time to pass', async () => {
    expect(await shownOn('/busy')).toBe('dates times');
  });

  it('reports what a timer or a frame throws as uncaught, and runs the next one', async () => {
    const { errors, nodes } = await bench.on('/throws', (session) => session.read());
    expect(errors.map(({ kind, message }) => `${kind} ${message}`)).toEqual([
      'exception TypeError: from a frame',
      'exception Error: from a timer',
    ]);
    expect(shownText(nodes)).toBe('next');
  });

  it('looks like the browser’s own', async () => {
    expect(await shownOn('/native')).toBe('1'.repeat(15));
  });

  it('begins at its time, and gives the same random numbers to every session with the same seed', async () => {
    const [first, second] = [await shownOn('/random'), await shownOn('/random')];
    expect(first).toBe(second);
    expect(Number(first.split(' ').at(-1))).toBe(CLOCK_AT);
    const clock = { kind: 'fixed', at: CLOCK_AT, seed: 8 } as const;
    expect(await bench.on('/random', textOf, { clock })).not.toBe(first);
  });

  it('goes on over documents, gives the next one other random numbers, and begins anew with a reset', async () => {
    await bench.on('/random', async (session) => {
      const first = await textOf(session);
      await session.act({ go: 'reload' }, 5_000);
      const second = await textOf(session);
      expect(Number(second.split(' ').at(-1)) - CLOCK_AT).toBeGreaterThan(600);
      expect(second.split(' ')[0]).not.toBe(first.split(' ')[0]);
      await session.reset(`${bench.site.url}/random`, 5_000);
      expect(await textOf(session)).toBe(first);
    });
  });

  it('runs in frames of the same origin too', async () => {
    expect(await shownOn('/inside')).toMatch(/inner \d+/);
  });

  it('passes as long as it is told to', async () => {
    await bench.on('/later', async (session) => {
      expect(await textOf(session)).toBe('');
      await session.pass(4_000);
      expect(await textOf(session)).toBe('four');
    });
  });
});
