import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { chromium, type Page, type Browser as PlaywrightBrowser } from 'playwright';
import { findBrowser } from '../src/browser/find-browser.ts';
import { openBrowser } from '../src/browser/open-browser.ts';
import type { Step } from '../src/domain/flow.ts';
import { type PageModel, walkNodes } from '../src/verify/model/page-model.ts';
import type { Browser, Session, SessionOptions } from '../src/verify/ports.ts';
import { TODO_PAGE } from './todo-page.ts';

// Measures what driving two sites costs, on a small app that this program serves itself:
//   node bench/verify.ts [a|c|d]
//   a: the same clicks in lockstep through two sessions, against a bare Playwright loop
//   c: actions and states per second of a random walk on one side and on a pair, and where the time goes
//   d: memory over 500 contexts
// The figures of one run are comparable with each other; those of two machines, or of a busy one, are not.

const VIEWPORT = {
  name: 'desktop',
  width: 1280,
  height: 800,
  deviceScaleFactor: 1,
  isMobile: false,
  hasTouch: false,
};

interface Site {
  readonly url: string;
  close(): void;
}

async function serve(): Promise<Site> {
  const server = createServer((request, response) => {
    if (request.url === '/tip') response.end('Buy milk early');
    else if (request.url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(TODO_PAGE);
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

function sessionOptions(site: Site): SessionOptions {
  return {
    site: new URL(site.url),
    viewport: VIEWPORT,
    colorScheme: 'light',
    locale: 'en-US',
    timezone: 'UTC',
    headers: {},
    masks: [],
    secrets: [],
    clock: { kind: 'fixed', at: 1_767_225_600_000, seed: 1 },
  };
}

/** Milliseconds by what was done. */
class Costs {
  readonly #sums = new Map<string, { ms: number; count: number }>();

  async time<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    const result = await work();
    const sum = this.#sums.get(what) ?? { ms: 0, count: 0 };
    this.#sums.set(what, { ms: sum.ms + performance.now() - startedAt, count: sum.count + 1 });
    return result;
  }

  print(): void {
    for (const [what, { ms, count }] of this.#sums) {
      console.log(`    ${what.padEnd(14)} ${(ms / count).toFixed(1).padStart(6)} ms × ${count}`);
    }
  }
}

const SCRIPT: readonly Step[] = [
  { click: { role: 'link', name: 'Active' } },
  { click: { role: 'link', name: 'Done' } },
  { click: { role: 'link', name: 'All' } },
  { click: { role: 'button', name: 'Details', nth: 0 } },
  { click: { role: 'button', name: 'Close' } },
  { click: { role: 'button', name: 'Save' } },
  { click: { role: 'button', name: 'Tip' } },
  { click: { role: 'checkbox', name: 'Milk' } },
];

async function lockstep(browser: Browser, sites: readonly Site[]): Promise<void> {
  const rounds = 20;
  const sessions = await Promise.all(sites.map((site) => browser.openSession(sessionOptions(site))));
  await Promise.all(sessions.map((session, index) => session.goto(sites[index]?.url ?? '', 10_000)));
  await Promise.all(sessions.map((session) => session.read()));
  let startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const step of SCRIPT) {
      const outcomes = await Promise.all(sessions.map((session) => session.act(step, 3_000)));
      for (const outcome of outcomes) if (outcome.kind === 'impossible') throw new Error(outcome.why);
      await Promise.all(sessions.map((session) => session.read()));
    }
  }
  const ours = (performance.now() - startedAt) / (rounds * SCRIPT.length);
  await Promise.all(sessions.map((session) => session.close()));

  const bare = await launchBare();
  const pages = await Promise.all(
    sites.map(async () => (await bare.newContext({ viewport: VIEWPORT })).newPage()),
  );
  await Promise.all(pages.map((page, index) => page.goto(sites[index]?.url ?? '')));
  startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const step of SCRIPT) await Promise.all(pages.map((page) => clickBare(page, step)));
  }
  const theirs = (performance.now() - startedAt) / (rounds * SCRIPT.length);
  await bare.close();
  console.log(`a  lockstep, ${rounds * SCRIPT.length} steps on two sites`);
  console.log(
    `    act + settle + read ${ours.toFixed(1)} ms/step; locator.click alone ${theirs.toFixed(1)} ms/step`,
  );
  console.log(`    ratio ${(ours / theirs).toFixed(2)} (goal: at most 1.3)`);
}

async function launchBare(): Promise<PlaywrightBrowser> {
  const found = await findBrowser(process.env['FIRSTHAND_BROWSER_PATH']);
  if (found.kind === 'missing') throw new Error(found.why);
  return chromium.launch({ executablePath: found.path, chromiumSandbox: process.getuid?.() !== 0 });
}

