import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../src/domain/errors.ts';
import { databaseEnvironment } from './databases.ts';
import { SHOP_PROGRAM, shopEnvironment } from './install-shop.ts';
import { endGroup, lastLines, noteGroup } from './run-program.ts';

/** A running instance of the shop. */
export interface RunningShop {
  /** Without a slash at the end. */
  readonly url: string;
  /** The end of what it has written. */
  said(): string;
  /** Ends it with its children. May be called twice. */
  stop(): Promise<void>;
}

const START_LIMIT_MS = 10 * 60_000;

/** What signs the tokens of the shop's API. It is as good as public: the instances live for minutes, on this machine. */
const TOKEN_SECRETS = {
  JWT_ADMIN_SECRET: 'firsthand-eval-admin-token-secret-0001',
  JWT_ADMIN_REFRESH_SECRET: 'firsthand-eval-admin-refresh-secret-0002',
  JWT_CUSTOMER_SECRET: 'firsthand-eval-customer-token-secret-0003',
  JWT_CUSTOMER_REFRESH_SECRET: 'firsthand-eval-customer-refresh-secret-0004',
  ORDER_TRACKING_TOKEN_SECRET: 'firsthand-eval-order-tracking-secret-0005',
};

/**
 * Starts the shop in `folder` on a free port and resolves when its first page is there, or, for `answer`, when it answers
 * at all, as its API does. Throws with its own words.
 */
export async function startShop(
  folder: string,
  database: string,
  waitsFor: 'page' | 'answer' = 'page',
): Promise<RunningShop> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [SHOP_PROGRAM, 'start'], {
    cwd: folder,
    env: shopEnvironment({
      ...databaseEnvironment(database),
      ...TOKEN_SECRETS,
      PORT: String(port),
      EVERSHOP_HOME_URL: url,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // It starts two more processes, which end with the group.
    detached: true,
  });
  noteGroup(child.pid);
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString('utf8')).slice(-8_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = once(child, 'exit').catch(() => undefined);
  const hasEnded = (): boolean =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  const stop = async (): Promise<void> => {
    endGroup(child.pid);
    await ended;
  };
  try {
    await waitUntilReady(url, hasEnded, waitsFor);
  } catch (error) {
    await stop();
    throw new UserError(
      `the shop did not start: ${String(error)}; it said:\n${lastLines(said, 12)}\n` +
        'Remove the folder that it is installed in to start from nothing.',
    );
  }
  return { url, said: () => said, stop };
}

async function waitUntilReady(
  url: string,
  hasEnded: () => boolean,
  waitsFor: 'page' | 'answer',
): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const status = await fetch(url, { signal: AbortSignal.timeout(60_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      (error: unknown) =>
        String(error instanceof Error && error.cause instanceof Error ? error.cause : error),
    );
    if (status === 200 || (waitsFor === 'answer' && typeof status === 'number')) return;
    if (hasEnded()) throw new Error('it ended at once');
    if (Date.now() > deadline) throw new Error(`its first page did not come, last: ${status}`);
    await sleep(250);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
