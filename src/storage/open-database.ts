import type { Logger } from '../domain/logger.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { migrate } from './migrations.ts';
import type { Database } from './ports.ts';
import { openPostgresDatabase } from './postgres-database.ts';

export interface DatabaseSettings {
  /** `postgres://…`; without it the database is embedded, in `dataDir`. */
  readonly databaseUrl?: string;
  /** Folder of the embedded database, made when there is none; one process at a time. */
  readonly dataDir: string;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
}

/**
 * Opens the database and brings our tables to this version. Throws `UserError` when the server cannot be reached,
 * or when the data folder is in use, cannot be written or holds files that cannot be read.
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  const { databaseUrl, dataDir, logger, signal } = settings;
  signal?.throwIfAborted();
  const database =
    databaseUrl === undefined
      ? await openEmbeddedDatabase(dataDir, logger)
      : await openPostgresDatabase(databaseUrl, logger, signal);
  try {
    await migrate(database);
    signal?.throwIfAborted();
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
