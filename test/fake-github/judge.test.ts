import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Octokit } from 'octokit';
import { describe, expect, it } from 'vitest';
import { OPERATION_ACCESS } from '../../src/fake-github/auth/operation-access.ts';
import { createHandlers } from '../../src/fake-github/rest/handlers.ts';
import { loadGitHubDescription } from '../../src/fake-github/validator/description.ts';
import { createJudge } from '../../src/fake-github/validator/judge.ts';
import { startJudgeProxy } from '../../src/fake-github/validator/judge-proxy.ts';
import { openFeature, refusalOf, startSample } from './sample.ts';

/** What the judge says of one request, as `where what`. */
function complaints(method: string, address: string, body?: unknown): string[] {
  const url = new URL(address, 'http://github');
  const judge = createJudge();
  judge.judgeRequest({ method, path: url.pathname, query: url.searchParams, body });
  return judge.violations.map(({ where, what }) => `${where} ${what}`.trim());
}

const PULL = '/repos/o/r/pulls/1';
const CHECKS = '/repos/o/r/check-runs';

describe('createJudge', () => {
  it.each<[string, string, string, unknown]>([
    [
      'a side that is neither LEFT nor RIGHT',
      'POST',
      `${PULL}/reviews`,
      { comments: [{ path: 'a', body: 'b', line: 1, side: 'BOTH' }] },
    ],
    [
      'an unknown nested property',
      'POST',
      `${PULL}/reviews`,
      { comments: [{ path: 'a', body: 'b', line: 1, end_line: 2 }] },
    ],
    ['an unknown property', 'POST', CHECKS, { name: 'n', head_sha: 's', headSha: 's' }],
    ['an event in the wrong case', 'POST', `${PULL}/reviews`, { event: 'comment', body: 'b' }],
    ['a line that is a text', 'POST', `${PULL}/reviews`, { comments: [{ path: 'a', body: 'b', line: '1' }] }],
    [
      'a start after the end',
      'POST',
      `${PULL}/reviews`,
      { comments: [{ path: 'a', body: 'b', start_line: 3, line: 2 }] },
    ],
    [
      'a start without an end',
      'POST',
      `${PULL}/reviews`,
      { comments: [{ path: 'a', body: 'b', start_line: 3 }] },
    ],
    ['a missing body', 'POST', '/repos/o/r/issues/1/comments', {}],
    ['no JSON at all', 'POST', '/repos/o/r/issues/1/comments', undefined],
    ['a body that is too long', 'POST', '/repos/o/r/issues/1/comments', { body: 'x'.repeat(65_537) }],
    ['a summary that is too long', 'PATCH', `${CHECKS}/1`, { output: { summary: 'x'.repeat(65_536) } }],
    ['a missing summary', 'POST', CHECKS, { name: 'n', head_sha: 's', output: { title: 't' } }],
    ['an unknown status', 'POST', CHECKS, { name: 'n', head_sha: 's', status: 'done' }],
    ['a completed check without a conclusion', 'PATCH', `${CHECKS}/1`, { status: 'completed' }],
    ['a conclusion that only GitHub gives', 'PATCH', `${CHECKS}/1`, { conclusion: 'stale' }],
    [
      'four buttons',
      'POST',
      CHECKS,
      {
        name: 'n',
        head_sha: 's',
        actions: Array.from({ length: 4 }, () => ({ label: 'l', description: 'd', identifier: 'i' })),
      },
    ],
    ['an unknown reaction', 'POST', '/repos/o/r/issues/comments/1/reactions', { content: 'thumbsup' }],
    [
      'an unknown file mode',
      'POST',
      '/repos/o/r/git/trees',
      { tree: [{ path: 'a', mode: '0644', type: 'blob', content: '' }] },
    ],
    ['an unknown route', 'GET', '/repos/o/r/pull/1', undefined],
    ['a method that the route lacks', 'PUT', PULL, { title: 't' }],
    ['an unknown query parameter', 'GET', `${PULL}/files?perPage=100`, undefined],
    ['a query value out of its list', 'GET', '/repos/o/r/pulls?state=opened', undefined],
    ['a number that is none', 'GET', '/repos/o/r/pulls/one', undefined],
  ])('catches %s', (_, method, address, body) => {
    expect(complaints(method, address, body)).not.toEqual([]);
  });

  it('catches the 51st annotation, by name', () => {
    const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
    const body = (count: number) => ({
      name: 'n',
      head_sha: 's',
      output: { title: 't', summary: 's', annotations: Array.from({ length: count }, () => annotation) },
    });
    expect(complaints('POST', CHECKS, body(50))).toEqual([]);
    expect(complaints('POST', CHECKS, body(51))).toEqual([
      '/output/annotations must NOT have more than 50 items',
    ]);
  });

  it('lets right requests pass, with encoded and with plain slashes', () => {
    expect(complaints('GET', `${PULL}/files?per_page=100&page=2`)).toEqual([]);
    expect(complaints('GET', '/repos/o/r/git/ref/heads%2Fmain')).toEqual([]);
    expect(complaints('GET', '/repos/o/r/git/ref/heads/main')).toEqual([]);
    expect(complaints('GET', '/repos/o/r/contents')).toEqual([]);
    expect(complaints('GET', '/repos/o/r/compare/main...feature/x')).toEqual([]);
    expect(
      complaints('POST', `${PULL}/reviews`, {
        event: 'COMMENT',
        comments: [{ path: 'a', body: 'b', start_line: 1, start_side: 'LEFT', line: 2, side: 'RIGHT' }],
      }),
    ).toEqual([]);
  });

  it('judges replies and webhooks, and counts by operation', () => {
    const judge = createJudge();
    judge.judgeRequest({ method: 'GET', path: PULL, query: new URLSearchParams(), body: undefined });
    judge.judgeReply({ method: 'GET', path: PULL }, 200, { number: 'one' });
    judge.judgeReply({ method: 'GET', path: PULL }, 201, {});
    judge.judgeWebhook('pull_request', { action: 'opened' });
    judge.judgeWebhook('pull_request', { action: 'exploded' });
    const told = judge.violations.map(({ subject, operationId, where, what }) => [
      subject,
      operationId,
      where,
      what,
    ]);
    expect(told).toContainEqual(['reply', 'pulls/get', '/number', 'must be integer']);
    expect(told).toContainEqual(['reply', 'pulls/get', '', 'GitHub never answers 201 here']);
    expect(told).toContainEqual([
      'webhook',
      'pull-request-opened',
      '',
      "must have required property 'number'",
    ]);
    expect(told).toContainEqual([
      'webhook',
      'pull-request-exploded',
      '',
      'GitHub has no webhook pull-request-exploded',
    ]);
    expect([...judge.operations]).toEqual([['pulls/get', 1]]);
  });

  it('judges GraphQL documents and their variables by the published schema', () => {
    const ask = (query: string, variables?: object): string[] => {
      const judge = createJudge();
      judge.judgeGraphql({ query, variables });
      return judge.violations.map(({ what }) => what);
    };
    const resolve =
      'mutation($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';
    expect(ask(resolve, { id: 'x' })).toEqual([]);
    expect(ask(resolve, {})).toEqual([expect.stringContaining('"$id"')]);
    expect(ask(resolve.replace('threadId', 'thread'), { id: 'x' })).toEqual([
      expect.stringMatching(/threadId/),
      expect.stringMatching(/"thread" is not defined/),
    ]);
    expect(ask('{ repository(owner: "o", name: "r") { nothing } }')).toEqual([
      expect.stringContaining('Cannot query field "nothing"'),
    ]);
    expect(ask('{ repository(')).toEqual([expect.stringContaining('Syntax Error')]);
  });
});

