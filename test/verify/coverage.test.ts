import { afterAll, describe, expect, it } from 'vitest';
import type { VerifyReport } from '../../src/domain/report.ts';
import { type Pages, type ServedPages, servePages } from '../support/serve-pages.ts';
import { checkout, shop } from '../support/small-shop.ts';
import { once, sharedBrowser, type TryOptions, tryPages } from '../support/verify-pages.ts';

const shared = sharedBrowser();
const opened: ServedPages[] = [];
afterAll(async () => {
  await shared.close();
  for (const site of opened) await site.close();
});

/** The report on two sites, or on one when `base` is undefined. */
async function report(base: Pages | undefined, head: Pages, options: TryOptions = {}): Promise<VerifyReport> {
  const sites = [];
  for (const pages of [head, ...(base === undefined ? [] : [base])]) {
    const site = await servePages(pages);
    opened.push(site);
    sites.push(site.url);
  }
  const [headUrl = '', baseUrl] = sites;
  const tried = await tryPages(
    { head: headUrl, ...(baseUrl === undefined ? {} : { base: baseUrl }) },
    { browser: shared.launcher, ...options },
  );
  return tried.report;
}

const home = (links: string): Pages => ({ '/': `<h1>Shop</h1>${links}` });
const link = (path: string, name = path): string => `<a href="${path}">${name}</a> `;

describe.concurrent('pages without a counterpart', { timeout: 120_000 }, () => {
  /** The head alone links to a page with errors, a healthy one and one that does not exist. */
  const threeNew = once(() =>
    report(home(''), {
      ...home(link('/new') + link('/healthy') + link('/gone')),
      '/new': '<h1>New</h1><script>fetch("/api/new"); throw new Error("boom")</script>',
      '/healthy': '<h1>Healthy</h1>',
    }),
  );

  it('reports what a page of the head alone throws and fails to load', async () => {
    const { findings } = await threeNew();
    const errors = findings.filter(({ source }) => source === 'firsthand/exception');
    expect(errors.map(({ severity, onBase }) => [severity, onBase])).toEqual([['high', false]]);
    expect(errors[0]?.body).toContain('a request answers 404: GET /api/new');
  });

  it('lists a healthy page of the head alone as new', async () => {
    const { findings, coverage } = await threeNew();
    // One for each of the two other pages, and none for this one.
    expect(findings.filter(({ category }) => category !== 'visual')).toHaveLength(2);
    expect(coverage.notReached).toContainEqual({
      what: '/healthy',
      why: 'new on the head, nothing to compare with',
    });
  });

  it('keeps an error that every page of the base has apart on a new page too', async () => {
    const broken = '<script>throw new Error("everywhere")</script>';
    const { findings, preExisting } = await report(home(broken), {
      ...home(`${broken}${link('/new')}`),
      '/new': `<h1>New</h1>${broken}`,
    });
    expect(findings.map(({ source }) => source)).not.toContain('firsthand/exception');
    expect(preExisting.map(({ source }) => source)).toEqual(['firsthand/exception']);
  });

  it('reports a link of the head alone to a page that does not exist', async () => {
    const { findings } = await threeNew();
    const links = findings.filter(
      ({ category, source }) => category === 'flow' && source !== 'firsthand/exception',
    );
    expect(links).toMatchObject([
      {
        severity: 'medium',
        title: 'On /gone: / links to this page, and it does not open: /gone answers 404',
        onBase: false,
      },
    ]);
  });

  it('reports a page that both sides link to and neither opens as pre-existing', async () => {
    const { findings, preExisting } = await report(home(link('/gone')), home(link('/gone')));
    expect(findings).toEqual([]);
    expect(preExisting).toMatchObject([{ title: expect.stringContaining('/gone'), onBase: true }]);
  });

  it('reports a page that does not open when there is no base', async () => {
    const { findings } = await report(undefined, home(link('/gone')));
    expect(findings).toMatchObject([
      { severity: 'medium', title: expect.stringContaining('it does not open: /gone answers 404') },
    ]);
    expect(findings[0]).not.toHaveProperty('onBase');
  });
});

