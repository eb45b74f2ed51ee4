import { afterAll, beforeEach } from 'vitest';
import type { Logger } from '../../src/domain/logger.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import type { Database } from '../../src/storage/ports.ts';
import { makeDataFolder } from './data-folder.ts';
import { startPostgres } from './postgres.ts';

/** One of the two kinds of database, or why this machine has none. */
export interface Backend {
  readonly name: string;
  readonly skip: string | undefined;
  /** Opens an empty one; closing it removes its files. */
  open(logger: Logger): Promise<Database>;
}

/** Both kinds of database, for a test file; the server ends with the file. */
export async function startBackends(): Promise<readonly Backend[]> {
  const postgres = await startPostgres();
  const skip = 'skip' in postgres ? postgres.skip : undefined;
  afterAll(async () => {
    if (!('skip' in postgres)) await postgres.stop();
  });
  return [
    {
      name: 'the embedded database',
      skip: undefined,
      async open(logger) {
        const folder = await makeDataFolder();
        const database = await openDatabase({ dataDir: folder.path, logger });
        return {
          ...database,
          async close() {
            await database.close();
            folder.remove();
          },
        };
      },
    },
    {
      name: 'PostgreSQL',
      skip,
      async open(logger) {
        if ('skip' in postgres) throw new Error(postgres.skip);
        return openDatabase({ dataDir: '', databaseUrl: await postgres.createDatabase(), logger });
      },
    },
  ];
}

/** Skips each test of this `describe`, with the reason, when there is one. */
export function skipEach(reason: string | undefined): void {
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason);
  });
}
