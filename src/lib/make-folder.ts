import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and the folders above it that are missing, readable for their owner only. One that is there is left
 * as it is. Throws the file system's error.
 *
 * Not `mkdirSync(path, { recursive: true })`: that never returns where making a folder in an existing one is answered
 * with ENOENT, as below /proc (Node 24).
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    const parent = dirname(path);
    const isParentThere = statSync(parent, { throwIfNoEntry: false }) !== undefined;
    if (isParentThere || parent === path) throw error;
    makeFolder(parent);
    makeFolder(path);
  }
}
