import { afterAll, describe, expect, it } from 'vitest';
import { createBrowserLauncher } from '../../src/browser/open-browser.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { Difference } from '../../src/verify/difference.ts';
import { environmentCause } from '../../src/verify/environment-cause.ts';
import { describeDifference } from '../../src/verify/in-environment.ts';
import { planRun } from '../../src/verify/plan.ts';
import type { BrowserLauncher, OtherEngine } from '../../src/verify/ports.ts';
import { startForeignEngine } from '../support/foreign-engine.ts';
import { servePages } from '../support/serve-pages.ts';
import { sharedBrowser, tryPages, verifySettings } from '../support/verify-pages.ts';

const plan = (settings: unknown, engines: readonly OtherEngine[] = []) =>
  planRun(
    {
      head: 'https://pr.example/',
      settings: verifySettings(settings),
      credentials: { kind: 'allowed' },
      privateHosts: [],
      seed: 1,
      startedAt: new Date(0),
      version: '0.0.0',
    },
    engines,
  );

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
          { browser: 'webkit', colorScheme: 'dark' },
        ],
      }),
    ).toEqual([
      ['desktop'],
      [
        'desktop, dark, de-DE',
        'desktop, offline',
        'desktop, with motion, slow network',
        'desktop, webkit, dark',
        'mobile',
      ],
    ]);
  });

  it('takes a second engine that is there, after everything else, unless the configuration says what to try', () => {
    const later = (settings: unknown) =>
      plan(settings, ['firefox', 'webkit']).later.map(
        ({ environment, isAsked }) => `${environment.name}${isAsked ? ' (asked)' : ''}`,
      );
    expect(later({})).toEqual(['mobile', 'desktop, firefox']);
    expect(later({ viewports: ['tablet'] })).toEqual([]);
    expect(later({ environments: [{ browser: 'webkit' }] })).toEqual(['desktop, webkit (asked)', 'mobile']);
  });

  it('says in what an environment differs from the default one', () => {
    const { environments, later } = plan({
      environments: [{ timezone: 'Asia/Tokyo', offline: true }, { browser: 'firefox' }],
    });
    const [first] = environments;
    const words = later.map(({ environment }) =>
      first === undefined ? '' : describeDifference(environment, first),
    );
    expect(words).toEqual([
      'the clock is in Asia/Tokyo, not UTC; the network is offline, not online',
      'the browser is Firefox, not Chromium',
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
    [
      'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example/v1/cart. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.',
      /^CORS: `api\.example` does not let/,
    ],
    [
      'Fetch API cannot load https://api.example/v1/cart due to access control checks.',
      /^CORS: `api\.example` does not let/,
    ],
    [
      "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at https://api.example/ because it violates the following directive: “connect-src 'self'”",
      /^Content Security Policy: the directive `connect-src` .*`api\.example`/,
    ],
    [
      'Refused to connect to https://api.example/ because it appears in neither the connect-src directive nor the default-src directive of the Content Security Policy.',
      /^Content Security Policy: the directive `connect-src` .*`api\.example`/,
    ],
    ['Blocked loading mixed active content “http://cdn.example/a.js”', /^Mixed content: .*`cdn\.example`/],
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

  const others = createBrowserLauncher({}, (engine) =>
    engine === 'firefox' ? startForeignEngine() : Promise.reject(new UserError('no WebKit here')),
  );
  const launcher: BrowserLauncher = {
    ...shared.launcher,
    openOther: async (engine, policy, signal) =>
      (await others.openOther?.(engine, policy, signal)) ?? { kind: 'missing', why: 'nothing is' },
  };

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
          browser: launcher,
          settings: {
            flows: [{ name: 'Look', steps: [{ goto: '/' }, { expect: { text: 'Welcome' } }] }],
            environments: [
              { browser: 'firefox', colorScheme: 'dark' },
              { browser: 'webkit' },
              { browser: 'firefox', slow: true },
            ],
            explore: { actions: 40, seconds: 300 },
          },
          exploration: { kind: 'withheld', why: 'only pages and flows are of interest here' },
        },
      );
      expect(report.findings).toMatchObject([
        {
          category: 'environment',
          title: expect.stringMatching(/^Only with desktop, firefox, dark: .*no dark theme/),
          body: expect.stringMatching(
            /the browser is Firefox, not Chromium; the colours are dark, not light[^]*npx playwright install firefox/,
          ),
          viewport: 'desktop, firefox, dark',
        },
      ]);
      expect(report.flows.map(({ viewport, status }) => `${viewport}: ${status}`)).toEqual([
        'desktop: passed',
        'desktop, firefox, dark: passed',
      ]);
      const notReached = new Map(report.coverage.notReached.map(({ what, why }) => [what, why]));
      expect(notReached.get('environment desktop, webkit')).toBe('no WebKit here');
      expect(notReached.get('environment desktop, firefox, slow network')).toMatch(/cannot be made slow/);
      expect(notReached.get('barriers to accessibility (desktop, firefox, dark)')).toMatch(/Chromium only/);
      expect(report.outcome).toMatchObject({
        kind: 'partly-verified',
        why: expect.stringContaining('the environment desktop, webkit was not tried: no WebKit here'),
      });
    } finally {
      await Promise.all([base.close(), head.close()]);
    }
  }, 120_000);
});
