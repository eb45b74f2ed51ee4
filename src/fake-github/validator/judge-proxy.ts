import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../http/listen.ts';
import { readBody } from '../http/read-body.ts';
import { createJudge, type Judge } from './judge.ts';
import { refusal } from './refusal.ts';

export interface JudgeProxyOptions {
  /** Address of the server behind, at the root of its REST API. */
  readonly target: string;
  /** What becomes of a request that breaks the description: answered 422 here, or passed on. Kept in either case. */
  readonly brokenRequests?: 'refuse' | 'pass';
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

export interface JudgeProxy {
  /** The address to give to the client in place of the target's. */
  readonly url: string;
  readonly judge: Judge;
  close(): Promise<void>;
}

/** Listens before another GitHub (or an emulation) and judges what passes through. */
export async function startJudgeProxy(options: JudgeProxyOptions): Promise<JudgeProxy> {
  const judge = createJudge();
  const target = new URL(options.target);
  const server = await listen(
    (request, response) =>
      forward({ request, response, target, judge, refuses: options.brokenRequests !== 'pass' }),
    options.port ?? 0,
  );
  return { url: server.url, judge, close: server.close };
}

interface Passing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: URL;
  readonly judge: Judge;
  readonly refuses: boolean;
}

async function forward({ request, response, target, judge, refuses }: Passing): Promise<void> {
  const method = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', 'http://proxy');
  const body = await readBody(request);
  const json = parseJson(body);
  const isGraphql = url.pathname === '/graphql';
  const { violations } = isGraphql
    ? judge.judgeGraphql(json)
    : judge.judgeRequest({ method, path: url.pathname, query: url.searchParams, body: json });
  if (refuses && violations.length > 0) {
    response.writeHead(422, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(refusal(violations)));
    return;
  }
  const address = new URL(target.pathname.replace(/\/$/, '') + url.pathname + url.search, target);
  const reply = await fetch(address, {
    method,
    headers: forwardedHeaders(request),
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  const bytes = Buffer.from(await reply.arrayBuffer());
  const isJson = reply.headers.get('content-type')?.includes('json') === true;
  if (!isGraphql) {
    judge.judgeReply({ method, path: url.pathname }, reply.status, isJson ? parseJson(bytes) : undefined);
  }
  // Pages are followed by address: it has to lead through the proxy again.
  const own = `http://${request.headers.host ?? 'localhost'}`;
  reply.headers.forEach((value, name) => {
    if (!HOP_BY_HOP.has(name))
      response.setHeader(name, value.replaceAll(target.href.replace(/\/$/, ''), own));
  });
  response.writeHead(reply.status);
  response.end(bytes);
}

/** Belong to one connection, or describe an encoding that `fetch` has undone. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-encoding',
  'content-length',
]);

function forwardedHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'host' || HOP_BY_HOP.has(name) || value === undefined) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** `undefined` for an empty body and for what is not JSON. */
function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The judge reports a missing body; the text itself is passed on.
    return undefined;
  }
}
