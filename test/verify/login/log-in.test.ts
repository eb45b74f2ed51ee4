import { afterAll, describe, expect, it } from 'vitest';
import { totp } from '../../../src/verify/login/totp.ts';
import { type PageHandler, type Pages, type ServedPages, servePages } from '../../support/serve-pages.ts';
import { sharedBrowser, type TriedPages, type TryOptions, tryPages } from '../../support/verify-pages.ts';

const CANARY = 'canary-Pa55word!';
const USER = 'ada@shop.example';

const shared = sharedBrowser();
const opened: ServedPages[] = [];
afterAll(async () => {
  await shared.close();
  for (const site of opened) await site.close();
});

function readBody(request: Parameters<PageHandler>[0], done: (form: URLSearchParams) => void): void {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => done(new URLSearchParams(body)));
}

/** A site whose account page needs a login; the login page is given. */
function guarded(form: string, checks: (form: URLSearchParams) => boolean): Pages {
  const isIn = (cookie: string | undefined): boolean => cookie?.includes('session=in') === true;
  return {
    '/': (request, response) => {
      const body = isIn(request.headers.cookie)
        ? '<h1>Hello</h1><a href="/account">Account</a>'
        : '<h1>Stranger</h1>';
      response.writeHead(200, { 'content-type': 'text/html' }).end(body);
    },
    '/account': (request, response) => {
      const status = isIn(request.headers.cookie) ? 200 : 302;
      response
        .writeHead(status, { 'content-type': 'text/html', location: '/login' })
        .end('<h1>Your account</h1>');
    },
    '/login': (request, response) => {
      if (request.method !== 'POST') {
        response.writeHead(200, { 'content-type': 'text/html' }).end(form);
        return;
      }
      readBody(request, (sent) => {
        if (checks(sent)) response.writeHead(302, { location: '/', 'set-cookie': 'session=in' }).end();
        else {
          const answer = `${form}<p role="alert">Wrong password ${sent.get('pass') ?? ''} for ${sent.get('user') ?? ''}</p>`;
          response.writeHead(200, { 'content-type': 'text/html' }).end(answer);
        }
      });
    },
  };
}

const ONE_PAGE = `<h1>Log in</h1><form method="post" action="/login"><label>E-mail <input name="user"></label>
  <label>Password <input name="pass" type="password"></label><button>Log in</button></form>`;

const isRight = (form: URLSearchParams): boolean => form.get('user') === USER && form.get('pass') === CANARY;
const login = { username: { secret: 'TEST_USER' }, password: { secret: 'TEST_PASSWORD' } };
const secrets = { TEST_USER: USER, TEST_PASSWORD: CANARY };

async function tryLogin(base: Pages, head: Pages, options: TryOptions = {}): Promise<TriedPages> {
  const [baseSite, headSite] = [await servePages(base), await servePages(head)];
  opened.push(baseSite, headSite);
  return tryPages(
    { base: baseSite.url, head: headSite.url },
    {
      browser: shared.launcher,
      settings: { login, explore: { actions: 5 } },
      secrets,
      loginWaitMs: 1_500,
      ...options,
    },
  );
}

function everything({ report, artifacts, progress }: TriedPages): string {
  const texts = [...artifacts].map(([name, bytes]) => name + Buffer.from(bytes).toString('latin1'));
  return JSON.stringify([report, progress]) + texts.join('');
}

describe('the login', () => {
  it('gets in and tries the pages behind it', async () => {
    const site = guarded(ONE_PAGE, isRight);
    const tried = await tryLogin(site, site);
    expect(tried.report.login).toMatchObject({ kind: 'ok' });
    expect(tried.report.coverage.pages).toContain('/account');
    expect(tried.report.findings).toEqual([]);
    expect(everything(tried)).not.toContain(CANARY);
  });

  it('reports a refusal with what the page says, without the password that it repeats', async () => {
    const site = guarded(ONE_PAGE, () => false);
    const tried = await tryLogin(site, site);
    expect(tried.report.outcome).toMatchObject({
      kind: 'login-refused',
      why: expect.stringContaining('Wrong password'),
    });
    expect(tried.report.login.why).toContain('[redacted]');
    expect([...tried.artifacts.keys()]).toContain('login-head.png');
    expect(tried.report.findings).toEqual([]);
    expect(everything(tried)).not.toContain(CANARY);
    expect(everything(tried)).not.toContain(USER);
  });

  it('calls it a finding when only the head refuses the account', async () => {
    const { report } = await tryLogin(
      guarded(ONE_PAGE, isRight),
      guarded(ONE_PAGE, () => false),
    );
    expect(report.outcome.kind).toBe('login-refused');
    expect(report.findings).toMatchObject([{ severity: 'critical', source: 'firsthand/login' }]);
  });

  it('says which secret is missing, and goes on without', async () => {
    const site = guarded(ONE_PAGE, isRight);
    const { report } = await tryLogin(site, site, { secrets: { TEST_USER: USER } });
    expect(report.login).toEqual({
      kind: 'could-not-try',
      reason: 'no-secret',
      why: 'no value is stored for the secret TEST_PASSWORD',
    });
    const none = await tryLogin(site, site, { secrets: {} });
    expect(none.report.login.why).toBe('no value is stored for the secrets TEST_USER and TEST_PASSWORD');
    expect(report.outcome.kind).toBe('partly-verified');
  });
});

describe('totp', () => {
  // RFC 6238, appendix B; the key is the ASCII text 12345678901234567890.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [20_000_000_000, '65353130'],
  ])('gives the published code at second %i', (seconds, code) => {
    const address = 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8';
    expect(totp(address, new Date(seconds * 1000))).toBe(code);
  });

  it('gives nothing for a text that is no key', () => {
    expect(totp('not base32 !', new Date(0))).toBeUndefined();
    expect(totp('', new Date(0))).toBeUndefined();
  });
});
