import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/start-server.ts';
import { createRecordingQueue } from '../support/recording-queue.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import {
  checkSuitePayload,
  deploymentStatusPayload,
  issueCommentPayload,
  OUR_APP_ID,
  pullRequestPayload,
} from '../support/webhook-payloads.ts';

const SECRET = 'a secret of the test';
const servers: RunningServer[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) await server.close();
});

async function start(overrides: Partial<ServerOptions> = {}) {
  const queue = createRecordingQueue();
  const logger = createSilentLogger();
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    appId: OUR_APP_ID,
    privateKey: 'not used: no call is made',
    webhookSecret: SECRET,
    apiUrl: 'http://127.0.0.1:9/never-called',
    queue,
    logger,
    ...overrides,
  });
  servers.push(server);
  const deliver = (body: string | Uint8Array, headers: Record<string, string | undefined>) =>
    fetch(`${server.url}/api/github/webhooks`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: Object.fromEntries(
        Object.entries({
          'content-type': 'application/json',
          'x-github-delivery': 'guid-1',
          'x-github-event': 'pull_request',
          'x-hub-signature-256': sign(body),
          ...headers,
        }).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
    });
  return { server, queue, logger, deliver };
}

function sign(body: string | Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

const OPENED = JSON.stringify(pullRequestPayload('opened'));

describe('startServer', () => {
  it('enqueues what a signed delivery asks for, and answers', async () => {
    const { queue, deliver } = await start();
    expect((await deliver(OPENED, {})).status).toBe(200);
    expect(queue.jobs.map(({ job }) => job.kind)).toEqual(['review', 'verify']);
  });

  it('does nothing on redelivery', async () => {
    const { queue, deliver } = await start();
    const push = JSON.stringify(pullRequestPayload('synchronize', { before: 'c'.repeat(40) }));
    await deliver(push, {});
    expect((await deliver(push, {})).status).toBe(200);
    expect(queue.jobs.map(({ job }) => job.kind)).toEqual(['review', 'verify', 'superseded']);
  });

  it.each([
    ['issue_comment', issueCommentPayload('/verify 🦊\u0000'), ['command']],
    ['issue_comment', issueCommentPayload('/help'), ['command']],
    ['deployment_status', deploymentStatusPayload({}), ['deployment']],
    ['check_suite', checkSuitePayload('rerequested'), ['check-action']],
    ['ping', { zen: 'Keep it logically awesome.' }, []],
    ['no_such_event', {}, []],
    ['installation', { action: 'deleted', installation: { id: 1 } }, []],
    ['push', { ref: 'refs/heads/main' }, []],
  ])('answers 200 to a signed %s', async (event, payload, kinds) => {
    const { queue, deliver } = await start();
    expect((await deliver(JSON.stringify(payload), { 'x-github-event': event })).status).toBe(200);
    expect(queue.jobs.map(({ job }) => job.kind)).toEqual(kinds);
  });

  it.each([
    ['no signature', { 'x-hub-signature-256': undefined }, 400],
    ['an empty signature', { 'x-hub-signature-256': '' }, 400],
    ['the signature of another secret', { 'x-hub-signature-256': sign(OPENED, 'development') }, 400],
    ['a signature without its algorithm', { 'x-hub-signature-256': sign(OPENED).slice(7) }, 400],
    ['a signature of another body', { 'x-hub-signature-256': sign(`${OPENED} `) }, 400],
    ['only the old SHA-1 signature', { 'x-hub-signature-256': undefined, 'x-hub-signature': 'sha1=00' }, 400],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no delivery id', { 'x-github-delivery': undefined }, 400],
    ['a delivery id that is no id', { 'x-github-delivery': 'a b:c' }, 400],
    ['a delivery id without end', { 'x-github-delivery': 'a'.repeat(101) }, 400],
    ['no event', { 'x-github-event': undefined }, 400],
  ])('refuses %s', async (_, headers, status) => {
    const { queue, deliver } = await start();
    expect((await deliver(OPENED, headers)).status).toBe(status);
    expect(queue.jobs).toEqual([]);
  });

  it.each(['', '{', 'null', '[]', '"pull_request"', '{"action":{"toString":1}}'])(
    'survives the signed body %j',
    async (body) => {
      const { queue, deliver } = await start();
      expect((await deliver(body, {})).status).toBeLessThanOrEqual(500);
      expect(queue.jobs).toEqual([]);
      expect((await deliver(OPENED, {})).status).toBe(200);
    },
  );

  it('takes a signed body of nearly 25 MB and refuses more', async () => {
    const { queue, deliver } = await start();
    const padded = (bytes: number): Buffer => {
      const body = Buffer.alloc(bytes, ' ');
      body.write(OPENED);
      return body;
    };
    expect((await deliver(padded(25 * 1024 * 1024), {})).status).toBe(200);
    expect(queue.jobs).toHaveLength(2);
    expect((await deliver(padded(25 * 1024 * 1024 + 1), {})).status).toBe(413);
  });

  it('refuses a body without end while it comes', async () => {
    const { server } = await start();
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const request = httpRequest(`${server.url}/api/github/webhooks`, {
      method: 'POST',
      headers: { 'x-github-delivery': '1', 'x-github-event': 'push', 'x-hub-signature-256': 'sha256=0' },
    });
    request.on('response', (response) => resolve(response.statusCode));
    // The server closes the connection after its answer, which a client still writing sees as an error.
    request.on('error', () => resolve(undefined));
    const chunk = Buffer.alloc(1024 * 1024);
    const write = (): void => {
      while (!request.destroyed && request.write(chunk));
    };
    request.on('drain', write);
    write();
    // Whether the answer overtakes the closing of the connection is up to the network.
    expect([413, undefined]).toContain(await promise);
    request.destroy();
  });

  it('answers 500 when the job could not be stored, so that GitHub shows it', async () => {
    const { queue, logger, deliver } = await start();
    queue.break(new Error('disk full'));
    expect((await deliver(OPENED, {})).status).toBe(500);
    expect(
      logger.lines.filter(({ level }) => level === 'error').map(({ message }) => message),
    ).toContainEqual(expect.stringContaining('disk full'));
  });

  it('answers 500 and not 202 when the queue does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const queue = createRecordingQueue();
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const stuck = () => {
      onAsked();
      return new Promise<never>(() => undefined);
    };
    const { deliver } = await start({ queue: { ...queue, enqueue: stuck } });
    const answer = deliver(OPENED, {});
    await asked;
    await vi.advanceTimersByTimeAsync(8500);
    expect((await answer).status).toBe(500);
  });

  it('logs no payload and no secret', async () => {
    const { logger, deliver } = await start();
    const payload = {
      ...issueCommentPayload('/review my-private-text'),
      comment: { body: 'my-private-text' },
    };
    await deliver(JSON.stringify(payload), { 'x-github-event': 'issue_comment' });
    await deliver(OPENED, { 'x-hub-signature-256': 'sha256=00' });
    expect(logger.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(logger.lines)).not.toMatch(/my-private-text|a secret of the test/);
  });

  it('says on its start page what it is and that it is configured', async () => {
    const { server } = await start({ publicUrl: 'https://firsthand.example' });
    const page = await fetch(server.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain(`It is configured (app ${OUR_APP_ID})`);
    expect(text).toContain('https://firsthand.example/api/github/webhooks');
    expect((await fetch(`${server.url}/probot`)).status).toBe(404);
  });

  it('is healthy while the queue works', async () => {
    let works = true;
    const checkQueue = () => (works ? Promise.resolve() : Promise.reject(new Error('no database')));
    const { server } = await start({ checkQueue });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    works = false;
    const ill = await fetch(`${server.url}/healthz`);
    expect(ill.status).toBe(503);
    expect(await ill.text()).not.toContain('database');
  });

  it('finishes what is under way when it is closed, and takes nothing new', async () => {
    const queue = createRecordingQueue();
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const slow = {
      ...queue,
      enqueue: async (...call: Parameters<typeof queue.enqueue>) => {
        onAsked();
        await released;
        return await queue.enqueue(...call);
      },
    };
    const { server, deliver } = await start({ queue: slow });
    const answer = deliver(OPENED, {});
    await asked;
    const closed = server.close();
    await expect(deliver(OPENED, {})).rejects.toThrow(/fetch failed/);
    release();
    expect((await answer).status).toBe(200);
    await closed;
    expect(queue.jobs).toHaveLength(2);
  });

  it.each(['', 'development', 'short', 'ChangeMe'])(
    'refuses the guessable secret %j',
    async (webhookSecret) => {
      await expect(start({ webhookSecret })).rejects.toThrow(UserError);
    },
  );

  it('says which port is in use', async () => {
    const { server } = await start();
    const port = Number(new URL(server.url).port);
    await expect(start({ port })).rejects.toThrow(/is in use: set PORT/);
  });
});
