import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appJwt, git, makeRepository, openFeature, refusalOf, type Sample, startSample } from './sample.ts';

let sample: Sample;
let number: number;
let headSha: string;

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fake-github-private-'));
  makeRepository(folder);
  sample = await startSample({
    others: () => [
      { owner: 'acme', name: 'vault', folder, isPrivate: true, isInstalled: false, roles: { ada: 'read' } },
    ],
  });
  number = await openFeature(sample);
  headSha = git(sample.folder, 'rev-parse', 'feature');
});

afterAll(() => sample[Symbol.asyncDispose]());

describe('credentials', () => {
  it('takes only a JSON web token signed by the app, issued by it, for at most ten minutes', async () => {
    const { github } = sample;
    const ask = (jwt: string) => sample.octokitOf(jwt).rest.apps.getAuthenticated();
    const seconds = Math.floor(Date.now() / 1000);
    await expect(ask(appJwt(github))).resolves.toMatchObject({ status: 200 });
    await expect(ask(appJwt(github, { iss: github.state.app.clientId }))).resolves.toMatchObject({
      status: 200,
    });
    expect(await refusalOf(ask(appJwt(github, { exp: seconds + 3600 })))).toMatchObject({
      status: 401,
      message: expect.stringContaining('too far in the future'),
    });
    expect((await refusalOf(ask(appJwt(github, { exp: seconds - 1 })))).status).toBe(401);
    expect((await refusalOf(ask(appJwt(github, { iss: 1 })))).status).toBe(401);
    expect((await refusalOf(ask(appJwt(github, { iat: seconds + 300 })))).status).toBe(401);
    const forged = `${appJwt(github).split('.').slice(0, 2).join('.')}.AAAA`;
    expect((await refusalOf(ask(forged))).status).toBe(401);
  });

  it('takes a token until it expires or is revoked', async () => {
    let now = new Date();
    await using short = await startSample({ now: () => now, tokenLifetimeMs: 60_000 });
    const ask = () => short.octokit.rest.repos.get(short.at);
    await expect(ask()).resolves.toMatchObject({ status: 200 });
    now = new Date(now.getTime() + 61_000);
    expect(await refusalOf(ask())).toMatchObject({
      status: 401,
      message: expect.stringContaining('Bad credentials'),
    });

    const { data } = await sample.appOctokit.rest.apps.createInstallationAccessToken({
      installation_id: sample.installationId,
    });
    const other = sample.octokitOf(data.token);
    await other.rest.apps.revokeInstallationAccessToken();
    expect((await refusalOf(other.rest.repos.get(sample.at))).status).toBe(401);
  });

  it('shows no private repository to a token that is not for it: 404, not 403', async () => {
    const vault = { owner: 'acme', repo: 'vault' };
    expect((await refusalOf(sample.octokit.rest.repos.get(vault))).status).toBe(404);
    expect((await refusalOf(sample.octokitOf(undefined).rest.repos.get(vault))).status).toBe(404);
    const ada = sample.octokitOf(sample.github.tokenOf('ada'));
    expect((await ada.rest.repos.get(vault)).data.private).toBe(true);
  });

  it('refuses what the installation was not granted', async () => {
    await using poor = await startSample({
      app: { permissions: { metadata: 'read', pull_requests: 'read' } },
    });
    const pull_number = await openFeature(poor);
    const { octokit, at } = poor;
    await expect(octokit.rest.pulls.get({ ...at, pull_number })).resolves.toMatchObject({ status: 200 });
    const refused = [
      () => octokit.rest.pulls.createReview({ ...at, pull_number, event: 'COMMENT', body: 'x' }),
      () => octokit.rest.issues.createComment({ ...at, issue_number: pull_number, body: 'x' }),
      () => octokit.rest.repos.getContent({ ...at, path: 'new.txt' }),
      () => octokit.rest.checks.create({ ...at, name: 'x', head_sha: headSha }),
      () => octokit.rest.repos.listDeployments(at),
    ];
    for (const request of refused) {
      expect(await refusalOf(request())).toMatchObject({
        status: 403,
        message: expect.stringContaining('Resource not accessible by integration'),
      });
    }
    const beyond = poor.appOctokit.rest.apps.createInstallationAccessToken({
      installation_id: poor.installationId,
      permissions: { contents: 'write' },
    });
    expect((await refusalOf(beyond)).status).toBe(422);
  });

  it("lets the app change only its own comments, and a reader write no one else's", async () => {
    const { octokit, at, github } = sample;
    const { id } = await github.people.comment({
      repository: 'acme/shop',
      number,
      author: 'ada',
      body: 'mine',
    });
    expect(
      (await refusalOf(octokit.rest.issues.updateComment({ ...at, comment_id: id, body: 'yours' }))).status,
    ).toBe(403);
    const bob = sample.octokitOf(github.tokenOf('bob'));
    expect(
      (await refusalOf(bob.rest.issues.updateComment({ ...at, comment_id: id, body: 'yours' }))).status,
    ).toBe(403);
    expect((await refusalOf(bob.rest.git.createBlob({ ...at, content: 'x' }))).status).toBe(403);
    expect(github.state.repositories.get('acme/shop')?.issueComments.get(id)?.body).toBe('mine');
  });
});

