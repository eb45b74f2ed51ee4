import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Conversation } from './conversation.ts';
import { html } from './html.ts';
import { renderPage } from './render-page.ts';

/** The pull request as a live page on which one can comment. */
export interface Playground {
  readonly url: string;
  close(): Promise<void>;
}

export interface PlaygroundOptions {
  readonly read: () => Promise<Conversation>;
  readonly picturesOf: (conversation: Conversation) => Promise<ReadonlyMap<string, string>>;
  /** Posts a comment as `commenter`; resolves when the App was told. */
  readonly comment: (body: string) => Promise<void>;
  readonly commenter: string;
  /** A free one when left out. */
  readonly port?: number;
}

const MAX_BODY_BYTES = 70_000;
const MAX_COMMENT = 65_536;
const REFRESH_SECONDS = 4;

/**
 * Serves the page on the loopback address. A comment needs the token that only the page's own form holds, and the
 * address by which it was opened, so that no other site can write here or read it by a name that leads to this machine.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const token = randomBytes(24).toString('hex');
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => sendText(response, 500, String(error)));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (request.headers.host !== new URL(address()).host)
      return sendText(response, 421, 'open this page by its own address');
    if (request.method === 'POST' && pathname === '/comment') return await takeComment(request, response);
    if (request.method !== 'GET' || !['/', '/write'].includes(pathname))
      return sendText(response, 404, 'not here');
    const page = await draw(options, { token, isWriting: pathname === '/write' });
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(page);
  }

  async function takeComment(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await readForm(request);
    if (form === undefined) return sendText(response, 413, 'that is longer than a comment may be');
    if (!isSame(form.get('token') ?? '', token))
      return sendText(response, 403, 'this form is not from this page');
    const body = (form.get('body') ?? '').replaceAll('\r\n', '\n').trim().slice(0, MAX_COMMENT);
    if (body !== '') await options.comment(body);
    response.writeHead(303, { location: '/' }).end();
  }

  const address = (): string => {
    const { port } = server.address() as AddressInfo; // An address of a TCP server is never a text.
    return `http://127.0.0.1:${port}`;
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: address(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The page loads itself again while something is to come, but not while one writes: nothing typed is lost. */
async function draw(
  options: PlaygroundOptions,
  { token, isWriting }: { readonly token: string; readonly isWriting: boolean },
): Promise<string> {
  const conversation = await options.read();
  const pictures = await options.picturesOf(conversation);
  const form = html`<form class="answer" id="answer" action="/comment" method="post">
<input type="hidden" name="token" value="${token}">
<label for="body">Comment as <b>${options.commenter}</b></label>
<textarea id="body" name="body" placeholder="/verify" required autofocus></textarea>
<button type="submit">Comment</button>
</form>`;
  return renderPage(conversation, {
    addresses: { pictureOf: (address) => pictures.get(address), isLinked: () => true },
    note: html`Left running by <code>firsthand demo --keep</code>. Ctrl-C in its terminal ends it.`,
    end: isWriting
      ? form
      : html`<p class="answer"><a href="/write#answer">Write a comment</a>, such as /verify, /review or /help</p>`,
    formTarget: 'self',
    ...(!isWriting && isAwaited(conversation) ? { refreshSeconds: REFRESH_SECONDS } : {}),
  });
}

/** A check is running, or a person has had the last word. */
function isAwaited({ checks, posts }: Conversation): boolean {
  return checks.some((check) => check.status !== 'completed') || posts.at(-1)?.author.isBot === false;
}

/** The form, or `undefined` when it is too large. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES * 3) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES * 3 ? undefined : new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function isSame(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
