import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../src/browser/open-browser.ts';
import { TransientError } from '../../../src/domain/errors.ts';
import type { LoginContext } from '../../../src/verify/login/attempt.ts';
import { logIn } from '../../../src/verify/login/log-in.ts';
import type { LoginResult } from '../../../src/verify/login/login-result.ts';
import type { Mail, Mailbox } from '../../../src/verify/login/ports.ts';
import type { Browser } from '../../../src/verify/ports.ts';
import { toSite } from '../../../src/verify/site.ts';
import { plainSession } from '../../support/browser-bench.ts';
import {
  CLOSED_PRODUCTS,
  mailingProduct,
  OPEN_PRODUCTS,
  PASSWORD,
  serveProducts,
  TOTP_KEY,
  USER,
} from '../../support/login-forms.ts';
import { type ServedPages, servePages } from '../../support/serve-pages.ts';
import { verifySettings } from '../../support/verify-pages.ts';

const mails: Record<string, Mail[]> = { magic: [], mailed: [] };
const mailboxes: Readonly<Record<string, Mailbox>> = Object.fromEntries(
  Object.entries(mails).map(([name, box]) => [
    name,
    { next: async () => box.shift(), close: () => undefined },
  ]),
);
const sent = (to: string, text: string, link: string): void => {
  expect(to).toBe(USER);
  const links = link === '' ? [] : [link.replace('http://site', site.url)];
  mails[link === '' ? 'mailed' : 'magic']?.push({ subject: 'Your login', text, links });
};

let site: ServedPages;
let browser: Browser;
beforeAll(async () => {
  const products = {
    ...OPEN_PRODUCTS,
    ...CLOSED_PRODUCTS,
    magic: mailingProduct('link', sent),
    mailed: mailingProduct('code', sent),
  };
  const handler = serveProducts(products);
  site = await servePages(new Proxy({}, { get: () => handler }));
  const mayVisit = (url: URL): boolean => url.host === site.host;
  browser = await openBrowser(
    { policy: { mayVisit, privateHosts: [site.host] } },
    new AbortController().signal,
  );
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

async function tryLogin(
  name: string,
  over: Omit<Partial<LoginContext>, 'mailbox'> & {
    readonly path?: string;
    readonly mailbox?: Mailbox | undefined;
  } = {},
): Promise<LoginResult> {
  const at = toSite(`${site.url}/${name}/`);
  const session = await browser.openSession({
    ...plainSession(at.root.href),
    secrets: [PASSWORD],
  });
  const { path, ...rest } = over;
  const { login } = verifySettings({ login: { path, username: { secret: 'A' }, password: { secret: 'B' } } });
  if (login === undefined) throw new Error('no settings');
  try {
    return await logIn(session, {
      site: at,
      settings: login,
      credentials: { username: USER, password: PASSWORD },
      elapsedMs: () => performance.now(),
      now: () => new Date(),
      mayVisit: (url) => url.host === site.host,
      waitMs: 2_000,
      signal: new AbortController().signal,
      ...rest,
    });
  } finally {
    await session.close();
  }
}

/** Sessions that are open at a time: more only make one another late. */
const AT_A_TIME = 4;
type Try = readonly [name: string, over: Parameters<typeof tryLogin>[1]];

const known = { username: USER, password: PASSWORD };
const open: readonly Try[] = Object.keys(OPEN_PRODUCTS).map((name) => [
  name,
  {
    // Found from the start page, found although the path is wrong, or where it is said to be.
    ...(['menu', 'wordpress'].includes(name) ? {} : { path: '/login' }),
    credentials: { ...known, totpKey: TOTP_KEY },
  },
]);
const mailed: readonly Try[] = ['magic', 'mailed'].map((name) => [
  name,
  { path: '/login', credentials: { username: USER }, mailbox: mailboxes[name] },
]);
const closed: readonly Try[] = Object.keys(CLOSED_PRODUCTS).map((name) => [
  name,
  { path: '/login', waitMs: 1_000 },
]);
const results = new Map<string, LoginResult>();
beforeAll(async () => {
  const left = [...open, ...mailed, ...closed];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      results.set(next[0], await untilOpen(next));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
});

/** A machine that is busy elsewhere may be too slow to open a window in time. */
async function untilOpen([name, over]: Try, left = 3): Promise<LoginResult> {
  try {
    return await tryLogin(name, over);
  } catch (error) {
    if (!(error instanceof TransientError) || left === 0) throw error;
    return untilOpen([name, over], left - 1);
  }
}

describe('a login form', () => {
  it.each([...open, ...mailed])('lets the account in: %s', (name) => {
    expect(results.get(name)).toMatchObject({ kind: 'ok' });
    expect(site.seen.filter((one) => new RegExp(`/${name}/(?:signup|social)`).test(one))).toEqual([]);
  });

  it.each([
    ['wrong', 'refused', 'refused'],
    ['locked', 'refused', 'locked'],
    ['robots', 'could-not-try', 'captcha'],
    ['elsewhere', 'refused', 'refused'],
    ['registration', 'could-not-try', 'unknown-form'],
    ['question', 'could-not-try', 'code-needed'],
    ['thief', 'could-not-try', 'origin-refused'],
  ])('tells apart why nobody gets in: %s', (name, kind, reason) => {
    expect(results.get(name)).toMatchObject({ kind, reason, picture: expect.anything() });
    expect(site.seen.filter((one) => one.startsWith('POST /registration'))).toEqual([]);
  });
});