describe('reviews', () => {
  const review = (
    ...comments: {
      path: string;
      body: string;
      line?: number;
      side?: string;
      start_line?: number;
      start_side?: string;
    }[]
  ) =>
    sample.octokit.rest.pulls.createReview({
      ...sample.at,
      pull_number: number,
      commit_id: headSha,
      event: 'COMMENT',
      body: 'b',
      comments,
    });
  const good = { path: 'src/numbers.txt', line: 10, side: 'RIGHT', body: 'good' };

  it('are refused whole when one comment lies outside the diff, naming the field and not the entry', async () => {
    const before = sample.github.state.repositories.get('acme/shop')?.reviewComments.size;
    for (const [bad, field] of [
      [{ ...good, line: 30 }, 'line'],
      [{ ...good, line: 14 }, 'line'],
      [{ ...good, path: 'new.txt', line: 1, side: 'LEFT' }, 'line'],
      [{ ...good, path: 'elsewhere.txt' }, 'path'],
      [{ ...good, start_line: 8, start_side: 'RIGHT', line: 50 }, 'start line'],
    ] as const) {
      const { status, data } = await refusalOf(review(good, bad));
      expect(status).toBe(422);
      expect(data.errors).toEqual([expect.stringContaining(` ${field} `)]);
      expect(JSON.stringify(data)).not.toContain(bad.path);
    }
    expect(sample.github.state.repositories.get('acme/shop')?.reviewComments.size).toBe(before);
  });

  it('take the last and the first line of a hunk', async () => {
    await expect(review({ ...good, line: 7 }, { ...good, line: 13 })).resolves.toMatchObject({ status: 200 });
  });

  it('need lines in order, a known side, and something to say', async () => {
    expect((await refusalOf(review({ ...good, start_line: 10, line: 10 }))).message).toContain(
      'start_line must precede',
    );
    expect((await refusalOf(review({ ...good, side: 'BOTH' }))).message).toContain('/comments/0/side');
    const { octokit, at } = sample;
    const empty = octokit.rest.pulls.createReview({ ...at, pull_number: number, event: 'COMMENT' });
    expect((await refusalOf(empty)).status).toBe(422);
    const foreign = octokit.rest.pulls.createReview({
      ...at,
      pull_number: number,
      event: 'COMMENT',
      body: 'x',
      commit_id: '1'.repeat(40),
    });
    expect((await refusalOf(foreign)).status).toBe(422);
  });

  it('allow replies to the first comment of a thread only', async () => {
    const { octokit, at } = sample;
    const first = await octokit.rest.pulls.createReviewComment({
      ...at,
      pull_number: number,
      commit_id: headSha,
      path: 'new.txt',
      line: 1,
      body: 'x',
    });
    const reply = await octokit.rest.pulls.createReplyForReviewComment({
      ...at,
      pull_number: number,
      comment_id: first.data.id,
      body: 'y',
    });
    const nested = octokit.rest.pulls.createReplyForReviewComment({
      ...at,
      pull_number: number,
      comment_id: reply.data.id,
      body: 'z',
    });
    expect((await refusalOf(nested)).status).toBe(404);
  });
});