describe("the fake's tables", () => {
  it('give a permission to every operation that the fake knows, and to no other', () => {
    const known = Object.keys(createHandlers(1)).sort();
    const described = new Set(loadGitHubDescription().operations.map(({ operationId }) => operationId));
    expect(known.filter((operationId) => !described.has(operationId))).toEqual([]);
    expect(Object.keys(OPERATION_ACCESS).sort()).toEqual(known);
  });

  it('come with the descriptions that they are judged by', () => {
    const folder = path.join(import.meta.dirname, '../../src/fake-github/generated');
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'api.github.com.json.gz', 'schema.graphql.gz']);
  });
});

describe('requests that break the description', () => {
  it('are refused with 422 and kept', async () => {
    await using sample = await startSample();
    const issue_number = await openFeature(sample);
    const request = sample.octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...sample.at,
      issue_number,
      body: 'x',
      in_reply_to: 3,
    });
    expect(await refusalOf(request)).toMatchObject({
      status: 422,
      message: expect.stringContaining('in_reply_to'),
    });
    expect(sample.github.judge.violations).toMatchObject([
      { subject: 'request', operationId: 'issues/create-comment', method: 'POST', where: '' },
    ]);
    expect(sample.github.state.repositories.get('acme/shop')?.issueComments.size).toBe(0);
  });

  it('are carried out and kept when told to pass', async () => {
    await using sample = await startSample({ brokenRequests: 'pass' });
    const issue_number = await openFeature(sample);
    await sample.octokit.rest.issues.createComment({ ...sample.at, issue_number, body: 'x', nonsense: 1 });
    expect(sample.github.judge.violations).toHaveLength(1);
    expect(sample.github.state.repositories.get('acme/shop')?.issueComments.size).toBe(1);
  });

  it('are 404 when GitHub has no such route, and 501 when only the fake lacks it', async () => {
    await using sample = await startSample();
    expect((await refusalOf(sample.octokit.request('GET /nowhere'))).status).toBe(404);
    expect(await refusalOf(sample.octokit.rest.repos.listTags(sample.at))).toMatchObject({
      status: 501,
      message: expect.stringContaining('repos/list-tags'),
    });
  });
});

describe('startJudgeProxy', () => {
  it('stands before another server, refuses what GitHub would, and judges the answers', async () => {
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.writeHead(200, {
        'content-type': 'application/json',
        link: `<http://127.0.0.1:${port()}/x?page=2>; rel="next"`,
      });
      response.end('{"id":"not a number"}');
    });
    const port = () => (other.address() as AddressInfo).port;
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const proxy = await startJudgeProxy({ target: `http://127.0.0.1:${port()}` });
    try {
      const octokit = new Octokit({
        baseUrl: proxy.url,
        auth: 't',
        throttle: { enabled: false },
        retry: { enabled: false },
      });
      const at = { owner: 'o', repo: 'r' };
      const { headers } = await octokit.rest.repos.get(at);
      expect(headers.link).toContain(`${proxy.url}/x?page=2`);
      expect(proxy.judge.violations.map(({ subject, where }) => [subject, where])).toContainEqual([
        'reply',
        '/id',
      ]);
      const bad = octokit.rest.pulls.createReview({
        ...at,
        pull_number: 1,
        comments: [{ path: 'a', body: 'b', line: 1, side: 'BOTH' }],
      });
      expect((await refusalOf(bad)).status).toBe(422);
      expect(seen).toEqual(['GET /repos/o/r token t']);
      expect(proxy.judge.operations.get('pulls/create-review')).toBe(1);
    } finally {
      await proxy.close();
      other.close();
    }
  });
});
