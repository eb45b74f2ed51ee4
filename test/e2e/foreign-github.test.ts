import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AppProcess, startApp } from '../../src/demo/app-process.ts';
import { WEBHOOK_PATH } from '../../src/server/webhook-endpoint.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { type ForeignGitHub, startForeignGitHub } from '../support/foreign-github.ts';
import { type ServedPages, servePages } from '../support/serve-pages.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

/**
 * The App, started as its operator would start it, at a GitHub that somebody else wrote. That one checks tokens and
 * permissions, and keeps real git objects, comments, reviews and check runs. What it cannot judge:
 * - comments on lines (it wants `position`, refuses every review that has them, yet keeps the refused review's body);
 * - git, deployments, reactions and the pull requests of a commit (it has none), pictures (it shows no files);
 * - pushes and comments on pull requests as webhooks (no `synchronize`; an `issue_comment` never says that it is about
 *   a pull request): the test sends these two itself, signed;
 * - the buttons of a check run (it does not know whose check run it is).
 */
const temporary = makeTemporaryFolder();
const stop = new AbortController();
const token = ['xoxb', '263594206564', '2343594206574', 'FGqddMF8t08v8N7Oq4i57vs1'].join('-');

const BASE = {
  'package.json': '{ "name": "shop", "type": "module" }\n',
  'src/price.ts': [
    'export function total(prices: readonly number[]): number {',
    '  const sum = prices.reduce((left, right) => left + right, 0);',
    '  const rounded = Math.round(sum * 100) / 100;',
    '  return rounded;',
    '}',
    '',
    'export function discount(price: number, percent: number): number {',
    '  const factor = 1 - percent / 100;',
    '  const reduced = price * factor;',
    '  return reduced;',
    '}',
    '',
  ].join('\n'),
  'src/store.ts': [
    'export async function save(key: string, value: string): Promise<void> {',
    '  const answer = await fetch(`https://store.example/${key}`, { method: "PUT", body: value });',
    '  if (!answer.ok) throw new Error(`could not save ${key}`);',
    '}',
    '',
  ].join('\n'),
  'tools/report.py': 'def total(prices):\n    return sum(prices)\n',
};
const HEAD = {
  'config.json': `{ "slack": "${token}" }\n`,
  'src/price.ts': BASE['src/price.ts'].replace('const reduced', 'let reduced'),
  'src/store.ts': `${BASE['src/store.ts']}\nexport function rename(from: string, to: string): void {\n  save(to, from);\n}\n`,
  'tools/report.py': `${BASE['tools/report.py']}\n\ndef run(text):\n    return eval(text)\n`,
};

const FINDINGS = [
  ['A Slack token is in the code', 'config.json:1'],
  ['A promise is not awaited', 'src/store.ts:7'],
  ['Text that is not fixed is run as code', 'tools/report.py:6'],
  ['A variable that never changes is declared with let', 'src/price.ts:9'],
] as const;

interface Comment {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}
interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: { readonly title: string; readonly summary: string };
}

let github: ForeignGitHub;
let dataFolder: Awaited<ReturnType<typeof makeDataFolder>>;
let app: AppProcess;
let baseSite: ServedPages;
let headSite: ServedPages;
let headSha = '';

/** Commits files on top of `parent` through the git data interface. */
async function commit(files: Readonly<Record<string, string>>, parent: string): Promise<string> {
  const { tree } = await github.act<{ tree: { sha: string } }>('GET', `/git/commits/${parent}`);
  const entries = Object.entries(files).map(([path, content]) => ({
    path,
    mode: '100644',
    type: 'blob',
    content,
  }));
  const { sha } = await github.act<{ sha: string }>('POST', '/git/trees', {
    base_tree: tree.sha,
    tree: entries,
  });
  const made = { message: 'Change files', tree: sha, parents: [parent] };
  return (await github.act<{ sha: string }>('POST', '/git/commits', made)).sha;
}

const ours = async (): Promise<readonly Comment[]> =>
  (await github.act<readonly Comment[]>('GET', '/issues/1/comments?per_page=100')).filter(
    ({ user }) => user.login === 'firsthand[bot]',
  );

/** Comments, and tells the App: the emulation's own webhook does not say that the comment is on a pull request. */
async function say(body: string, who = 'octocat'): Promise<void> {
  const comment = await github.act<object>('POST', '/issues/1/comments', { body }, who);
  const issue = { number: 1, pull_request: {} };
  const event = { action: 'created', issue, comment, repository: await github.act('GET', '') };
  expect(await github.deliver('issue_comment', event)).toBe(200);
}

async function checkRun(name: string, sha: string): Promise<CheckRun | undefined> {
  const { check_runs: runs } = await github.act<{ check_runs: readonly CheckRun[] }>(
    'GET',
    `/commits/${sha}/check-runs`,
  );
  return runs.find((run) => run.name === name);
}

/** Waits for what the App does by itself; fails at once when it ends. */
function eventually<Result>(look: () => Promise<Result>): Promise<Result> {
  return Promise.race([vi.waitFor(look, { timeout: 50_000, interval: 100 }), app.ended]);
}

const completed = (name: string, sha: string): Promise<CheckRun> =>
  eventually(async () => {
    const run = await checkRun(name, sha);
    if (run?.status !== 'completed')
      throw new Error(`${name} is ${run?.status}; the log ends:\n${app.logTail()}`);
    return run;
  });

