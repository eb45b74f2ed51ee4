import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Html } from './html.ts';

const MAX_BODY_BYTES = 20_000;

/** What a page or an action answers. */
export type Reply =
  | { readonly kind: 'page'; readonly status: number; readonly body: Html }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'file'; readonly type: string; readonly body: Buffer };

export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function page(body: Html, status = 200): Reply {
  return { kind: 'page', status, body };
}

export function redirect(to: string): Reply {
  return { kind: 'redirect', to };
}

/** Reads a form that a browser sent. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new RequestError(413, 'That form is too large.');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export function send(response: ServerResponse, reply: Reply): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:");
  if (reply.kind === 'redirect') {
    response.writeHead(303, { location: reply.to }).end();
  } else if (reply.kind === 'file') {
    response.writeHead(200, { 'content-type': reply.type, 'cache-control': 'no-cache' }).end(reply.body);
  } else {
    response
      .writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(reply.body.markup);
  }
}
