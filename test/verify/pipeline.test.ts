import { afterAll, describe, expect, it } from 'vitest';
import { verifyReportSchema } from '../../src/domain/report.ts';
import { type Pages, type ServedPages, servePages } from '../support/serve-pages.ts';
import { checkout, shop } from '../support/small-shop.ts';
import { sharedBrowser, type TriedPages, type TryOptions, tryPages } from '../support/verify-pages.ts';

const shared = sharedBrowser();
const opened: ServedPages[] = [];
afterAll(async () => {
  await shared.close();
  for (const site of opened) await site.close();
});

async function serve(pages: Pages): Promise<ServedPages> {
  const site = await servePages(pages);
  opened.push(site);
  return site;
}

async function compare(base: Pages, head: Pages, options: TryOptions = {}): Promise<TriedPages> {
  const [baseSite, headSite] = [await serve(base), await serve(head)];
  const tried = await tryPages(
    { base: baseSite.url, head: headSite.url },
    { browser: shared.launcher, ...options },
  );
  verifyReportSchema.parse(tried.report);
  return tried;
}

/** As many actions as the flow has steps: nothing is left to explore. */
const flowsOnly = { flows: [checkout], explore: { actions: 4 } };
const said = ({ report }: TriedPages): readonly string[] =>
  report.findings.map(({ severity, category, source }) => `${severity} ${category} ${source}`);

