import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The kernel's limit for the path of a Unix socket is 108 bytes on Linux and 104 on macOS, the final zero included. */
const MAX_PATH_BYTES = 100;

/**
 * Calls `use` with a path of the socket `name` in `folder` that is short enough to bind or connect to: its own, or
 * one through a symbolic link that lives as long as the call.
 */
export async function withSocketPath<Result>(
  folder: string,
  name: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = resolve(folder, name);
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return use(path);
  const detour = mkdtempSync(join(tmpdir(), 'firsthand-'));
  try {
    symlinkSync(resolve(folder), join(detour, 'd'));
    return await use(join(detour, 'd', name));
  } finally {
    rmSync(detour, { recursive: true, force: true });
  }
}
