import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private folder under the system's folder for temporary files. */
export interface TemporaryFolder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Removes it with everything in it; never throws. */
  readonly dispose: () => Promise<void>;
}

const open = new Set<string>();
let isWatching = false;

/**
 * Makes a folder whose name begins with `prefix`. What was not disposed of when the process exits is removed then, as
 * on a second Ctrl-C; nothing can be done about `kill -9`.
 */
export async function makeTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
  // oxlint-disable-next-line no-restricted-globals -- only the process knows when it ends
  if (!isWatching) process.on('exit', removeAll);
  isWatching = true;
  const path = await mkdtemp(join(await realpath(tmpdir()), prefix));
  open.add(path);
  return {
    path,
    dispose: async () => {
      // Best effort: the exit of the process tries again.
      await rm(path, { recursive: true, force: true, maxRetries: 3 }).then(
        () => open.delete(path),
        () => false,
      );
    },
  };
}

function removeAll(): void {
  for (const path of open) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // A child that is being killed may still write; there is no later to try again.
    }
  }
}
