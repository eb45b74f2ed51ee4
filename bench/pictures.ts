import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { chromium } from 'playwright';
import { findBrowser } from '../src/browser/find-browser.ts';
import { openBrowser } from '../src/browser/open-browser.ts';
import type { Session } from '../src/verify/ports.ts';
import { ourCompare } from './support/our-pictures.ts';
import { PAGE_COUNT, type PageVariant, picturePage } from './support/picture-pages.ts';
import { stockCapture, stockCompare } from './support/stock-pictures.ts';

// Measures the pictures against what is commonly done (networkidle, page.screenshot until two are equal, pngjs,
// pixelmatch, pngjs), on twelve pages of 1280 × 3500 pixels, in one run:
//   node bench/pictures.ts [rounds]
// Ratios of one run are comparable; milliseconds of two runs or of a busy machine are not.

const ROUNDS = Number(process.argv[2] ?? 3);
const VIEWPORT = { width: 1280, height: 800 };
const VARIANTS: readonly PageVariant[] = ['base', 'button', 'restyled', 'banner'];

function serve(): Server {
  return createServer((request, response) => {
    const [, variant, index] = /^\/(\w+)\/(\d+)$/.exec(request.url ?? '') ?? [];
    const known = VARIANTS.find((name) => name === variant);
    if (known === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end(picturePage(Number(index), known));
  });
}

const server = serve().listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
const urlOf = (variant: PageVariant, index: number): string => `http://${host}/${variant}/${index}`;

const end = new AbortController();
const found = await findBrowser();
if (found.kind === 'missing') throw new Error(found.why);
const ours = await openBrowser({ policy: { mayVisit: () => true, privateHosts: [host] } }, end.signal);
const stock = await chromium.launch({
  executablePath: found.path,
  chromiumSandbox: process.getuid?.() !== 0,
});

const openOurs = (): Promise<Session> =>
  ours.openSession({
    site: new URL(`http://${host}/`),
    viewport: { ...VIEWPORT, name: 'desktop', deviceScaleFactor: 1, isMobile: false, hasTouch: false },
    colorScheme: 'light',
    locale: 'en-US',
    timezone: 'UTC',
    headers: {},
    masks: [],
    secrets: [],
    clock: { kind: 'fixed', at: 1_800_000_000_000, seed: 1 },
  });

async function ourCapture(session: Session, url: string): Promise<Uint8Array> {
  const navigation = await session.goto(url, 20_000);
  const shot = await session.capture();
  if (navigation.kind !== 'loaded' || shot === undefined) throw new Error(`no picture of ${url}`);
  return shot;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function timed(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Milliseconds of both for the same work, taken in turns so that a busy moment hits both. */
async function both(
  rounds: number,
  work: { readonly ours: () => unknown; readonly stock: () => unknown },
): Promise<{ ours: number; stock: number }> {
  const times = { ours: [] as number[], stock: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.stock.push(await timed(work.stock));
    times.ours.push(await timed(work.ours));
  }
  return { ours: median(times.ours), stock: median(times.stock) };
}

function row(what: string, { ours: our, stock: other }: { ours: number; stock: number }, note = ''): string {
  const ratio = other / our;
  return `${what.padEnd(46)} ${other.toFixed(1).padStart(9)} ${our.toFixed(1).padStart(9)} ${`${ratio < 100 ? ratio.toFixed(1) : Math.round(ratio)}×`.padStart(8)}  ${note}`;
}

try {
  const [base, head] = [await openOurs(), await openOurs()];
  const page = await stock.newPage({ viewport: VIEWPORT });
  console.log(`${''.padEnd(46)} ${'stock ms'.padStart(9)} ${'ours ms'.padStart(9)} ${'ratio'.padStart(8)}`);

  console.log('From two PNGs to the verdict and the picture of the difference, 1280 × 3500');
  const pictures = new Map<PageVariant, Uint8Array>();
  for (const variant of VARIANTS) pictures.set(variant, await ourCapture(base, urlOf(variant, 0)));
  const unchanged = pictures.get('base') ?? Buffer.alloc(0);
  for (const variant of VARIANTS) {
    const changed = variant === 'base' ? Buffer.from(unchanged) : (pictures.get(variant) ?? Buffer.alloc(0));
    const times = await both(ROUNDS * 3, {
      ours: () => ourCompare(unchanged, changed),
      stock: () => stockCompare(unchanged, changed),
    });
    const [our, other] = [ourCompare(unchanged, changed), stockCompare(unchanged, changed)];
    console.log(
      row(
        `  ${{ base: 'identical', button: 'one button', restyled: 'all buttons', banner: 'banner of 20 px' }[variant]}`,
        times,
        `${other.changed} px → ${our.changed} px; picture ${Math.round(other.diff.length / 1024)} → ${Math.round((our.diff?.length ?? 0) / 1024)} KiB`,
      ),
    );
  }

  console.log('Whole pages, both sides loaded, settled, captured and compared, one at a time; ms a page');
  for (const [variant, words] of [
    ['base', 'nothing changed'],
    ['restyled', 'every page changed'],
    ['banner', 'a banner of 20 px on every page'],
  ] as const) {
    let differing = 0;
    const times = await both(ROUNDS, {
      stock: async () => {
        for (let index = 0; index < PAGE_COUNT; index += 1) {
          const first = await stockCapture(page, urlOf('base', index));
          stockCompare(first, await stockCapture(page, urlOf(variant, index)));
        }
      },
      ours: async () => {
        differing = 0;
        for (let index = 0; index < PAGE_COUNT; index += 1) {
          const first = await ourCapture(base, urlOf('base', index));
          const second = await ourCapture(head, urlOf(variant, index));
          if (Buffer.compare(first, second) === 0) continue;
          differing += 1;
          const elements = [await base.describeElements(), await head.describeElements()] as const;
          ourCompare(first, second, elements);
        }
      },
    });
    const each = { ours: times.ours / PAGE_COUNT, stock: times.stock / PAGE_COUNT };
    console.log(row(`  ${words}`, each, `${differing} of ${PAGE_COUNT} pages differ`));
  }

  console.log('A banner of 20 px: what is left of the page, and the cause');
  for (const index of [0, 1, 3]) {
    const first = await ourCapture(base, urlOf('base', index));
    const second = await ourCapture(head, urlOf('banner', index));
    const elements = [await base.describeElements(), await head.describeElements()] as const;
    const { changed, causes } = ourCompare(first, second, elements);
    const share = ((changed / (1280 * 3520)) * 100).toFixed(3);
    const kind = ['plain', 'sticky header', '', 'fixed side bar'][index];
    console.log(`  ${kind}: ${share} % left; ${causes.map(({ title }) => title).join(' | ')}`);
  }
} finally {
  await ours.close();
  await stock.close();
  server.close();
}
