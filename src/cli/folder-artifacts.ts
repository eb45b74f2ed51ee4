import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { invariant } from '../lib/invariant.ts';
import type { ArtifactStore } from '../verify/ports.ts';

/** Keeps a run's pictures and tests as files below `folder`. */
export function createFolderArtifacts(folder: string): ArtifactStore {
  return {
    async write(name, bytes) {
      invariant(
        /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name),
        `artifact name ${name} is a plain relative path`,
      );
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  };
}