describe.concurrent('verifyPreview', { timeout: 120_000 }, () => {
  it('says nothing about two equal builds, and counts what it looked at', async () => {
    const { report, artifacts } = await compare(shop(), shop(), {
      settings: { flows: [checkout], explore: { actions: 150 } },
    });
    expect([report.findings, report.preExisting, report.noise]).toEqual([[], [], []]);
    expect(report.outcome).toEqual({ kind: 'verified' });
    expect(report.flows[0]).toMatchObject({ status: 'passed', viewport: 'desktop' });
    expect(report.coverage.pages).toEqual(['/', '/about', '/cart', '/products', '/thanks']);
    expect(report.coverage.states).toBeGreaterThan(4);
    expect(report.coverage.notReached).toContainEqual({
      what: '/logout',
      why: expect.stringContaining('Log out'),
    });
    expect(artifacts.size).toBe(0);
  });

  it('reports a step that only the base allows as a broken flow, with pictures, steps and a test', async () => {
    const tried = await compare(shop(), shop({ cartButton: '' }), { settings: flowsOnly });
    const [finding, ...others] = tried.report.findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      category: 'flow',
      severity: 'high',
      evidence: 'reproduced',
      onBase: false,
      viewport: 'desktop',
      title: expect.stringContaining('the button “Check out” is missing'),
      steps: checkout.steps.slice(0, 2),
    });
    expect(tried.report.flows[0]).toMatchObject({ status: 'failed' });
    const names = [...Object.values(finding?.screenshots ?? {}), finding?.witness ?? ''];
    expect(names).toHaveLength(5);
    for (const name of names) expect([...tried.artifacts.keys()]).toContain(name);
    expect(Buffer.from(tried.artifacts.get(finding?.witness ?? '') ?? []).toString()).toContain('Check out');
  });

  it('reports an expectation that only the base meets', async () => {
    const head = { ...shop(), '/thanks': '<h1>Sorry</h1>' };
    const tried = await compare(shop(), head, { settings: flowsOnly });
    expect(said(tried)).toEqual(['high state firsthand/wrong-text']);
    expect(tried.report.flows[0]?.status).toBe('failed');
  });

  it('keeps quiet about what is impossible on both sides', async () => {
    const broken = shop({ cartButton: '' });
    const { report } = await compare(broken, broken, { settings: flowsOnly });
    expect(report.findings).toEqual([]);
    expect(report.flows[0]).toMatchObject({
      status: 'could-not-run',
      why: expect.stringContaining('also on the base'),
    });
    expect(report.outcome.kind).toBe('partly-verified');
  });

  it('reports a failed expectation of both sides as pre-existing', async () => {
    const flow = { name: 'Start', steps: [{ goto: '/' }, { expect: { text: 'Never there' } }] };
    const { report } = await compare(shop(), shop(), { settings: { ...flowsOnly, flows: [flow] } });
    expect(report.findings).toEqual([]);
    expect(report.preExisting).toMatchObject([{ source: 'firsthand/expectation', onBase: true }]);
  });

  it('calls a total below zero critical', async () => {
    const tried = await compare(shop(), shop({ total: '−$4.00' }), { settings: flowsOnly });
    expect(said(tried)).toEqual(['critical state firsthand/no-negative-amount']);
    expect(tried.report.findings[0]).toMatchObject({ expected: 'Total: $16.00', actual: 'Total: −$4.00' });
  });

  it('reports exceptions, console errors and failed requests of the head only', async () => {
    const fail = (name: string): string =>
      `<script>console.error('cannot ${name}'); fetch('/api/${name}'); setTimeout(() => { throw new Error('${name}') })</script>`;
    const tried = await compare(
      shop({ cartScript: fail('old') }),
      shop({ cartScript: fail('old') + fail('new') }),
      {
        settings: flowsOnly,
      },
    );
    expect(said(tried)).toEqual(['high flow firsthand/exception']);
    expect(tried.report.findings[0]?.body).toMatch(/the console shows an error.*a request answers 404/s);
    expect(tried.report.preExisting).toMatchObject([{ category: 'flow', onBase: true }]);
    expect(tried.report.findings[0]?.title).toBe('After click “Add to cart”: the page throws: Error: new');
  });

  it('reports another page after the same step, and not what follows from it', async () => {
    const tried = await compare(shop(), shop({ next: '/elsewhere' }), { settings: flowsOnly });
    expect(said(tried)).toEqual(['high flow firsthand/other-page']);
  });

  it('reports a dialog that only the head opens', async () => {
    const tried = await compare(shop(), shop({ cartScript: '<script>alert("Are you there?")</script>' }), {
      settings: flowsOnly,
    });
    expect(said(tried)).toContain('medium flow firsthand/dialog');
  });

  it('names the style that changed, once for all pages that show it', async () => {
    const tried = await compare(shop(), shop({ color: '#dc3545' }), { settings: { flows: [checkout] } });
    expect(said(tried)).toEqual(['medium visual firsthand/picture']);
    expect(tried.report.findings[0]).toMatchObject({
      title: 'Button “Add to cart” looks different: background colour',
      screenshots: { expected: expect.any(String), actual: expect.any(String), diff: expect.any(String) },
    });
  });

  it('lists a banner and a change of copy as changes that look intended', async () => {
    const banner = '<div style="height:20px;background:#fe0">Free shipping</div>';
    const added = await compare(shop(), shop({ banner }));
    expect(added.report.findings).toEqual([]);
    expect(added.report.changes).toMatchObject([{ title: expect.stringContaining('“Free shipping”') }]);
    const copy = await compare(shop(), shop({ welcome: 'Good to see you' }));
    expect(copy.report.findings).toEqual([]);
    expect(copy.report.changes).toMatchObject([{ category: 'visual', severity: 'low' }]);
  });

  it('reports a page that no longer opens, and not a page that is new', async () => {
    const settings = { explore: { actions: 4 } };
    const gone = await compare(shop(), shop({ about: undefined }), { settings });
    expect(gone.report.findings).toMatchObject([
      { category: 'flow', severity: 'high', steps: [{ goto: '/about' }] },
    ]);
    const added = await compare(shop({ about: undefined }), shop(), { settings });
    expect(added.report.findings).toEqual([]);
    expect(added.report.coverage.notReached).toContainEqual({
      what: '/about',
      why: expect.stringContaining('new'),
    });
  });

  it('puts what moves by itself or differs from load to load into the noise', async () => {
    const offers = ['Free socks', 'Half a lamp', 'Two for one', 'A surprise', 'Nothing today'];
    const noisy: Pages = {
      ...shop(),
      '/': (_request, response) => {
        const offer = offers[Math.floor(Math.random() * offers.length)];
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(`<h1>Shop</h1><a href="/products">Products</a><p>${offer} ${Math.random()}</p>`);
      },
    };
    const { report } = await compare(noisy, noisy);
    expect(report.findings).toEqual([]);
    expect(report.noise.length).toBeGreaterThan(0);
    expect(report.noise[0]?.how).toMatch(/again|(?:second|further) runs?/);
  });

  it('reports the head alone when there is no base, and says so', async () => {
    const head = await serve(shop({ cartScript: '<script>throw new Error("boom")</script>' }));
    const { report } = await tryPages({ head: head.url }, { browser: shared.launcher, settings: flowsOnly });
    expect(report.base).toBeUndefined();
    expect(report.outcome).toMatchObject({
      kind: 'partly-verified',
      why: expect.stringContaining('no base'),
    });
    expect(report.findings).toMatchObject([{ severity: 'medium', source: 'firsthand/exception' }]);
    expect(report.findings[0]).not.toHaveProperty('onBase');
  });

  it('compares nothing with a base that cannot be reached', async () => {
    const head = await serve(shop());
    const { report } = await tryPages(
      { base: 'http://127.0.0.1:1', head: head.url },
      { browser: shared.launcher, settings: flowsOnly },
    );
    expect(report.outcome).toMatchObject({
      kind: 'partly-verified',
      why: expect.stringContaining('base deployment'),
    });
    expect(report.findings).toEqual([]);
  });

  it.each([
    ['an error of the server', 500, '<h1>Internal error</h1>', /answers 500/],
    [
      'a protection page',
      401,
      '<title>Login – Vercel</title><h1>Log in to Vercel</h1>',
      /Vercel's deployment protection/,
    ],
    ['a page of a host that is still building', 200, '<h1>Deployment is building</h1>', /still being built/],
  ])('does not take %s for the preview', async (_name, status, body, why) => {
    const answer: Pages = {
      '/': (_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(body),
    };
    const { report } = await compare(shop(), answer);
    expect(report.outcome).toMatchObject({ kind: 'preview-not-ready', why: expect.stringMatching(why) });
  });

  it('does not count what is done once more against the actions', async () => {
    const { report } = await compare(shop(), shop({ total: '$17.00' }), { settings: flowsOnly });
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.confidence).toBeGreaterThan(0.9);
    expect(report.coverage.actions).toBeGreaterThan(4);
  });

  it('writes the same report twice, but for the times', async () => {
    const changed = shop({ color: '#dc3545', total: '−$4.00', about: '<h1>About them</h1>' });
    const sites = { base: (await serve(shop())).url, head: (await serve(changed)).url };
    const tell = async (): Promise<unknown> => {
      const { report, artifacts } = await tryPages(sites, {
        browser: shared.launcher,
        settings: { flows: [checkout], explore: { actions: 14 } },
      });
      const pictures = [...artifacts].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
      return { ...report, startedAt: '', ms: 0, pictures };
    };
    expect(await tell()).toEqual(await tell());
  });

  it('tries the product in a small window and in another language, time zone and colour scheme', async () => {
    const shown = (script: string): Pages => ({
      '/': `<meta name="viewport" content="width=device-width"><p id="here"></p><h2 id="there">Here you are</h2><script>
        const dark = matchMedia('(prefers-color-scheme: dark)').matches;
        const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        here.textContent = 'Welcome'; ${script}</script>`,
    });
    const small = 'if (innerWidth < 500) here.textContent = "Welcome on a phone";';
    const foreign =
      'if (dark && zone === "Asia/Tokyo" && navigator.language === "de-DE") there.textContent = "undefined";';
    const settings = {
      viewports: ['desktop', 'mobile'],
      environments: [{ colorScheme: 'dark', locale: 'de-DE', timezone: 'Asia/Tokyo' }],
    };
    const { report } = await compare(shown(''), shown(small + foreign), { settings });
    expect(report.findings.map(({ viewport, actual }) => `${viewport}: ${actual}`).toSorted()).toEqual([
      'desktop, dark, de-DE, Asia/Tokyo: undefined',
      'mobile: Welcome on a phone',
    ]);
  });

  it('drives the flows that the diff touches, and refuses a name that does not exist', async () => {
    const settings = { flows: [{ ...checkout, paths: ['src/cart/**'] }], explore: { actions: 6 } };
    const { report } = await compare(shop(), shop(), { settings, changedPaths: ['docs/readme.md'] });
    expect(report.flows).toEqual([]);
    expect(report.coverage.notReached).toContainEqual({
      what: 'flow Checkout',
      why: expect.stringContaining('paths'),
    });
    await expect(compare(shop(), shop(), { settings, flows: ['Chekout'] })).rejects.toThrow(
      /no flow named “Chekout”/,
    );
  });

  it('ends with the reason of its signal', async () => {
    const abort = new AbortController();
    abort.abort(new Error('a newer push'));
    await expect(compare(shop(), shop(), { signal: abort.signal })).rejects.toThrow('a newer push');
  });
});
