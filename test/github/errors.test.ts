import nock from 'nock';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  allowTokens,
  api,
  finishNock,
  openNockInstallation,
  PULL,
  REPO_PATH,
} from '../support/nock-installation.ts';

afterEach(() => {
  vi.useRealTimers();
  finishNock();
});

const { signal } = new AbortController();
const PULL_PATH = `${REPO_PATH}/pulls/7`;
const NOW = new Date('2026-11-22T12:00:00Z');
const PULL_REPLY = {
  title: 'T',
  user: null,
  state: 'open',
  head: { repo: null, ref: 'f', sha: 'h' },
  base: { repo: { id: 1 }, ref: 'main', sha: 'b' },
};

describe('an error of GitHub', () => {
  it.each<[string, number, Record<string, string>, object, number | undefined]>([
    ['a 502', 502, {}, {}, undefined],
    ['a 500', 500, {}, {}, undefined],
    ['a 429', 429, {}, {}, 60_000],
    ['a 429 with retry-after', 429, { 'retry-after': '7' }, {}, 7000],
    ['a 403 with retry-after', 403, { 'retry-after': '30' }, {}, 30_000],
    [
      'a 403 with no requests left',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${NOW.getTime() / 1000 + 90}` },
      {},
      91_000,
    ],
    [
      'a 403 with no requests left and a reset in the past',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      {},
      1000,
    ],
    [
      'a 403 for a secondary limit without a header',
      403,
      {},
      { documentation_url: 'https://docs.github.com/rest/overview/rate-limits#about-secondary-rate-limits' },
      60_000,
    ],
  ])('may pass when it is %s', async (_, status, headers, body, retryAfterMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    allowTokens();
    api().get(PULL_PATH).reply(status, body, headers);
    const { installation } = await openNockInstallation();
    await expect(installation.getPullRequest(PULL, signal)).rejects.toMatchObject({
      name: 'TransientError',
      retryAfterMs,
      message: expect.stringMatching(/pulls\.get on acme\/shop#7/),
    });
  });

  it('may pass when the network fails', async () => {
    allowTokens();
    api()
      .get(PULL_PATH)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    const { installation } = await openNockInstallation();
    await expect(installation.getPullRequest(PULL, signal)).rejects.toMatchObject({ name: 'TransientError' });
  });

  it.each([
    ['403 without a limit', 403, /permission “pull_requests: read”/],
    ['404', 404, /acme\/shop#7: it does not exist, or the app is not installed there/],
  ])('is for the owner when it is a %s', async (_, status, message) => {
    allowTokens();
    api().get(PULL_PATH).reply(status, { message: 'secondary rate limit of my own words' });
    const { installation } = await openNockInstallation();
    const failure = installation.getPullRequest(PULL, signal);
    await expect(failure).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(message),
    });
  });

  it('is ours when it is any other', async () => {
    allowTokens();
    api().get(PULL_PATH).reply(418, { message: 'teapot' });
    const { installation } = await openNockInstallation();
    await expect(installation.getPullRequest(PULL, signal)).rejects.toMatchObject({ name: 'Error' });
  });

  it.each([
    [401, /does not accept the credentials of the app/],
    [404, /uninstalled/],
    [403, /suspended/],
  ])('of the exchange for a token is for the owner when it is a %s', async (status, message) => {
    // Asked again after a 401, in case the token was at fault.
    api()
      .post('/app/installations/77/access_tokens')
      .times(status === 401 ? 2 : 1)
      .reply(status, { message: 'no' });
    const { installation } = await openNockInstallation();
    await expect(installation.getPullRequest(PULL, signal)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(message),
    });
  });
});

describe('a token', () => {
  it('is shared by the calls of an installation', async () => {
    allowTokens('ghs_one', 1);
    api('ghs_one').get(PULL_PATH).twice().reply(200, PULL_REPLY);
    const { installations } = await openNockInstallation();
    await (await installations.open(77)).getPullRequest(PULL, signal);
    await (await installations.open(77)).getPullRequest(PULL, signal);
    expect(nock.isDone()).toBe(true);
  });

  it('is renewed before its hour is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    allowTokens('ghs_one');
    api('ghs_one').get(PULL_PATH).reply(200, PULL_REPLY);
    const { installation } = await openNockInstallation();
    await installation.getPullRequest(PULL, signal);
    vi.setSystemTime(NOW.getTime() + 59.5 * 60_000);
    allowTokens('ghs_two');
    api('ghs_two').get(PULL_PATH).reply(200, PULL_REPLY);
    await installation.getPullRequest(PULL, signal);
    expect(nock.isDone()).toBe(true);
  });

  it('is renewed when GitHub takes it no longer, once', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    allowTokens('ghs_one');
    api('ghs_one').get(PULL_PATH).reply(200, PULL_REPLY);
    const { installation } = await openNockInstallation();
    await installation.getPullRequest(PULL, signal);
    vi.setSystemTime(NOW.getTime() + 10 * 60_000);
    api('ghs_one').get(PULL_PATH).reply(401, { message: 'Bad credentials' });
    allowTokens('ghs_two');
    api('ghs_two').get(PULL_PATH).reply(200, PULL_REPLY);
    expect(await installation.getPullRequest(PULL, signal)).toMatchObject({ headSha: 'h' });
  });
});

describe('an aborted signal', () => {
  it('ends a call at once, with its reason', async () => {
    allowTokens();
    const controller = new AbortController();
    const reason = new Error('superseded');
    api()
      .get(PULL_PATH)
      .reply(() => {
        vi.useFakeTimers({ toFake: ['setTimeout'] });
        controller.abort(reason);
        return [502, ''];
      });
    // With repeats on, the next attempt would come after a second: here, never.
    const { installation } = await openNockInstallation({ throttle: true });
    await expect(installation.getPullRequest(PULL, controller.signal)).rejects.toBe(reason);
  });

  it('makes no call when it was aborted before', async () => {
    const { installation } = await openNockInstallation();
    const reason = new Error('cancelled');
    await expect(installation.getPullRequest(PULL, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
