import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeGitHub, startFakeGitHub } from '../../src/fake-github/fake-github.ts';
import { createInstallations } from '../../src/github/create-installations.ts';
import type { Installation } from '../../src/jobs/ports.ts';
import type { CheckRun } from '../../src/report/ports.ts';
import type { GitObjects } from '../../src/review/ports.ts';
import { type RunningServer, startServer } from '../../src/server/start-server.ts';
import { createRecordingQueue, type RecordingQueue } from '../support/recording-queue.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const PULL = { owner: 'acme', repo: 'shop', number: 1 };
const MARKER = '<!-- firsthand:summary v1 {} -->';
const logger = createSilentLogger();
const temporary = makeTemporaryFolder();

let github: FakeGitHub;
let server: RunningServer;
let queue: RecordingQueue;
let installation: Installation;
let headSha = '';

beforeAll(async () => {
  const folder = join(temporary.path, 'shop.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  github = await startFakeGitHub({
    repositories: [
      { owner: 'acme', name: 'shop', folder, isPrivate: true, roles: { mona: 'write', eve: 'read' } },
    ],
    tokenLifetimeMs: 3_600_000,
  });
  const { app } = github.state;
  queue = createRecordingQueue();
  server = await startServer({
    port: 0,
    host: '127.0.0.1',
    appId: app.id,
    privateKey: app.privateKey,
    webhookSecret: app.webhookSecret,
    apiUrl: github.apiUrl,
    queue,
    logger,
  });
  app.webhookUrl = `${server.url}/api/github/webhooks`;

  const at = { repository: 'acme/shop', author: 'mona' };
  const base = await github.people.push({ ...at, branch: 'main', files: { 'cart.js': 'one\ntwo\nthree\n' } });
  await github.people.push({ ...at, branch: 'feature', sha: base });
  headSha = await github.people.push({ ...at, branch: 'feature', files: { 'cart.js': 'one\n2\nthree\n' } });
  await github.people.openPullRequest({ ...at, head: 'feature', title: 'Change two' });

  const [installationId = 0] = github.state.installations.keys();
  const installations = createInstallations({
    appId: app.id,
    privateKey: app.privateKey,
    apiUrl: github.apiUrl,
    serverUrl: github.serverUrl,
    gitCacheFolder: '/nowhere',
    // What git would do with it is tested with git; here, only that GitHub takes the token.
    openObjects: async ({ remoteUrl, token }, abort) => {
      const headers = { authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}` };
      const refs = await fetch(`${remoteUrl}/info/refs?service=git-upload-pack`, { headers, signal: abort });
      if (!refs.ok) throw new Error(`git answered ${refs.status}`);
      return {} as GitObjects;
    },
    throttle: false,
    logger,
  });
  installation = await installations.open(installationId);
});

afterAll(async () => {
  await github.idle();
  await server.close();
  await github.close();
  temporary.remove();
});

describe('the app at the fake GitHub', () => {
  it('turns the webhook of a new pull request into two jobs', () => {
    expect(queue.jobs.map(({ job }) => job)).toMatchObject([
      { kind: 'review', ...PULL, headSha },
      { kind: 'verify', ...PULL, headSha },
    ]);
  });

  it('takes no second job from a redelivery', async () => {
    const delivery = github.state.deliveries.find(({ event }) => event === 'pull_request');
    const again = await github.people.redeliver(delivery?.guid ?? 'none');
    expect(again).toMatchObject({ event: 'pull_request' });
    expect(queue.jobs).toHaveLength(2);
  });

  it('reads the pull request', async () => {
    expect(await installation.getPullRequest(PULL, signal)).toMatchObject({
      headSha,
      baseRef: 'main',
      isFromFork: false,
    });
    expect(await installation.findPullRequests(PULL, headSha, signal)).toEqual([1]);
  });

  it('knows who may write', async () => {
    expect(await installation.canWrite(PULL, 'mona', signal)).toBe(true);
    expect(await installation.canWrite(PULL, 'eve', signal)).toBe(false);
    expect(await installation.canWrite(PULL, 'nobody-at-all', signal)).toBe(false);
  });

  it('finds its own comments among others’, edits one, and sees one gone', async () => {
    await github.people.comment({ repository: 'acme/shop', number: 1, author: 'eve', body: MARKER });
    const mine = await installation.createComment(PULL, `Hello\n${MARKER}`, signal);
    expect(await installation.listOwnComments(PULL, signal)).toEqual([mine]);
    expect(await installation.updateComment(PULL, mine.id, `Bye\n${MARKER}`, signal)).toEqual({
      kind: 'updated',
    });
    expect(await installation.listOwnComments(PULL, signal)).toEqual([
      { id: mine.id, body: `Bye\n${MARKER}` },
    ]);
    github.people.deleteComment({ repository: 'acme/shop', id: mine.id });
    expect(await installation.updateComment(PULL, mine.id, 'x', signal)).toEqual({ kind: 'gone' });
  });

  it('turns a command into a job, and acknowledges it', async () => {
    const { id } = await github.people.comment({
      repository: 'acme/shop',
      number: 1,
      author: 'mona',
      body: '/verify',
    });
    expect(queue.jobs.at(-1)?.job).toMatchObject({ kind: 'command', commentId: id, author: 'mona' });
    await installation.react(PULL, id, 'eyes', signal);
    const comment = github.state.repositories.get('acme/shop')?.issueComments.get(id);
    expect(comment?.reactions.map(({ content }) => content)).toEqual(['eyes']);
  });

  it('posts a review, and has one refused whose comment lies outside the diff', async () => {
    const comment = (line: number) => ({
      location: { path: 'cart.js', side: 'RIGHT', startLine: line, endLine: line } as const,
      body: 'Why?',
    });
    const body = `One finding.\n${MARKER}`;
    const good = { commitSha: headSha, body, comments: [comment(2)] };
    const created = await installation.createReview(PULL, good, signal);
    expect(created.kind).toBe('created');
    const refused = await installation.createReview(
      PULL,
      { ...good, comments: [comment(2), comment(99)] },
      signal,
    );
    expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/line/i) });
    expect(await installation.listOwnReviews(PULL, signal)).toMatchObject([{ body, commitSha: headSha }]);
  });

  it('keeps one check run through all its states, with all its annotations', async () => {
    const running: CheckRun = {
      name: 'Firsthand: review',
      headSha,
      externalId: 'run-1',
      status: 'in_progress',
      title: 'Reading',
      summary: 'Three reviewers read the diff.',
      annotations: [],
      actions: [{ label: 'Cancel', description: 'Stop this run', identifier: 'cancel' }],
    };
    await installation.putCheckRun(PULL, running, signal);
    const annotations = Array.from({ length: 75 }, (_, index) => ({
      path: 'cart.js',
      startLine: 2,
      endLine: 2,
      level: 'notice' as const,
      title: `Finding ${index}`,
      message: 'Why?',
    }));
    const done: CheckRun = {
      ...running,
      status: 'completed',
      conclusion: 'neutral',
      title: 'Done',
      annotations,
    };
    await installation.putCheckRun(PULL, done, signal);
    // A repeated attempt changes nothing.
    await installation.putCheckRun(PULL, done, signal);
    const runs = [...(github.state.repositories.get('acme/shop')?.checkRuns.values() ?? [])];
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ status: 'completed', conclusion: 'neutral', externalId: 'run-1' });
    expect(runs[0]?.annotations).toHaveLength(75);

    const by = { repository: 'acme/shop', id: runs[0]?.id ?? 0, by: 'mona' };
    await github.people.pressCheckAction({ ...by, identifier: 'cancel' });
    expect(queue.jobs.at(-1)?.job).toMatchObject({
      kind: 'check-action',
      action: 'cancel',
      check: 'review',
      pulls: [1],
    });
    await github.people.rerequestCheckSuite(by);
    expect(queue.jobs.at(-1)?.job).toMatchObject({ kind: 'check-action', action: 'rerun', check: 'all' });
  });

  it('stores pictures that a signed-in reader sees and others do not, at the same address each time', async () => {
    const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);
    const urls = await installation.storePictures(PULL, 'pr-1', [{ name: 'a.png', png }], signal);
    expect(await installation.storePictures(PULL, 'pr-1', [{ name: 'a.png', png }], signal)).toEqual(urls);
    const url = urls.get('a.png') ?? '';
    const headers = { authorization: `Bearer ${github.tokenOf('eve')}` };
    expect(new Uint8Array(await (await fetch(url, { headers })).arrayBuffer())).toEqual(png);
    expect((await fetch(url)).status).toBe(404);
    await installation.storePictures(PULL, 'pr-1', [{ name: 'b.png', png }], signal);
    expect((await fetch(url, { headers })).status).toBe(200);
  });

  it('finds the deployments of a commit and of a branch', async () => {
    const deploy = (ref: string, url: string) =>
      github.people.deploy({ repository: 'acme/shop', ref, environment: 'preview', url, by: 'mona' });
    await deploy(headSha, 'https://pr-1.example.dev');
    expect(queue.jobs.at(-1)?.job).toMatchObject({
      kind: 'deployment',
      sha: headSha,
      url: 'https://pr-1.example.dev',
    });
    const { deployment } = await deploy('main', 'https://main.example.dev');
    expect(await installation.listDeployments(PULL, { sha: headSha }, signal)).toMatchObject([
      { url: 'https://pr-1.example.dev' },
    ]);
    expect(await installation.listDeployments(PULL, { ref: 'main' }, signal)).toMatchObject([
      { url: 'https://main.example.dev' },
    ]);
    await github.people.deploy({
      repository: 'acme/shop',
      ref: 'main',
      environment: 'preview',
      state: 'inactive',
      by: 'mona',
      deployment: deployment.id,
    });
    expect(await installation.listDeployments(PULL, { ref: 'main' }, signal)).toEqual([]);
  });

  it('hears of a status that links to a site, and reads it beside deployments, check runs and comments', async () => {
    const url = 'https://deploy-preview-1--acme-shop.netlify.app';
    const set = (context: string, state: string, target: string) =>
      fetch(`${github.apiUrl}/repos/acme/shop/statuses/${headSha}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${github.tokenOf('mona')}`, 'content-type': 'application/json' },
        body: JSON.stringify({ context, state, target_url: target }),
      });
    const context = 'netlify/acme-shop/deploy-preview';
    expect((await set(context, 'pending', 'https://app.netlify.com/sites/acme-shop/deploys/1')).status).toBe(
      201,
    );
    expect((await set(context, 'success', url)).status).toBe(201);
    await github.idle();
    expect(queue.jobs.filter(({ job }) => job.kind === 'preview-sign').map(({ job }) => job)).toMatchObject([
      { of: { sha: headSha }, cause: expect.stringMatching(/^status:/) },
    ]);
    const body = `Preview: ${url}`;
    await github.people.comment({ repository: 'acme/shop', number: 1, author: 'eve', body });
    const signs = await installation.listPreviewSigns(
      await installation.getPullRequest(PULL, signal),
      signal,
    );
    expect(signs).toMatchObject({
      statuses: [{ context, state: 'success', url, creator: 'mona' }],
      deployments: [{ environment: 'preview', state: 'success', creator: 'mona' }],
      unread: [],
    });
    expect(signs.comments).toContainEqual(expect.objectContaining({ author: 'eve', isBot: false, body }));
    expect(signs.checks.map(({ creator }) => creator)).toEqual(
      signs.checks.map(() => `${github.state.app.slug}[bot]`),
    );
  });

  it('reads what it may where a permission was not granted', async () => {
    const granted = [...github.state.installations.values()].find(({ id }) => id > 0);
    if (granted === undefined) throw new Error('the app is installed');
    const { statuses: _, ...less } = granted.permissions;
    const before = granted.permissions;
    granted.permissions = less;
    for (const token of github.state.tokens.values())
      github.state.tokens.set(token.token, { ...token, permissions: less });
    const signs = await installation.listPreviewSigns(
      await installation.getPullRequest(PULL, signal),
      signal,
    );
    granted.permissions = before;
    for (const token of github.state.tokens.values())
      github.state.tokens.set(token.token, { ...token, permissions: before });
    expect(signs.statuses).toEqual([]);
    expect(signs.deployments).toHaveLength(1);
    expect(signs.unread).toMatchObject([
      { what: 'commit statuses', why: expect.stringContaining('statuses: read') },
    ]);
  });

  it('reads git with a token that can write nothing', async () => {
    const pull = await installation.getPullRequest(PULL, signal);
    await expect(installation.openObjects(pull, signal)).resolves.toEqual({});
  });

  it('supersedes older runs after a push, and ends all when the pull request is closed', async () => {
    const at = { repository: 'acme/shop', author: 'mona' };
    const next = await github.people.push({
      ...at,
      branch: 'feature',
      files: { 'cart.js': 'one\nII\nthree\n' },
    });
    expect(queue.jobs.at(-1)?.job).toMatchObject({ kind: 'superseded', ...PULL, headSha: next });
    await github.people.closePullRequest({ repository: 'acme/shop', number: 1, by: 'mona' });
    expect(queue.jobs.at(-1)?.job).toMatchObject({ kind: 'closed', ...PULL });
  });

  it('made no request, and got no webhook, that breaks GitHub’s description', async () => {
    await github.idle();
    expect(github.judge.violations).toEqual([]);
  });
});
