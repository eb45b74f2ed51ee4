import { createServer, type Server, type Socket } from 'node:net';
import { UserError } from '../domain/errors.ts';
import type { Mail, Mailbox, MailSink } from '../verify/login/ports.ts';
import { parseMail } from './parse-mail.ts';
import { talkSmtp } from './talk-smtp.ts';

const MAX_CONNECTIONS = 50;
/** Of one mailbox that nobody has taken yet. */
const MAX_WAITING = 20;
const IDLE_MS = 30_000;

export interface SmtpSink extends MailSink {
  readonly port: number;
  close(): Promise<void>;
}

/** What has arrived at an address, and who waits for more. */
interface Box {
  readonly mails: Mail[];
  wake: () => void;
}

/**
 * Starts a mail server that only receives, and only for the addresses at which a run expects something at the moment:
 * everything else is refused before its text is sent. Nothing is stored, relayed or answered.
 *
 * Throws `UserError` when the port cannot be listened on.
 */
export async function startSmtpSink({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<SmtpSink> {
  const boxes = new Map<string, Box>();
  const waiting = new Map<string, (() => void)[]>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    // A sender that goes away in the middle has sent nothing.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    talkSmtp(socket, {
      isExpected: (address) => boxes.has(address),
      receive(addresses, raw) {
        const mail = parseMail(raw);
        for (const address of addresses) deliver(boxes.get(address), mail);
      },
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, host, port);
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    async open(givenAddress, signal) {
      const address = givenAddress.trim().toLowerCase();
      while (boxes.has(address)) {
        signal.throwIfAborted();
        await untilFree(waiting, address, signal);
      }
      signal.throwIfAborted();
      const box: Box = { mails: [], wake: () => undefined };
      boxes.set(address, box);
      return toMailbox(box, () => {
        if (boxes.get(address) !== box) return;
        boxes.delete(address);
        const next = waiting.get(address) ?? [];
        waiting.delete(address);
        for (const go of next) go();
      });
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function deliver(box: Box | undefined, mail: Mail): void {
  if (box === undefined || box.mails.length >= MAX_WAITING) return;
  box.mails.push(mail);
  box.wake();
}

function untilFree(
  waiting: Map<string, (() => void)[]>,
  address: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    waiting.set(address, [...(waiting.get(address) ?? []), resolve]);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function toMailbox(box: Box, close: () => void): Mailbox {
  return {
    async next(limitMs, signal) {
      signal.throwIfAborted();
      if (box.mails.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, limitMs);
          box.wake = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener('abort', box.wake, { once: true });
        });
        signal.removeEventListener('abort', box.wake);
        box.wake = () => undefined;
      }
      signal.throwIfAborted();
      return box.mails.shift();
    },
    close,
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new UserError(
          `FIRSTHAND_SMTP_PORT: port ${port} cannot be listened on (${error.code ?? error.message})`,
          { cause: error },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}