describe.concurrent('what was not tried', { timeout: 120_000 }, () => {
  const header = { headers: { 'x-bypass': { secret: 'BYPASS' } } };
  /** One site and one configuration that leave out all of it. */
  const all = once(() => {
    const ids = [1, 2, 3, 4, 5, 6];
    const pages = {
      ...home(`${ids.map((id) => link(`/p/${id}`)).join('')}${link('/help', 'Help')}
        <img src="http://10.0.0.1/logo.png">`),
      ...Object.fromEntries(ids.map((id) => [`/p/${id}`, '<h1>Product</h1>'])),
      '/help': '<h1>Help</h1>',
    };
    return report(pages, pages, {
      settings: {
        environments: [{ browser: 'firefox' }, { offline: true }, { slow: true }],
        preview: header,
        explore: { actions: 8, avoid: ['help'] },
      },
    });
  });

  it('is no success when a configured environment cannot be tried', async () => {
    const { outcome } = await all();
    expect(outcome).toMatchObject({
      kind: 'partly-verified',
      why: expect.stringMatching(
        /the environment desktop, firefox, the environment desktop, offline, the environment desktop, slow network/,
      ),
    });
  });

  it('counts the pages of one kind that it leaves out', async () => {
    const { coverage, outcome } = await all();
    expect(coverage.notReached).toContainEqual({
      what: '3 more pages like /p/4',
      why: 'pages of one kind are sampled',
    });
    // What is sampled is no shortfall.
    expect(JSON.stringify(outcome)).not.toMatch(/\/p\/4|sampled/);
  });

  it('says that it follows no more than 500 links of a page', async () => {
    const links = Array.from({ length: 600 }, (_, id) => link(`/p/${id}`)).join('');
    const settings = { explore: { actions: 2 } };
    const { coverage, outcome } = await report(home(links), home(links), { settings });
    expect(coverage.notReached.map(({ what }) => what)).toContain('links after the first 500 of a page');
    expect(outcome.kind).toBe('partly-verified');
  });

  it('names the origin of what it refused to load', async () => {
    const { coverage, outcome, findings } = await all();
    expect(findings).toEqual([]);
    expect(coverage.notReached).toContainEqual({
      what: 'http://10.0.0.1',
      why: 'Firsthand refused it: not a public address',
    });
    expect(outcome).toMatchObject({
      kind: 'partly-verified',
      why: expect.stringContaining('http://10.0.0.1'),
    });
  });

  const withheld = (): Promise<VerifyReport> =>
    report(home(''), home(''), {
      settings: { preview: header, explore: { actions: 1 } },
      credentials: { kind: 'withheld', why: 'allow it with /verify' },
    });

  it.each([
    ['missing', all, 'no value is stored for the secret BYPASS'],
    ['withheld', withheld, 'withheld: allow it with /verify'],
  ] as const)('says that a header was not sent whose secret is %s', async (_name, run, why) => {
    const { coverage, outcome } = await run();
    expect(coverage.notReached).toContainEqual({
      what: 'header x-bypass',
      why: expect.stringContaining(why),
    });
    expect(outcome).toMatchObject({ kind: 'partly-verified', why: expect.stringContaining(why) });
  });

  it('stops when the actions are used up, and says what was not done', async () => {
    const { coverage, outcome } = await report(shop(), shop(), {
      settings: { flows: [checkout], explore: { actions: 2 } },
    });
    expect(coverage.actions).toBe(2);
    expect(outcome).toMatchObject({
      kind: 'partly-verified',
      why: expect.stringContaining(
        'the budget of 2 actions was used up, so these were not done: 1 more page (desktop), flow “Checkout” (desktop) from step 3 on',
      ),
    });
  });

  it('names the setting that keeps it from a link', async () => {
    const { coverage } = await all();
    expect(coverage.notReached).toContainEqual({ what: '/help', why: '“Help” is named in explore.avoid' });
  });
});
