import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import {
  API_URL,
  APP,
  allowTokens,
  api,
  finishNock,
  nameApp,
  openNockInstallation,
  PULL,
  REPO_PATH,
  REPOSITORY,
} from '../support/nock-installation.ts';

afterEach(finishNock);

const { signal } = new AbortController();
const BOT = { login: 'firsthand[bot]', type: 'Bot' };
const MARKER = '<!-- firsthand:summary v1 {} -->';
const COMMENTS = `${REPO_PATH}/issues/7/comments`;

describe('listOwnComments', () => {
  it('takes its own comments from all pages, oldest first, and nobody else’s', async () => {
    allowTokens();
    nameApp();
    const next = `<${API_URL}/elsewhere?page=2>; rel="next"`;
    api('ghs_one')
      .get(COMMENTS)
      .query({ page: 1, per_page: 100 })
      .reply(
        200,
        [
          { id: 30, body: `later\n${MARKER}`, user: BOT, performed_via_github_app: { id: APP.id } },
          { id: 11, body: `quoted: ${MARKER}`, user: { login: 'mallory', type: 'User' } },
          { id: 12, body: MARKER, user: { login: 'firsthand[bot]', type: 'User' } },
          {
            id: 13,
            body: MARKER,
            user: { login: 'other[bot]', type: 'Bot' },
            performed_via_github_app: { id: 1 },
          },
          { id: 14, body: MARKER, user: BOT, performed_via_github_app: { id: 1 } },
          { id: 15, body: 'no marker', user: BOT, performed_via_github_app: { id: APP.id } },
          { id: 16, body: MARKER, user: null },
          { id: 17, user: BOT },
        ],
        { link: next },
      );
    api('ghs_one')
      .get(COMMENTS)
      .query({ page: 2, per_page: 100 })
      .reply(200, [{ id: 20, body: MARKER, user: BOT, performed_via_github_app: null }]);
    const { installation } = await openNockInstallation();
    expect(await installation.listOwnComments(PULL, signal)).toEqual([
      { id: 20, body: MARKER },
      { id: 30, body: `later\n${MARKER}` },
    ]);
  });

  it('asks once who the app is', async () => {
    allowTokens();
    nameApp();
    api().get(COMMENTS).query(true).twice().reply(200, []);
    const { installation } = await openNockInstallation();
    expect(await installation.listOwnComments(PULL, signal)).toEqual([]);
    expect(await installation.listOwnComments(PULL, signal)).toEqual([]);
  });
});

describe('createComment and updateComment', () => {
  it('posts a comment', async () => {
    allowTokens();
    api('ghs_one').post(COMMENTS, { body: 'Hello' }).reply(201, { id: 5 });
    const { installation } = await openNockInstallation();
    expect(await installation.createComment(PULL, 'Hello', signal)).toEqual({ id: 5, body: 'Hello' });
  });

  it('replaces a comment', async () => {
    allowTokens();
    api('ghs_one').patch(`${REPO_PATH}/issues/comments/5`, { body: 'New' }).reply(200, { id: 5 });
    const { installation } = await openNockInstallation();
    expect(await installation.updateComment(PULL, 5, 'New', signal)).toEqual({ kind: 'updated' });
  });

  it.each([404, 410])('tells that a comment is gone when GitHub answers %s', async (status) => {
    allowTokens();
    api().patch(`${REPO_PATH}/issues/comments/5`).reply(status, { message: 'Not Found' });
    const { installation } = await openNockInstallation();
    expect(await installation.updateComment(PULL, 5, 'New', signal)).toEqual({ kind: 'gone' });
  });
});

describe('listOwnReviews', () => {
  it('takes the reviews of the app only', async () => {
    allowTokens();
    nameApp();
    api()
      .get(`${REPO_PATH}/pulls/7/reviews`)
      .query({ page: 1, per_page: 100 })
      .reply(200, [
        { id: 2, body: MARKER, user: BOT, commit_id: 'abc' },
        { id: 1, body: MARKER, user: { login: 'mallory', type: 'User' }, commit_id: 'abc' },
        { id: 3, body: '', user: BOT, commit_id: 'abc' },
      ]);
    const { installation } = await openNockInstallation();
    expect(await installation.listOwnReviews(PULL, signal)).toEqual([
      { id: 2, body: MARKER, commitSha: 'abc' },
    ]);
  });
});

describe('createReview', () => {
  const review = {
    commitSha: 'c'.repeat(40),
    body: 'Two findings.',
    comments: [
      { location: { path: 'a.ts', side: 'RIGHT', startLine: 3, endLine: 3 }, body: 'one' },
      { location: { path: 'b.ts', side: 'LEFT', startLine: 4, endLine: 6 }, body: 'two' },
    ],
  } as const;

  it('posts one review with event COMMENT, with lines as GitHub counts them', async () => {
    allowTokens();
    api()
      .post(`${REPO_PATH}/pulls/7/reviews`, {
        commit_id: 'c'.repeat(40),
        event: 'COMMENT',
        body: 'Two findings.',
        comments: [
          { path: 'a.ts', body: 'one', line: 3, side: 'RIGHT' },
          { path: 'b.ts', body: 'two', line: 6, side: 'LEFT', start_line: 4, start_side: 'LEFT' },
        ],
      })
      .reply(200, { id: 9 });
    const { installation } = await openNockInstallation();
    expect(await installation.createReview(PULL, review, signal)).toEqual({ kind: 'created', id: 9 });
  });

  it('returns a refusal with GitHub’s reason', async () => {
    allowTokens();
    const errors = ['Line could not be resolved'];
    api().post(`${REPO_PATH}/pulls/7/reviews`).reply(422, { message: 'Unprocessable Entity', errors });
    const { installation } = await openNockInstallation();
    const result = await installation.createReview(PULL, review, signal);
    expect(result).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('Line could not be resolved'),
    });
  });

  it('is not sent twice when GitHub answers 502, although reads are', async () => {
    allowTokens();
    // Only one reply is prepared: a second request would be an error of another kind.
    api().post(`${REPO_PATH}/pulls/7/reviews`).reply(502, 'Bad gateway');
    const { installation } = await openNockInstallation({ throttle: true });
    await expect(installation.createReview(PULL, review, signal)).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringContaining('502'),
    });
  });
});

describe('react', () => {
  it('reacts to a comment', async () => {
    allowTokens();
    api().post(`${REPO_PATH}/issues/comments/99/reactions`, { content: 'eyes' }).reply(201, { id: 1 });
    const { installation, logger } = await openNockInstallation();
    await installation.react(REPOSITORY, 99, 'eyes', signal);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it.each([403, 404, 500])('only logs that GitHub answered %s', async (status) => {
    allowTokens();
    api().post(`${REPO_PATH}/issues/comments/99/reactions`).reply(status, {});
    const { installation, logger } = await openNockInstallation();
    await installation.react(REPOSITORY, 99, 'eyes', signal);
    expect(logger.lines).toMatchObject([{ level: 'warn', message: 'could not react to a comment' }]);
  });
});

describe('errors', () => {
  it('names the permission that is missing, and where to grant it', async () => {
    allowTokens();
    api().post(COMMENTS).reply(403, { message: 'Resource not accessible by integration' });
    const { installation } = await openNockInstallation();
    const failure = installation.createComment(PULL, 'x', signal);
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(/acme\/shop#7.*“pull_requests: write”.*settings/s);
  });
});
