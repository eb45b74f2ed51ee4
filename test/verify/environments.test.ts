import { afterAll, describe, expect, it } from 'vitest';
import type { Difference } from '../../src/verify/difference.ts';
import { environmentCause } from '../../src/verify/environment-cause.ts';
import { describeDifference } from '../../src/verify/in-environment.ts';
import { planRun } from '../../src/verify/plan.ts';
import { servePages } from '../support/serve-pages.ts';
import { sharedBrowser, tryPages, verifySettings } from '../support/verify-pages.ts';

const plan = (settings: unknown) =>
  planRun({
    head: 'https://pr.example/',
    settings: verifySettings(settings),
    credentials: { kind: 'allowed' },
    privateHosts: [],
    seed: 1,
    startedAt: new Date(0),
    version: '0.0.0',
  });

describe('planRun', () => {
  it('keeps mobile for after desktop unless the configuration names windows', () => {
    const names = (settings: unknown) => {
      const { environments, later } = plan(settings);
      return [environments.map(({ name }) => name), later.map(({ environment }) => environment.name)];
    };
    expect(names({})).toEqual([['desktop'], ['mobile']]);
    expect(names({ viewports: ['tablet'] })).toEqual([['tablet'], []]);
    expect(
      names({
        environments: [
          { colorScheme: 'dark', locale: 'de-DE' },
          { offline: true },
          { slow: true, reducedMotion: false },
          { browser: 'webkit' },
        ],
      }),
    ).toEqual([
      ['desktop'],
      ['desktop, dark, de-DE', 'desktop, offline', 'desktop, with motion, slow network', 'mobile'],
    ]);
    expect(plan({ environments: [{ browser: 'webkit' }] })).toMatchObject({ engines: ['webkit'] });
  });

  it('says in what an environment differs from the default one', () => {
    const { environments, later } = plan({ environments: [{ timezone: 'Asia/Tokyo', offline: true }] });
    const [first] = environments;
    const words = later.map(({ environment }) =>
      first === undefined ? '' : describeDifference(environment, first),
    );
    expect(words).toEqual([
      'the clock is in Asia/Tokyo, not UTC; the network is offline, not online',
      'the window has 412 × 915 px, as a phone, with touch, not 1280 × 800 px',
    ]);
  });
});

describe('environmentCause', () => {
  const cause = (changes: Partial<Difference>): string | undefined =>
    environmentCause({
      key: 'k',
      category: 'flow',
      severity: 'medium',
      source: 'firsthand/console-error',
      title: 'the console shows an error',
      body: '',
      steps: [],
      url: 'https://pr.example/',
      environment: 'desktop',
      ...changes,
    });
  const said = (message: string): string | undefined => cause({ error: { kind: 'console', message } });

  it.each([
    [
      "Access to fetch at 'https://api.example/v1/cart' from origin 'https://pr.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present",
      /^CORS: `api\.example` does not let pages of `pr\.example`/,
    ],
    [
      "Mixed Content: The page at 'https://pr.example/' was loaded over HTTPS, but requested an insecure resource 'http://cdn.example/a.js'. This request has been blocked",
      /^Mixed content: .*`cdn\.example`/,
    ],
    [
      "Refused to connect to 'https://api.example/' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
      /^Content Security Policy: the directive `connect-src` .*`api\.example`/,
    ],
    ['GET https://undefined/api/cart net::ERR_NAME_NOT_RESOLVED', /^A missing environment value/],
    ['Failed to fetch %NEXT_PUBLIC_API_URL%/cart', /^A missing environment value/],
    ['Cookie “session” has been rejected for invalid domain.', /^Cookie domain: the cookie `session`/],
  ])('reads %s', (message, expected) => {
    expect(said(message)).toMatch(expected);
  });

  it.each(['TypeError: cart is undefined', '404 /undefined-terms'])('finds no cause in %s', (message) => {
    expect(said(message)).toBeUndefined();
  });

  it('tells the address of a build machine from another deployment', () => {
    const foreign = (actual: string) => cause({ source: 'firsthand/foreign-environment', actual });
    expect(foreign('http://localhost:3000/api')).toMatch(/^A build-time address: localhost:3000/);
    expect(foreign('https://www.shop.example/api')).toMatch(/^Host of a request: the preview asks www\.shop/);
  });
});

describe('an environment of the configuration', () => {
  const shared = sharedBrowser();
  afterAll(() => shared.close());

  it('is tried after the default one, and what only it shows is told as its own', async () => {
    const page = (script: string) => ({
      '/': `<!doctype html><title>Shop</title><h1>Shop</h1><p>Welcome to the shop.</p><script>${script}</script>`,
    });
    const [base, head] = await Promise.all([
      servePages(page('')),
      servePages(
        page("if (matchMedia('(prefers-color-scheme: dark)').matches) throw new Error('no dark theme')"),
      ),
    ]);
    try {
      const { report } = await tryPages(
        { base: base.url, head: head.url },
        {
          browser: shared.launcher,
          settings: {
            environments: [{ colorScheme: 'dark' }, { browser: 'firefox' }],
            explore: { actions: 20 },
          },
        },
      );
      expect(report.findings).toMatchObject([
        {
          category: 'environment',
          title: expect.stringMatching(/^Only with desktop, dark: .*no dark theme/),
          body: expect.stringContaining('the colours are dark, not light'),
          viewport: 'desktop, dark',
        },
      ]);
      expect(report.coverage.notReached).toContainEqual({
        what: 'environment browser firefox',
        why: expect.stringMatching(/^not tried/),
      });
    } finally {
      await Promise.all([base.close(), head.close()]);
    }
  }, 120_000);
});
