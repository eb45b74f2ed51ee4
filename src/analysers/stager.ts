import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { makeTemporaryFolder } from '../lib/temporary-folder.ts';
import type { Stager } from '../review/ports.ts';

/** Written in one go before others get their turn: a few milliseconds of work. */
const FILES_AT_ONCE = 100;

/**
 * Makes staged copies under the system's folder for temporary files.
 *
 * The files lie in a folder inside a private one: the private one is where analysers put their own configuration
 * (`besideStage`), out of the way of any file of the repository's. A file whose name this file system does not take is
 * left out; no error names the folder.
 */
export function createStager(): Stager {
  return {
    async stage(files) {
      const root = await withoutPath(() => makeTemporaryFolder('firsthand-stage-'));
      const folder = join(root.path, 'files');
      try {
        await withoutPath(() => mkdir(folder));
        const plain = [...files].filter(([path]) => isPlainPath(path));
        const made = new Set<string>();
        const paths: string[] = [];
        for (const [index, [path, bytes]] of plain.entries()) {
          if (index % FILES_AT_ONCE === FILES_AT_ONCE - 1) await nextTurn();
          if (write(folder, { path, bytes, made })) paths.push(path);
        }
        return { folder, paths, dispose: root.dispose };
      } catch (error) {
        await root.dispose();
        throw error;
      }
    },
  };
}

/** Answers of the file system that concern one name: too long, not encodable, or at once a file and a folder. */
const NAME_REFUSED = new Set(['ENAMETOOLONG', 'EINVAL', 'EILSEQ', 'ENOTDIR', 'EISDIR', 'EEXIST']);

/**
 * False when the file system does not take the name. Small files are written three times as fast without promises.
 */
function write(
  folder: string,
  { path, bytes, made }: { readonly path: string; readonly bytes: Uint8Array; readonly made: Set<string> },
): boolean {
  const parent = dirname(join(folder, path));
  try {
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(join(folder, path), bytes, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (NAME_REFUSED.has(codeOf(error))) return false;
    throw couldNotWrite(error);
  }
}

/** Errors of the file system name the folder, which is nobody's business in a report. */
async function withoutPath<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw couldNotWrite(error);
  }
}

function couldNotWrite(error: unknown): Error {
  return new Error(`could not write the staged copy to the folder for temporary files: ${codeOf(error)}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** A file of ours for one stage, such as a tool's configuration. Written to the stage's private folder. */
export async function besideStage(stageFolder: string, name: string, content: string): Promise<string> {
  const path = join(dirname(stageFolder), name);
  await withoutPath(() => writeFile(path, content));
  return path;
}

/** Of one part of a path, and of a whole one with room for the stage's own; both are limits of Linux's, in bytes. */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 3000;

/**
 * git forbids most of these names already; what is left out here would be written outside of the stage, or could not
 * be written.
 */
function isPlainPath(path: string): boolean {
  return (
    path !== '' &&
    !isAbsolute(path) &&
    !path.includes('\0') &&
    !path.includes('\\') &&
    normalize(path) === path &&
    Buffer.byteLength(path) <= MAX_PATH_BYTES &&
    !path
      .split('/')
      .some(
        (part) =>
          part === '..' ||
          part === 'node_modules' ||
          part.toLowerCase() === '.git' ||
          Buffer.byteLength(part) > MAX_NAME_BYTES,
      )
  );
}
