import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { boundedMap } from '../lib/bounded-map.ts';
import type { Stager } from '../review/ports.ts';

const PARALLEL_WRITES = 16;

/**
 * Makes staged copies under the system's folder for temporary files.
 *
 * The files lie in a folder inside a private one: the private one is where analysers put their own configuration
 * (`besideStage`), out of the way of any file of the repository's.
 */
export function createStager(): Stager {
  return {
    async stage(files) {
      const root = await realpath(await mkdtemp(join(tmpdir(), 'firsthand-stage-')));
      const folder = join(root, 'files');
      const dispose = (): Promise<void> => rm(root, { recursive: true, force: true }).catch(() => undefined);
      try {
        await mkdir(folder);
        const entries = [...files].filter(([path]) => isPlainPath(path));
        const folders = new Set(entries.map(([path]) => dirname(path)));
        for (const path of folders) await mkdir(join(folder, path), { recursive: true });
        await boundedMap(entries, PARALLEL_WRITES, ([path, bytes]) =>
          writeFile(join(folder, path), bytes, { flag: 'wx', mode: 0o600 }),
        );
        return { folder, paths: entries.map(([path]) => path), dispose };
      } catch (error) {
        await dispose();
        throw error;
      }
    },
  };
}

/** A file of ours for one stage, such as a tool's configuration. Written to the stage's private folder. */
export async function besideStage(stageFolder: string, name: string, content: string): Promise<string> {
  const path = join(dirname(stageFolder), name);
  await writeFile(path, content);
  return path;
}

/** git forbids most of these names already; what is left out here would be written outside of the stage. */
function isPlainPath(path: string): boolean {
  return (
    path !== '' &&
    !isAbsolute(path) &&
    !path.includes('\0') &&
    !path.includes('\\') &&
    normalize(path) === path &&
    !path.split('/').some((part) => part === '..' || part === 'node_modules' || part.toLowerCase() === '.git')
  );
}