describe('limits', () => {
  it('takes 65,536 characters in a body and not one more', async () => {
    const { octokit, at } = sample;
    const comment = (length: number) =>
      octokit.rest.issues.createComment({ ...at, issue_number: number, body: 'é'.repeat(length) });
    await expect(comment(65_536)).resolves.toMatchObject({ status: 201 });
    expect(await refusalOf(comment(65_537))).toMatchObject({
      status: 422,
      message: expect.stringContaining('too long'),
    });
  });

  it('takes 50 annotations, 65,535 characters and three short buttons on a check run', async () => {
    const { octokit, at } = sample;
    const annotation = {
      path: 'new.txt',
      start_line: 1,
      end_line: 1,
      annotation_level: 'notice',
      message: 'm',
    } as const;
    const create = (more: object) =>
      octokit.rest.checks.create({ ...at, name: 'n', head_sha: headSha, ...more });
    const output = { title: 't', summary: 's' };
    const annotations = (count: number) => ({
      output: { ...output, annotations: Array.from({ length: count }, () => annotation) },
    });
    await expect(create(annotations(50))).resolves.toMatchObject({ status: 201 });
    const button = { label: 'Run', description: 'Run it', identifier: 'run' };
    for (const bad of [
      annotations(51),
      { output: { ...output, summary: 'x'.repeat(65_536) } },
      { output: { ...output, text: 'x'.repeat(65_536) } },
      { actions: [button, button, button, button] },
      { actions: [{ ...button, label: 'x'.repeat(21) }] },
      { status: 'completed' },
      { conclusion: 'stale' },
      { head_sha: '1'.repeat(40) },
      { output: { ...output, annotations: [{ ...annotation, end_line: 2, start_column: 1 }] } },
    ]) {
      expect((await refusalOf(create(bad))).status).toBe(422);
    }
  });

  it('refuses the diff of more than 300 files with 406 and still lists them', async () => {
    await using large = await startSample();
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`many/${index}.txt`, 'x\n']));
    await large.github.people.push({
      repository: 'acme/shop',
      branch: 'feature',
      author: 'ada',
      files,
      message: 'many',
    });
    const pull_number = await openFeature(large);
    const { octokit, at } = large;
    const refused = await refusalOf(
      octokit.rest.pulls.get({ ...at, pull_number, mediaType: { format: 'diff' } }),
    );
    expect(refused).toMatchObject({ status: 406, data: { errors: [{ code: 'too_large' }] } });
    const all = await octokit.paginate(octokit.rest.pulls.listFiles, { ...at, pull_number, per_page: 100 });
    expect(all).toHaveLength(306);
  });

  it('slows down who writes too fast, with retry-after', async () => {
    await using busy = await startSample();
    const issue_number = await openFeature(busy);
    busy.github.limits.contentPerMinute = 2;
    busy.github.limits.retryAfterSeconds = 7;
    const comment = () => busy.octokit.rest.issues.createComment({ ...busy.at, issue_number, body: 'x' });
    await comment();
    await comment();
    const { status, message, headers } = await refusalOf(comment());
    expect([status, headers['retry-after']]).toEqual([403, '7']);
    expect(message).toContain('secondary rate limit');
    await expect(busy.octokit.rest.issues.listComments({ ...busy.at, issue_number })).resolves.toMatchObject({
      status: 200,
    });
  });
});

describe('ordered troubles', () => {
  it('fails the next request of an operation, before or after it took effect', async () => {
    const { octokit, at, github } = sample;
    const comment = (body: string) =>
      octokit.rest.issues.createComment({ ...at, issue_number: number, body });
    const bodies = () =>
      [...(github.state.repositories.get('acme/shop')?.issueComments.values() ?? [])].map(({ body }) => body);
    github.faults.next('issues/create-comment', { answer: 502 });
    expect((await refusalOf(comment('never'))).status).toBe(502);
    expect(bodies()).not.toContain('never');
    github.faults.next('issues/create-comment', { answer: 'reset', when: 'after' });
    await expect(comment('made, answer lost')).rejects.toThrow(
      /fetch failed|socket|other side closed|terminated/i,
    );
    expect(bodies()).toContain('made, answer lost');
    await expect(comment('fine')).resolves.toMatchObject({ status: 201 });
  });

  it('never answers a request that is to time out', async () => {
    const { octokit, at, github } = sample;
    github.faults.next('repos/get', { answer: 'timeout' });
    const aborting = new AbortController();
    const request = octokit.rest.repos.get({ ...at, request: { signal: aborting.signal } });
    setTimeout(() => aborting.abort(), 30);
    await expect(request).rejects.toThrow(/abort/i);
  });
});
