import { open, readFile, rm } from 'node:fs/promises';
import { sleep } from '../lib/sleep.ts';

const WAIT_MS = 100;

/**
 * Runs `work` while this process alone, on this machine, holds the lock file at `path`.
 *
 * Waits until the holder is done or dead; rejects with the signal's reason when aborted first.
 */
export async function withFolderLock<Result>(
  path: string,
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  while (!(await take(path))) {
    if (!(await removeStale(path))) await sleep(WAIT_MS, signal);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Removes the lock of a process that is gone. An empty file is a holder that has not written its number yet. */
async function removeStale(path: string): Promise<boolean> {
  const holder = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
  if (Number.isNaN(holder) || isAlive(holder)) return false;
  await rm(path, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
