import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { invariant } from '../lib/invariant.ts';
import type { PgliteReply, PgliteRequest } from './pglite-messages.ts';

// The entry point of the thread in which the embedded database runs: PGlite blocks the thread that it is on for as
// long as a statement takes, which would hold up webhooks.

invariant(parentPort !== null, 'pglite-worker runs as a worker thread');
const port = parentPort;
const unlisten = new Map<string, () => Promise<void>>();

function reply(message: PgliteReply): void {
  port.postMessage(message);
}

async function query(
  database: PGlite,
  text: string,
  values?: readonly unknown[],
): Promise<Record<string, unknown>[]> {
  try {
    if (values !== undefined && values.length > 0) {
      const result = await database.query<Record<string, unknown>>(text, [...values]);
      return result.rows;
    }
    const results = await database.exec(text);
    return results.flatMap((result) => result.rows as Record<string, unknown>[]);
  } catch (error) {
    // There is one session: a block that failed between BEGIN and COMMIT would poison every later statement. Outside
    // of a transaction this is a warning and no more.
    await database.exec('ROLLBACK');
    throw error;
  }
}

async function perform(database: PGlite, request: PgliteRequest): Promise<Record<string, unknown>[]> {
  switch (request.op) {
    case 'query':
      return query(database, request.text, request.values);
    case 'listen': {
      const { channel } = request;
      if (unlisten.has(channel)) return [];
      const stop = await database.listen(channel, (payload) =>
        reply({ kind: 'notification', channel, payload }),
      );
      unlisten.set(channel, stop);
      return [];
    }
    case 'unlisten':
      await unlisten.get(request.channel)?.();
      unlisten.delete(request.channel);
      return [];
    case 'close':
      await database.close();
      return [];
  }
}

async function serve(database: PGlite, request: PgliteRequest): Promise<void> {
  try {
    reply({ kind: 'rows', id: request.id, rows: await perform(database, request) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    reply({ kind: 'error', id: request.id, message, ...(code === undefined ? {} : { code }) });
  }
}

try {
  const database = await PGlite.create(String(workerData));
  port.on('message', (request: PgliteRequest) => {
    serve(database, request).catch((error: unknown) => {
      // Only a reply that cannot be cloned ends here; without it the caller would wait for ever.
      reply({ kind: 'error', id: request.id, message: `could not answer: ${String(error)}` });
    });
  });
  reply({ kind: 'ready' });
} catch (error) {
  reply({ kind: 'broken', message: error instanceof Error ? error.message : String(error) });
}
