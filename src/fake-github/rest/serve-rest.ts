import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authorise } from '../auth/authorise.ts';
import { type Caller, identify } from '../auth/caller.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import type { Handler, Reply } from '../http/call.ts';
import type { Fault, Faults } from '../http/faults.ts';
import { rateLimitHeaders } from '../http/rate-limit.ts';
import { readBody } from '../http/read-body.ts';
import type { LoggedRequest } from '../http/request-log.ts';
import type { Site } from '../site.ts';
import type { Judge, Violation } from '../validator/judge.ts';
import { refusal } from '../validator/refusal.ts';
import { findRepository } from './in-repository.ts';

export interface RestServer {
  readonly site: Site;
  readonly judge: Judge;
  readonly faults: Faults;
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly limit: (method: string) => void;
  readonly requests: LoggedRequest[];
  readonly brokenRequests: 'refuse' | 'pass';
}

interface Received {
  readonly method: string;
  /** Relative to the API's root. */
  readonly path: string;
  readonly url: URL;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}

/** Answers one request to the REST API. */
export async function serveRest(
  server: RestServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const received = await receive(server.site, request);
  const { method, path, url, body } = received;
  const { found, violations } = server.judge.judgeRequest({ method, path, query: url.searchParams, body });
  const operationId = found?.operation.operationId ?? 'unknown';
  const logged: LoggedRequest = {
    operationId,
    method,
    path: path + url.search,
    body,
    caller: callerKind(server.site, request.headers.authorization),
    status: 0,
  };
  server.requests.push(logged);

  const fault = server.faults.take(operationId, 'before');
  if (fault !== undefined) return fail(response, fault, logged);
  const reply = await answer(server, received, {
    operationId,
    parameters: found?.parameters ?? {},
    violations,
  });
  const lost = server.faults.take(operationId, 'after');
  if (lost !== undefined) return fail(response, lost, logged);
  server.judge.judgeReply({ method, path }, reply.status, reply.body);
  logged.status = send(server.site, { request, response, reply });
}

async function receive(site: Site, request: IncomingMessage): Promise<Received> {
  const url = new URL(request.url ?? '/', site.serverUrl);
  const bytes = await readBody(request);
  const path = url.pathname.slice(new URL(site.apiUrl).pathname.length);
  return {
    method: request.method ?? 'GET',
    path: path.length > 1 ? path.replace(/\/$/, '') : path,
    url,
    body: bytes.length === 0 ? undefined : parse(bytes),
    headers: request.headers,
  };
}

/** What is not JSON stays a text, which no operation's description allows. */
function parse(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function callerKind(site: Site, authorization: string | undefined): string {
  try {
    return identify(site, authorization).kind;
  } catch {
    // The answer itself says what is wrong with the credentials.
    return 'refused';
  }
}

async function answer(
  server: RestServer,
  { method, url, body, headers }: Received,
  about: {
    readonly operationId: string;
    readonly parameters: Readonly<Record<string, string>>;
    readonly violations: readonly Violation[];
  },
): Promise<Reply> {
  const { site, handlers } = server;
  const { operationId, parameters, violations } = about;
  try {
    const caller: Caller = identify(site, headers.authorization);
    if (operationId === 'unknown') throw notFound();
    const handler = handlers[operationId];
    if (handler === undefined) throw new ApiError(501, `The fake GitHub does not know ${operationId}`);
    authorise(caller, operationId, findRepository({ site, parameters }));
    if (violations.length > 0 && server.brokenRequests === 'refuse') {
      return { status: 422, body: refusal(violations) };
    }
    if (!operationId.startsWith('apps/')) server.limit(method);
    const call = { site, operationId, parameters, query: url.searchParams, url, body, caller };
    return await handler({ ...call, accept: headers.accept ?? '' });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: error.body, headers: error.headers };
  }
}

function send(
  site: Site,
  { request, response, reply }: { request: IncomingMessage; response: ServerResponse; reply: Reply },
): number {
  const content = reply.text?.content ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const etag = `W/"${createHash('sha256').update(content).digest('hex')}"`;
  const isRead = request.method === 'GET' && reply.status === 200;
  const isUnchanged = isRead && request.headers['if-none-match'] === etag;
  const status = isUnchanged ? 304 : reply.status;
  response.writeHead(status, {
    'x-github-media-type': 'github.v3',
    'x-github-request-id': `FAKE:${site.nextId()}`,
    ...rateLimitHeaders(site.now()),
    ...(isRead ? { etag, 'cache-control': 'private, max-age=60, s-maxage=60' } : {}),
    ...(content.length === 0
      ? {}
      : { 'content-type': reply.text?.type ?? 'application/json; charset=utf-8' }),
    ...reply.headers,
  });
  response.end(isUnchanged ? undefined : content);
  return status;
}

/** Carries out a fault that a test ordered. */
export function fail(response: ServerResponse, fault: Fault, logged: LoggedRequest): void {
  if (fault.answer === 'timeout') return;
  if (fault.answer === 'reset') {
    response.destroy();
    return;
  }
  logged.status = fault.answer;
  response.writeHead(fault.answer, { 'content-type': 'application/json; charset=utf-8', ...fault.headers });
  response.end(JSON.stringify({ message: 'Server Error', status: String(fault.answer) }));
}