beforeAll(async () => {
  const home = '<main><h1>Shop</h1><a href="/about">About us</a></main>';
  const about = '<main><h1>About us</h1><p>Everything for a calm home.</p></main>';
  baseSite = await servePages({ '/': home, '/about': about });
  headSite = await servePages({
    '/': home,
    '/about': `${about.replace('<p>', '<p style="background:#c00">')}<script>throw new Error('the map did not load')</script>`,
  });
  github = await startForeignGitHub();
  dataFolder = await makeDataFolder();
  app = await startApp(
    {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: temporary.path,
      FIRSTHAND_BROWSER_PATH: process.env['FIRSTHAND_BROWSER_PATH'],
      PLAYWRIGHT_BROWSERS_PATH: process.env['PLAYWRIGHT_BROWSERS_PATH'],
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: github.app.webhookSecret,
      GITHUB_API_URL: github.apiUrl,
      GITHUB_SERVER_URL: github.serverUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      FIRSTHAND_DATA_DIR: dataFolder.path,
      FIRSTHAND_ALLOW_PRIVATE_HOSTS: `${baseSite.host} ${headSite.host}`,
      FIRSTHAND_THROTTLE: 'false',
    },
    stop.signal,
  );
  github.deliverTo(`${app.url}${WEBHOOK_PATH}`);
  const { object } = await github.act<{ object: { sha: string } }>('GET', '/git/ref/heads/main');
  const config = `preview:\n  base: ${baseSite.url}\nviewports: [desktop]\nexplore: { actions: 8 }\n`;
  const baseSha = await commit({ ...BASE, '.github/firsthand.yml': config }, object.sha);
  await github.act('PATCH', '/git/refs/heads/main', { sha: baseSha });
  headSha = await commit(HEAD, baseSha);
  await github.act('POST', '/git/refs', { ref: 'refs/heads/feature', sha: headSha });
  await github.act('POST', '/pulls', { title: 'Rename things', head: 'feature', base: 'main' });
}, 120_000);

afterAll(async () => {
  await app?.stop();
  await github?.close();
  await baseSite?.close();
  await headSite?.close();
  dataFolder?.remove();
  temporary.remove();
});

describe('the App at a foreign GitHub', { timeout: 60_000 }, () => {
  it('reviews a new pull request from its deliveries, whose ids are no GUIDs', async () => {
    const { conclusion, output } = await completed('Firsthand: review', headSha);
    expect(conclusion).toBe('neutral');
    for (const [title, place] of FINDINGS) {
      expect(output.summary).toMatch(new RegExp(`${title} — <a [^>]*>${place}</a>`, 'u'));
    }
    const opened = github.deliveries.find(({ event }) => event === 'pull_request');
    expect(opened).toMatchObject({ status: 200, id: expect.stringMatching(/^\d+$/u) });
    expect(opened?.payload).not.toHaveProperty('number');
    expect(github.judge.operations.get('git/get-blob')).toBeGreaterThan(0);
  });

  it('puts everything into the body of the review, since comments on lines are refused', async () => {
    const reviews = await github.act<readonly Comment[]>('GET', '/pulls/1/reviews');
    const comments = await github.act<readonly unknown[]>('GET', '/pulls/1/comments');
    expect(comments).toEqual([]);
    for (const [title] of FINDINGS) expect(reviews.at(-1)?.body).toContain(title);
  });

  it('says once in the summary what it found and that it waits for a preview', async () => {
    await completed('Firsthand: preview', headSha);
    const comments = await ours();
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(/^### 1 critical, 2 high, 1 low/u);
    expect(comments[0]?.body).toMatch(/\| Preview \| not verified: waiting for a deployment/u);
  });

  it('answers /help, and a command of somebody who may not write', async () => {
    await say('/help');
    await say('/verify', 'reader');
    const [, first, second] = await eventually(async () => {
      const comments = await ours();
      if (comments.length < 3)
        throw new Error(`${comments.length} comments; the log ends:\n${app.logTail()}`);
      return comments;
    });
    const answers = `${first?.body}\n${second?.body}`;
    expect(answers).toContain('| `/cancel` |');
    expect(answers).toContain('`reader` has no write access');
  });

  it('tries the site that /verify names beside the base that the repository configures', async () => {
    const before = await checkRun('Firsthand: preview', headSha);
    await say(`/verify ${headSite.url}`);
    const { conclusion, output } = await eventually(async () => {
      const run = await checkRun('Firsthand: preview', headSha);
      if (run?.status === 'completed' && run.id !== before?.id) return run;
      throw new Error(`no second run; the log ends:\n${app.logTail()}`);
    });
    expect(conclusion).toBe('neutral');
    expect(output.summary).toContain('the map did not load');
    expect((await ours())[0]?.body).toMatch(/<img [^>]*\/octocat\/shop\/raw\/[0-9a-f]{40}\//u);
    expect([...headSite.seen, ...baseSite.seen]).toEqual(expect.arrayContaining(['GET /', 'GET /about']));
  });

  it('writes the review of a newer head into the same summary', async () => {
    const [summary] = await ours();
    // The emulation moves the head only this way, and tells nobody.
    await github.act('PUT', '/pulls/1/update-branch', {});
    const pull = await github.act<{ head: { sha: string } }>('GET', '/pulls/1');
    const repository = await github.act('GET', '');
    const event = { action: 'synchronize', before: headSha, pull_request: pull, repository };
    expect(await github.deliver('pull_request', event)).toBe(200);
    await completed('Firsthand: review', pull.head.sha);
    await completed('Firsthand: preview', pull.head.sha);
    const comments = await ours();
    expect(comments).toHaveLength(3);
    expect(comments[0]?.id).toBe(summary?.id);
    expect(comments[0]?.body).toContain(`/blob/${pull.head.sha}/config.json`);
  });

  it('asked for nothing that GitHub would refuse', () => {
    expect(github.judge.violations.filter(({ subject }) => subject === 'request')).toEqual([]);
    expect(github.deliveries.filter(({ status }) => status !== 200)).toEqual([]);
  });
});
