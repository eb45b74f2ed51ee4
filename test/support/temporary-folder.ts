import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes an empty folder; `remove` takes it away with everything in it. */
export function makeTemporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'firsthand-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
