import { afterAll, describe, expect, it } from 'vitest';
import { createRedaction, redactLogger } from '../../../src/jobs/redaction.ts';
import { createRedactor } from '../../../src/lib/redact.ts';
import { renderPreviewCheck } from '../../../src/report/render-check-run.ts';
import { renderText } from '../../../src/report/render-text.ts';
import { PASSWORD, USER } from '../../support/login-forms.ts';
import { type PageHandler, type Pages, type ServedPages, servePages } from '../../support/serve-pages.ts';
import { sharedBrowser, tryPages } from '../../support/verify-pages.ts';

const shared = sharedBrowser();
const opened: ServedPages[] = [];
afterAll(async () => {
  await shared.close();
  for (const site of opened) await site.close();
});

/** What a thief, or a careless page, does with a password that was typed into it. */
const SPILL = `const spill = (pass) => { document.title = 'Hello ' + pass; console.error('login with ' + pass); localStorage.setItem('last', pass);
  history.replaceState({}, '', '?pass=' + encodeURIComponent(pass) + '&b=' + btoa('user:' + pass));
  document.body.insertAdjacentHTML('beforeend', '<p>Wrong for ' + pass + '</p><p>' + btoa(pass) + '</p><p>' + btoa('u:' + pass) + '</p><input value="' + pass + '"><a href="/in?p=' + encodeURIComponent(pass) + '">Go ' + pass + '</a>');
  setTimeout(() => { throw new Error('cannot use ' + pass); }); };`;

function spilling(other: string): Pages {
  const page: PageHandler = (request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const pass =
        new URLSearchParams(body).get('pass') ?? /pass=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
      const head = pass === undefined ? {} : { 'set-cookie': `pass=${encodeURIComponent(pass)}` };
      const shown =
        pass === undefined
          ? '<form method="post" action="/login"><input name="user"><input name="pass" type="password"><button>Log in</button></form>'
          : `<h1>Account</h1><a href="/more">More</a><button>Log out</button><form action="${other}/again"><input type="password" name="again"><button>Go on</button></form><script>${SPILL} spill(${JSON.stringify(decodeURIComponent(pass))})</script>`;
      response
        .writeHead(200, { 'content-type': 'text/html', ...head })
        .end(`<!doctype html><title>Shop</title>${shown}`);
    });
  };
  return { '/': page, '/login': page, '/more': page, '/in': page };
}

/** The password as it stands, and in the forms in which it could slip through. */
const FORMS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  ...[0, 1, 2].map((skip) => {
    const text = Buffer.concat([Buffer.alloc(skip), Buffer.from(PASSWORD)]).toString('base64');
    return text.slice(skip === 0 ? 0 : skip + 1, 12);
  }),
  Buffer.from(PASSWORD).toString('hex'),
];

describe('a planted password', () => {
  it('is found in nothing that leaves a run, whatever the pages do with it', async () => {
    const other = await servePages({
      '/again': '<form method="post"><input name="pass" type="password"><button>Log in</button></form>',
    });
    const [base, head] = [await servePages(spilling(other.url)), await servePages(spilling(other.url))];
    opened.push(other, base, head);
    const { report, artifacts, progress } = await tryPages(
      { base: base.url, head: head.url },
      {
        browser: shared.launcher,
        settings: {
          login: { path: '/login', username: { secret: 'TEST_USER' }, password: { secret: 'TEST_PASSWORD' } },
          flows: [{ name: 'More', steps: [{ goto: '/more' }, { expect: { text: 'nowhere' } }] }],
          explore: { actions: 4, seconds: 30 },
        },
        secrets: { TEST_USER: USER, TEST_PASSWORD: PASSWORD },
        loginWaitMs: 1_500,
      },
    );
    expect(report.login.kind).toBe('ok');
    const logged: string[] = [];
    const keep = (message: string, fields?: object): void =>
      void logged.push(message + JSON.stringify(fields));
    const redaction = createRedaction(createRedactor([]));
    redaction.learn([PASSWORD]);
    redactLogger({ debug: keep, info: keep, warn: keep, error: keep }, redaction).error('job failed', {
      error: { deep: [`${head.url}/?pass=${encodeURIComponent(PASSWORD)}`, new Error(PASSWORD).message] },
    });
    const check = renderPreviewCheck(report, {
      headSha: 'a'.repeat(40),
      repositoryUrl: 'https://github.com/o/r',
      witnesses: new Map(),
      earlier: [],
    });
    const texts: Record<string, string> = {
      report: JSON.stringify(report),
      text: renderText(report, { colour: false }),
      check: JSON.stringify(check),
      progress: JSON.stringify(progress),
      log: logged.join('\n'),
      ...Object.fromEntries(
        [...artifacts].map(([name, bytes]) => [name, name + Buffer.from(bytes).toString('latin1')]),
      ),
    };
    const leaks = Object.entries(texts).flatMap(([where, text]) =>
      FORMS.filter((form) => text.includes(form)).map((form) => `${form} in ${where}`),
    );
    expect(leaks).toEqual([]);
    expect(other.seen.filter((one) => one.includes('canary'))).toEqual([]);
  });
});
