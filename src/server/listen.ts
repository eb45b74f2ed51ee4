import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { invariant } from '../lib/invariant.ts';
import { sendText } from './page.ts';

export interface ListenOptions {
  /** 0 chooses a free port. */
  readonly port: number;
  readonly host: string;
  readonly logger: Logger;
}

export type RequestHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** Listens for HTTP. `close` takes no new requests and resolves when those under way are answered. */
export async function listen(
  { port, host, logger }: ListenOptions,
  handle: RequestHandler,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000 }, (request, response) => {
    // Nothing of the client's can make the handler throw on purpose; what does is logged and answered.
    answer(request, response, handle).catch((error: unknown) => {
      logger.error('could not answer a request', { method: request.method, error });
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'Internal error\n');
    });
  });
  await start(server, port, host);
  const address = server.address();
  invariant(typeof address === 'object' && address !== null, 'a listening server has an address');
  return {
    url: `http://${toUrlHost(host)}:${address.port}`,
    close: () => stop(server),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handle: RequestHandler,
): Promise<void> {
  const url = URL.parse(request.url ?? '', 'http://localhost');
  if (url === null) sendText(response, 400, 'Bad request\n');
  else await handle(request, response, url);
}

async function start(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const where = `${host}:${port}`;
    if (error.code === 'EADDRINUSE') reject(new UserError(`${where} is in use: set PORT to another port.`));
    else if (error.code === 'EACCES')
      reject(new UserError(`${where} may not be listened on: set PORT above 1023.`));
    else
      reject(
        new UserError(`could not listen on ${where} (${error.code ?? error.message}): check HOST and PORT.`),
      );
  });
  server.listen({ port, host }, resolve);
  await promise;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  // Also closes idle connections; one with an answer under way is closed after it.
  server.close(() => resolve());
  await promise;
}

/** A host as a browser on this machine would write it. */
function toUrlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
