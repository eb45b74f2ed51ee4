import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBrowserLauncher } from '../../../src/browser/open-browser.ts';
import { html } from '../../../src/demo/html.ts';
import { renderPage } from '../../../src/demo/render-page.ts';
import type { ReviewReport, VerifyReport } from '../../../src/domain/report.ts';
import { handleJob } from '../../../src/jobs/run-job.ts';
import { renderMarkdown } from '../../../src/report/render-markdown.ts';
import { renderSarif } from '../../../src/report/render-sarif.ts';
import { renderText } from '../../../src/report/render-text.ts';
import { reviewPullRequest } from '../../../src/review/pipeline.ts';
import { openDatabase } from '../../../src/storage/open-database.ts';
import type { Database } from '../../../src/storage/ports.ts';
import { createStore, type DatabaseStore } from '../../../src/storage/store.ts';
import { verifyPreview } from '../../../src/verify/pipeline.ts';
import { makeDataFolder } from '../../support/data-folder.ts';
import { FakeStager, wordAnalyser } from '../../support/fake-analysers.ts';
import { aCommandJob, aReviewJob, aVerifyJob, createJobBench, jobContext } from '../../support/job-bench.ts';
import { PASSWORD, USER } from '../../support/login-forms.ts';
import { idOf } from '../../support/pushed-pull.ts';
import { BASE, HEAD } from '../../support/reports.ts';
import { type PageHandler, type Pages, type ServedPages, servePages } from '../../support/serve-pages.ts';

/** What a thief, or a careless page, does with a password that was typed into it. */
const SPILL = `const spill = (pass) => { document.title = 'Hello ' + pass; console.error('login with ' + pass); localStorage.setItem('last', pass);
  history.replaceState({}, '', '?pass=' + encodeURIComponent(pass) + '&b=' + btoa('user:' + pass));
  document.body.insertAdjacentHTML('beforeend', '<p>Wrong for ' + pass + '</p><p>' + btoa(pass) + '</p><p>' + btoa('u:' + pass) + '</p><input value="' + pass + '"><a href="/in?p=' + encodeURIComponent(pass) + '">Go ' + pass + '</a>');
  setTimeout(() => { throw new Error('cannot use ' + pass); }); };`;

function spilling(other: string, total: string): Pages {
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
          : `<h1>Account</h1><p>Total: ${total}</p><a href="/more">More</a><button>Log out</button><form action="${other}/again"><input type="password" name="again"><button>Go on</button></form><script>${SPILL} spill(${JSON.stringify(decodeURIComponent(pass))})</script>`;
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

const CONFIG = `
login: { path: /login, username: { secret: TEST_USER }, password: { secret: TEST_PASSWORD } }
flows: [{ name: More, steps: [{ goto: /more }, { expect: { text: nowhere } }] }]
viewports: [desktop]
explore: { actions: 4, seconds: 30 }
`;
const DIFF = `diff --git a/src/cart.ts b/src/cart.ts
--- a/src/cart.ts
+++ b/src/cart.ts
@@ -1,1 +1,2 @@
 one
+logIn('ada', '${PASSWORD}');
`;

/** The App's own jobs on one pull request whose code, title and pages say the password, with a real browser and store. */
async function runJobs(store: DatabaseStore, sites: readonly ServedPages[]) {
  const bench = createJobBench();
  const { github } = bench;
  const [base, head] = sites;
  github.config = CONFIG;
  github.diff = DIFF;
  github.files = { 'src/cart.ts': `one\nlogIn('ada', '${PASSWORD}');\n` };
  github.pull = { ...github.pull, title: `Log in with ${PASSWORD}` };
  const made = { environment: 'Preview', createdAt: '2026-11-22T09:00:00Z' };
  github.deployments.push(
    { ...made, sha: HEAD, url: `${head?.url}/` },
    { ...made, sha: BASE, url: `${base?.url}/` },
  );
  await store.setSecret(github.pull, 'TEST_USER', USER);
  await store.setSecret(github.pull, 'TEST_PASSWORD', PASSWORD);
  const prompts: string[] = [];
  const progress: string[] = [];
  const reports: (ReviewReport | VerifyReport)[] = [];
  const stager = new FakeStager();
  const analyser = wordAnalyser(stager, { word: 'logIn', rule: 'test/log-in', category: 'logic' });
  const startedAt = performance.now();
  const keep = <Report extends ReviewReport | VerifyReport>(report: Report): Report => {
    reports.push(report);
    return report;
  };
  const ports = {
    ...bench.ports,
    store,
    privateHosts: sites.map(({ host }) => host),
    verify: async (request, artifacts, secrets, onProgress, signal) =>
      keep(
        await verifyPreview(
          { ...request, readyWaitMs: 0, loginWaitMs: 1_500 },
          {
            browser: createBrowserLauncher(),
            artifacts,
            secrets,
            onProgress: (one) => {
              progress.push(JSON.stringify(one));
              onProgress(one);
            },
            elapsedMs: () => performance.now() - startedAt,
          },
          signal,
        ),
      ),
    review: async (request, objects, onProgress, signal) =>
      keep(
        await reviewPullRequest(
          request,
          {
            objects,
            stager,
            analysers: [analyser],
            changeAnalysers: [],
            sandbox: 'none',
            onProgress,
            reader: {
              pricesAsOf: '2026-11-22',
              async read(task, { source }) {
                const files = await source.readFiles(HEAD, ['src/cart.ts'], signal);
                prompts.push(
                  JSON.stringify(task),
                  ...[...files.values()].map((one) => Buffer.from(one).toString()),
                );
                return { findings: [], rejected: [], readers: [] };
              },
            },
          },
          signal,
        ),
      ),
    explainer: {
      async explain(task, { source }, signal) {
        const files = await source.readFiles(HEAD, ['src/cart.ts'], signal);
        prompts.push(JSON.stringify(task), ...[...files.values()].map((one) => Buffer.from(one).toString()));
        return { why: `nothing about ${PASSWORD}`, model: 'test/none', inputTokens: 0, outputTokens: 0 };
      },
    },
  } satisfies typeof bench.ports;
  const steps = new Map<string, string>();
  await handleJob(aVerifyJob({ trigger: 'command' }), jobContext({}, steps), ports);
  await handleJob(aReviewJob(), jobContext({ id: 'run-2' }, steps), ports);
  const asked = aCommandJob({ body: `/explain ${idOf(bench)}` });
  await handleJob(asked, jobContext({ id: 'run-3' }), ports);
  return { github, prompts, progress, reports, steps: JSON.stringify([...steps]), log: bench.logger.lines };
}

/** Every row of every table, as it would be read with the data folder in hand. */
async function readTables(database: Database): Promise<string> {
  const tables = await database.query(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema = 'firsthand'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    for (const row of await database.query(`SELECT * FROM ${String(name)}`)) {
      for (const [column, value] of Object.entries(row)) {
        const text =
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value);
        texts.push(`${String(name)}.${column}: ${text}`);
      }
    }
  }
  return texts.join('\n');
}

