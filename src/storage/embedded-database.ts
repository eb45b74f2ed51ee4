import { join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { createClosers } from './closers.ts';
import { serveRequests } from './control-socket.ts';
import { takeDataFolder } from './data-folder.ts';
import { type PgliteThread, startPgliteThread } from './pglite-thread.ts';
import type { EmbeddedDatabase, RequestHandler } from './ports.ts';

/**
 * Opens the database inside the data folder, for this process alone. Throws `DataFolderInUse` when another process
 * has it, and `UserError` when its files cannot be opened.
 */
export async function openEmbeddedDatabase(dataDir: string, logger: Logger): Promise<EmbeddedDatabase> {
  const closers = createClosers(logger);
  const folder = takeDataFolder(dataDir);
  closers.add(async () => folder.release());
  try {
    const thread = await openThread(join(dataDir, 'database'));
    closers.add(() => thread.end());
    closers.add(async () => {
      await thread.call({ op: 'close' });
    });
    let handler: RequestHandler = async () => {
      throw new UserError('the process that holds the data folder is still starting; try again in a moment');
    };
    const socket = await serveRequests(dataDir, (request) => handler(request), logger);
    closers.add(() => socket.close());
    return {
      kind: 'embedded',
      query: (text, values) => thread.call(queryCall(text, values)),
      script: async (text) => {
        await thread.call(queryCall(text));
      },
      execute: (text, values) => thread.call(queryCall(text, values)),
      listen: (channel, onNotification) => thread.listen(channel, onNotification),
      answer: (next) => {
        handler = next;
      },
      onClose: (action) => closers.add(action),
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

function queryCall(text: string, values?: readonly unknown[]) {
  return { op: 'query' as const, text, ...(values === undefined ? {} : { values }) };
}

async function openThread(folder: string): Promise<PgliteThread> {
  try {
    return await startPgliteThread(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `could not open the embedded database in ${folder}: ${reason}. Restore the folder from a copy, or move it away to start with an empty one.`,
      { cause: error },
    );
  }
}
