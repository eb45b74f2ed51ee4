import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../domain/errors.ts';
import { type ListenOptions, listen } from './listen.ts';
import { html, sendPage, sendText } from './page.ts';
import { createWebhookEndpoint, WEBHOOK_PATH, type WebhookOptions } from './webhook-endpoint.ts';

export interface ServerOptions extends ListenOptions, WebhookOptions {
  /** Under which GitHub reaches this server, for the start page. */
  readonly publicUrl?: string;
  /** Rejects when the queue does not work; asked by `/healthz`. Left out, the server counts as healthy while it runs. */
  readonly checkQueue?: () => Promise<unknown>;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no new requests; resolves when those under way are answered and their jobs are stored. */
  close(): Promise<void>;
}

/** Probot's default, and what people type when asked for any secret. */
const GUESSABLE = new Set(['development', 'password', 'changeme', 'webhook-secret', 'webhooksecret']);
const MIN_SECRET_LENGTH = 8;
const HEALTH_TIMEOUT_MS = 5000;

/** Serves the webhooks at `/api/github/webhooks`, the health at `/healthz` and a start page. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  refuseWeakSecret(options.webhookSecret);
  const receive = await createWebhookEndpoint(options);
  const server = await listen(options, async (request, response, { pathname }) => {
    if (pathname === WEBHOOK_PATH && request.method === 'POST') await receive(request, response);
    else if (pathname === '/healthz') await sendHealth(response, options);
    else if (pathname === '/' && request.method === 'GET') sendStartPage(response, options);
    else sendText(response, 404, 'Not found\n');
  });
  options.logger.info('listening for webhooks', { url: `${server.url}${WEBHOOK_PATH}` });
  return server;
}

/** Throws `UserError` for a webhook secret that can be guessed. */
export function refuseWeakSecret(secret: string): void {
  if (secret.length >= MIN_SECRET_LENGTH && !GUESSABLE.has(secret.toLowerCase())) return;
  throw new UserError(
    `WEBHOOK_SECRET is empty, well known or shorter than ${MIN_SECRET_LENGTH} characters, so anyone could forge webhooks. ` +
      "Set a random one here and in the app's settings at GitHub, for example from `openssl rand -hex 32`.",
  );
}

async function sendHealth(response: ServerResponse, { checkQueue, logger }: ServerOptions): Promise<void> {
  const timeout = new AbortController();
  try {
    const late = setTimeout(HEALTH_TIMEOUT_MS, undefined, { signal: timeout.signal }).then(() => {
      throw new Error(`no answer within ${HEALTH_TIMEOUT_MS} ms`);
    });
    await Promise.race([checkQueue?.(), late]);
    sendText(response, 200, 'ok\n');
  } catch (error) {
    logger.error('the queue does not work', { error });
    sendText(response, 503, 'the queue does not work\n');
  } finally {
    timeout.abort();
  }
}

function sendStartPage(response: ServerResponse, { appId, publicUrl }: ServerOptions): void {
  const address = publicUrl === undefined ? WEBHOOK_PATH : `${publicUrl}${WEBHOOK_PATH}`;
  sendPage(response, 200, {
    title: 'Firsthand',
    body: html`<p>A GitHub App that reviews a pull request twice: it reads the diff, then it tries the product.</p>
<p>It is configured (app ${appId}) and listens for webhooks at <code>${address}</code>.</p>`,
  });
}