function readFolder(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('a planted password', { timeout: 240_000 }, () => {
  it('is found in nothing that leaves a run or stays behind, whatever pages and code do with it', async () => {
    const other = await servePages({
      '/again': '<form method="post"><input name="pass" type="password"><button>Log in</button></form>',
    });
    const sites = [
      await servePages(spilling(other.url, '$5.00')),
      await servePages(spilling(other.url, '$-5.00')),
    ];
    const folder = await makeDataFolder();
    const quiet = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    };
    const database = await openDatabase({ dataDir: folder.path, logger: quiet });
    try {
      const store = createStore(database, { encryptionKey: new Uint8Array(32).fill(9), logger: quiet });
      const { github, prompts, progress, reports, steps, log } = await runJobs(store, sites);
      const tables = await readTables(database);
      await database.close();
      const [preview, review] = reports;
      if (preview?.kind !== 'verify' || review?.kind !== 'review')
        throw new Error('both reports are expected');
      expect(preview.login.kind).toBe('ok');
      const author = { login: 'firsthand', isBot: true };
      const comments = [...github.comments, ...github.reviews.flatMap((one) => [one, ...one.comments])];
      const texts: Record<string, string> = {
        json: JSON.stringify(reports),
        text: renderText(preview, { colour: false }) + renderText(review, { colour: false }),
        markdown: renderMarkdown(preview) + renderMarkdown(review),
        sarif: renderSarif(review),
        html: renderPage(
          {
            repository: 'octo/shop',
            number: 42,
            title: 'Coupons',
            body: '',
            author,
            state: 'open',
            baseRef: 'main',
            headRef: 'change',
            createdAt: '',
            commits: [],
            checks: [],
            posts: comments.map(({ body }) => ({
              kind: 'comment',
              author,
              body,
              createdAt: '',
              isEdited: false,
              reactions: [],
            })),
          },
          { addresses: { pictureOf: () => undefined, isLinked: () => true }, note: html`` },
        ),
        comments: JSON.stringify([...comments, ...github.threads]),
        checks: JSON.stringify([...github.checks.values()]),
        pictures: [...github.pictures.values()]
          .flat()
          .map(({ name, png }) => name + Buffer.from(png).toString('latin1'))
          .join('\n'),
        prompts: prompts.join('\n'),
        progress: progress.join('\n'),
        log: JSON.stringify(log),
        tables,
        steps,
        'files of the database': readFolder(folder.path),
      };
      // What is searched must be there: an empty text has no leak.
      for (const [where, text] of Object.entries(texts))
        expect([where, text.length > 0]).toEqual([where, true]);
      expect(prompts).toHaveLength(4);
      const tablesRead = new Set([...tables.matchAll(/^firsthand\.(\w+)\./gm)].map((match) => match[1]));
      expect([...tablesRead]).toEqual(expect.arrayContaining(['artifact', 'report', 'ledger', 'secret']));
      expect(preview.findings.some(({ witness }) => witness !== undefined)).toBe(true);
      const leaks = Object.entries(texts).flatMap(([where, text]) =>
        FORMS.filter((form) => text.includes(form)).map(
          (form) =>
            `${form} in ${where}: ${text.slice(Math.max(0, text.indexOf(form) - 80), text.indexOf(form))}`,
        ),
      );
      expect(leaks).toEqual([]);
      expect(other.seen.filter((one) => one.includes('canary'))).toEqual([]);
    } finally {
      await database.close();
      folder.remove();
      for (const site of [...sites, other]) await site.close();
    }
  });
});
