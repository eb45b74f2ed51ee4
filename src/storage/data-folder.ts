import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../domain/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';

/** SQLITE_BUSY: another process, or another part of this one, holds the lock. */
const SQLITE_BUSY = 5;

/** The exclusive right to the embedded database of one data folder. */
export interface DataFolder {
  readonly path: string;
  /** Gives the right back; the operating system does so too when the process dies, however it dies. */
  release(): void;
}

/** Thrown when somebody else holds the folder, so that a caller who only has a small request can ask the holder. */
export class DataFolderInUse extends UserError {}

/**
 * Takes the data folder for this process, making it when there is none. Throws `DataFolderInUse` when it is taken.
 *
 * The lock is that of an empty SQLite file, because Node has no other way to an advisory lock of the operating
 * system. A pid file or a socket would outlive `kill -9`, and two processes that find it stale at once would both
 * clear it away and go on; two processes on one PGlite folder leave it beyond repair.
 */
export function takeDataFolder(path: string): DataFolder {
  const file = join(path, 'lock.sqlite');
  const holderFile = join(path, 'lock.pid');
  try {
    makeFolder(path);
    closeToOthers(path);
    const lock = new DatabaseSync(file);
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      throw error;
    }
    writeFileSync(holderFile, `${process.pid}\n`);
    return { path, release: () => lock.close() };
  } catch (error) {
    if (isBusy(error)) throw new DataFolderInUse(describeHolder(path, holderFile));
    throw new UserError(
      `could not open the data folder ${path}: ${error instanceof Error ? error.message : String(error)}. Make it writable for this user, or name another one with FIRSTHAND_DATA_DIR.`,
      { cause: error },
    );
  }
}

/**
 * Takes a folder that is ours alone away from other users' eyes. One that holds other things, such as /tmp, keeps its
 * mode.
 */
function closeToOthers(path: string): void {
  const { mode, uid } = statSync(path);
  const isShared = (mode & 0o1000) !== 0 || uid !== process.getuid?.();
  if ((mode & 0o077) === 0 || isShared) return;
  const names = readdirSync(path);
  if (names.length === 0 || names.includes('lock.sqlite')) chmodSync(path, 0o700);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function describeHolder(path: string, holderFile: string): string {
  let holder = 'another process';
  try {
    holder = `process ${readFileSync(holderFile, 'utf8').trim()}`;
  } catch {
    // The holder has not written its number yet: the message does without.
  }
  return (
    `the data folder ${path} is in use by ${holder}, and the embedded database serves one process at a time. ` +
    'Stop that process, or name another folder with FIRSTHAND_DATA_DIR, or share a PostgreSQL server with DATABASE_URL.'
  );
}
