import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { RequestHandler } from './ports.ts';
import { withSocketPath } from './socket-path.ts';

const SOCKET_NAME = 'control.sock';
/** Longest request or answer, in characters: a secret is far shorter. */
const MAX_LINE = 1_000_000;
const ANSWER_LIMIT_MS = 15_000;

const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), result: z.unknown() }),
  z.strictObject({ kind: z.literal('refused'), message: z.string() }),
]);
type Answer = z.infer<typeof answerSchema>;

/**
 * Answers the one-line JSON requests of other processes of the same user, one a connection, on a socket in the data
 * folder. Whoever calls it must hold the folder: a socket left behind by a dead process is replaced.
 */
export async function serveRequests(
  folder: string,
  handler: RequestHandler,
  logger: Logger,
): Promise<{ close(): Promise<void> }> {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', (error) => logger.debug('a request on the control socket broke off', { error }));
    answer(socket, handler, logger).catch((error: unknown) => {
      logger.debug('a request on the control socket was not answered', { error: String(error) });
      socket.destroy();
    });
  });
  const path = join(folder, SOCKET_NAME);
  rmSync(path, { force: true });
  await withSocketPath(folder, SOCKET_NAME, async (short) => {
    server.listen(short);
    await once(server, 'listening');
  });
  chmodSync(path, 0o600);
  return {
    async close() {
      for (const socket of connections) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
      rmSync(path, { force: true });
    },
  };
}

async function answer(socket: Socket, handler: RequestHandler, logger: Logger): Promise<void> {
  const line = await readLine(socket);
  let reply: Answer;
  try {
    reply = { kind: 'result', result: await handler(JSON.parse(line)) };
  } catch (error) {
    if (!(error instanceof UserError)) {
      logger.error('a request on the control socket failed', { error: String(error) });
    }
    const message =
      error instanceof UserError ? error.message : 'the running server could not do this; see its log';
    reply = { kind: 'refused', message };
  }
  socket.end(`${JSON.stringify(reply)}\n`);
}

/**
 * Sends a request to the process that holds the data folder and returns its result. Throws `UserError` with the
 * holder's words when it refuses, and an error with the code ENOENT or ECONNREFUSED when nobody listens.
 */
export async function sendRequest(folder: string, request: unknown): Promise<unknown> {
  return withSocketPath(folder, SOCKET_NAME, async (path) => {
    const socket = createConnection(path);
    try {
      await once(socket, 'connect');
      socket.write(`${JSON.stringify(request)}\n`);
      const reply = answerSchema.parse(JSON.parse(await readLine(socket)));
      if (reply.kind === 'refused') throw new UserError(reply.message);
      return reply.result;
    } finally {
      socket.destroy();
    }
  });
}

async function readLine(socket: Socket): Promise<string> {
  socket.setEncoding('utf8');
  socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy(new Error('nothing was heard in time')));
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
    if (text.length > MAX_LINE) throw new Error('the line is too long');
  }
  throw new Error('the other side hung up in the middle of a line');
}
