import type { IncomingMessage, ServerResponse } from 'node:http';
import { graphql } from 'graphql';
import { type Caller, identify } from '../auth/caller.ts';
import { ApiError } from '../http/api-error.ts';
import { readBody } from '../http/read-body.ts';
import type { LoggedRequest } from '../http/request-log.ts';
import { fail, type RestServer } from '../rest/serve-rest.ts';
import { loadGraphqlSchema } from '../validator/graphql-checker.ts';
import { createRoot } from './root.ts';

/** Answers a request to the GraphQL API: errors are part of a reply with status 200, as at GitHub. */
export async function serveGraphql(
  server: RestServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = parse(await readBody(request));
  const { operationId, violations } = server.judge.judgeGraphql(body);
  const logged: LoggedRequest = {
    operationId,
    method: 'POST',
    path: '/graphql',
    body,
    caller: 'anonymous',
    status: 0,
  };
  server.requests.push(logged);
  const fault = server.faults.take(operationId, 'before');
  if (fault !== undefined) return fail(response, fault, logged);
  const reply = (status: number, content: unknown): void => {
    logged.status = status;
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(content));
  };
  try {
    const caller = authenticated(identify(server.site, request.headers.authorization));
    if (violations.length > 0) {
      return reply(200, { errors: violations.map(({ what }) => ({ message: what })) });
    }
    // The judge has checked that the body has this shape.
    const { query, variables } = body as { query: string; variables?: Record<string, unknown> };
    const result = await graphql({
      schema: loadGraphqlSchema(),
      source: query,
      variableValues: variables ?? {},
      rootValue: createRoot(server.site, caller),
      // GitHub's interfaces are told apart by this field, which our own values carry.
      typeResolver: (value) => (value as { __typename?: string }).__typename,
    });
    reply(200, result);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reply(error.status, error.body);
  }
}

function authenticated(caller: Caller): Caller {
  if (caller.kind === 'installation' || caller.kind === 'user') return caller;
  throw new ApiError(401, 'This endpoint requires you to be authenticated.');
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The judge says that there is no query.
    return undefined;
  }
}