async function clickBare(page: Page, step: Step): Promise<void> {
  if (!('click' in step) || typeof step.click === 'string' || !('role' in step.click)) return;
  const { role, name = '', nth = 0 } = step.click;
  const asRole = role as Parameters<Page['getByRole']>[0]; // one of the script above
  await page.getByRole(asRole, { name, exact: true }).nth(nth).click();
}

const ACTED = new Set(['button', 'link', 'checkbox']);

/** Steps that the model offers, each target counted as a step counts it. */
function offeredSteps(model: PageModel): readonly Step[] {
  const seen = new Map<string, number>();
  const steps: Step[] = [];
  for (const node of walkNodes(model.nodes)) {
    const key = `${node.role} ${node.name}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const target = { role: node.role, name: node.name, nth };
    if (node.ref !== undefined && node.states.disabled !== true && ACTED.has(node.role))
      steps.push({ click: target });
    if (node.role === 'textbox') steps.push({ fill: { field: target, value: 'Tea' } });
  }
  return model.focus?.role === 'textbox' ? [...steps, { press: 'Enter' }, { press: 'Enter' }] : steps;
}

async function walk(browser: Browser, sites: readonly Site[], actions: number): Promise<void> {
  const costs = new Costs();
  const sessions = await Promise.all(sites.map((site) => browser.openSession(sessionOptions(site))));
  const all = <Result>(
    what: string,
    work: (session: Session, site: Site) => Promise<Result>,
  ): Promise<Result[]> =>
    costs.time(what, () =>
      Promise.all(sessions.map((session, index) => work(session, sites[index] ?? fail()))),
    );
  await all('first load', (session, site) => session.goto(site.url, 10_000));
  let [model] = await all('read', (session) => session.read());
  const states = new Set<string>();
  let state = 1;
  const startedAt = performance.now();
  for (let done = 0; done < actions; done += 1) {
    state = (state * 48_271) % 2_147_483_647;
    if (done % 25 === 24) await all('reset', (session, site) => session.reset(site.url, 10_000));
    else {
      const steps = model === undefined ? [] : offeredSteps(model);
      const step = steps[state % steps.length] ?? { go: 'reload' };
      const outcomes = await all(`act ${Object.keys(step)[0]}`, (session) => session.act(step, 3_000));
      for (const one of outcomes)
        if (one.kind === 'impossible' && !one.why.includes('covered')) throw new Error(one.why);
    }
    [model] = await all('read', (session) => session.read());
    states.add(JSON.stringify(model?.nodes, (key, value: unknown) => (key === 'ref' ? undefined : value)));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await Promise.all(sessions.map((session) => session.close()));
  const rate = (count: number): string => (count / seconds).toFixed(1);
  const goal = sites.length === 2 ? ' (goals: 25 and 12)' : '';
  console.log(`c  random walk on ${sites.length} side(s), ${actions} actions`);
  console.log(`    ${rate(actions)} actions/s, ${rate(states.size)} new states/s${goal}`);
  costs.print();
}

function fail(): never {
  throw new Error('a session without a site');
}

async function memory(browser: Browser, site: Site): Promise<void> {
  console.log('d  contexts one after the other: Node RSS and heap, MB');
  for (let count = 1; count <= 500; count += 1) {
    const session = await browser.openSession(sessionOptions(site));
    await session.goto(site.url, 10_000);
    await session.read();
    await session.close();
    if (count % 100 !== 0 && count !== 20) continue;
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    console.log(
      `    after ${String(count).padStart(3)}: ${(rss / 1e6).toFixed(0)} ${(heapUsed / 1e6).toFixed(0)}`,
    );
  }
}

const wanted = process.argv[2] ?? 'acd';
const sites = [await serve(), await serve()];
const end = new AbortController();
const browser = await openBrowser(
  { policy: { mayVisit: () => true, privateHosts: sites.map(({ url }) => new URL(url).host) } },
  end.signal,
);
const { version } = createRequire(import.meta.url)('playwright/package.json') as { version: string }; // a package's own
console.log(`${browser.name}, Playwright ${version}, Node ${process.version}`);
try {
  if (wanted.includes('a')) await lockstep(browser, sites);
  if (wanted.includes('c')) {
    await walk(browser, sites.slice(0, 1), 200);
    await walk(browser, sites, 200);
  }
  if (wanted.includes('d')) await memory(browser, sites[0] ?? fail());
} finally {
  await browser.close();
  for (const site of sites) site.close();
}
