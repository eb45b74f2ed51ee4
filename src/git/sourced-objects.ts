import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import type { GitObjects } from '../review/ports.ts';
import { blobName, type IndexEntry, writeBlobs, writeTree } from './blob-store.ts';
import { type BlobCache, bringBlobs } from './bring-blobs.ts';
import { withFolderLock } from './folder-lock.ts';
import { checked, takeDiff } from './git-objects.ts';
import { initRepository } from './init-repository.ts';
import type { ObjectSource, SourceEntry } from './ports.ts';
import { MAX_FILE_BYTES, readBlobs } from './read-blobs.ts';

export interface SourcedObjectsOptions {
  /** Where a bare repository keeps the blobs that were read; made when absent. */
  readonly folder: string;
  readonly source: ObjectSource;
  /** Names the repository in error messages. */
  readonly label: string;
}

const SHA = /^[0-9a-f]{40}$/;
const KINDS: Readonly<Record<string, 'file' | 'symlink' | 'submodule'>> = {
  '100644': 'file',
  '100755': 'file',
  // Written by old versions of git; read as 100644.
  '100664': 'file',
  '120000': 'symlink',
  '160000': 'submodule',
};
/** Blobs that one diff may need; each costs a request, of which GitHub gives 5,000 an hour. */
const MAX_BLOBS = 4000;
/** A larger file stands in the diff as a binary one, by name only. */
const MAX_DIFFED_BYTES = 8 * 1024 * 1024;

/**
 * Reads a repository's objects one by one from a source that is no git server.
 *
 * What differs between two commits is written into a bare repository of our own, where git itself takes the diff, so
 * that it is the one that a fetch would have given. Every blob is held against its name.
 */
export async function openSourcedObjects(
  { folder, source, label }: SourcedObjectsOptions,
  signal: AbortSignal,
): Promise<GitObjects> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const gitDir = join(folder, 'blobs.git');
  await withFolderLock(`${gitDir}.lock`, () => initRepository(gitDir, signal), signal);
  const cache = { gitDir, source, label };
  const trees = new Map<string, Promise<readonly SourceEntry[]>>();

  /** One listing per commit. A failed one is forgotten. */
  function tree(commit: string, at: AbortSignal): Promise<readonly SourceEntry[]> {
    const known = trees.get(commit);
    if (known !== undefined) return known;
    const listing = listEntries(cache, checked(commit), at).catch((error: unknown) => {
      trees.delete(commit);
      throw error;
    });
    trees.set(commit, listing);
    return listing;
  }

  return {
    async mergeBase(base, head, at) {
      return checked(await source.mergeBase(checked(base), checked(head), at));
    },

    async diff(base, head, at) {
      const [before, after] = without(await tree(base, at), await tree(head, at));
      const both = [...before, ...after].filter(({ mode }) => KINDS[mode] !== 'submodule');
      if (both.length > MAX_BLOBS) {
        throw new UserError(
          `${head} of ${label} differs from ${base} in ${both.length} files, old and new; without git at most ` +
            `${MAX_BLOBS} can be read`,
        );
      }
      await bringBlobs(cache, both.filter(isDiffed), at);
      const range = { base: await write(cache, before, at), head: await write(cache, after, at), label };
      return await takeDiff(gitDir, range, at);
    },

    async listTree(commit, at) {
      return (await tree(commit, at)).map(({ path, mode, bytes }) => ({ path, kind: kindOf(mode), bytes }));
    },

    async readFiles(commit, paths, at) {
      const wanted = new Set(paths);
      if (wanted.size === 0) return new Map();
      const files = (await tree(commit, at)).filter(
        ({ path, mode, bytes }) => wanted.has(path) && kindOf(mode) === 'file' && bytes <= MAX_FILE_BYTES,
      );
      await bringBlobs(cache, files, at);
      const blobs = await readBlobs(gitDir, files, at);
      return new Map(
        files.flatMap(({ path, object }) => {
          const bytes = blobs.get(object);
          return bytes === undefined ? [] : [[path, bytes] as const];
        }),
      );
    },
  };
}

/** The entries of a commit in git's order, which is that of their bytes. */
async function listEntries(
  { source, label }: BlobCache,
  commit: string,
  signal: AbortSignal,
): Promise<readonly SourceEntry[]> {
  const entries = await source.listTree(commit, signal);
  for (const { path, mode, object } of entries) {
    if (Object.hasOwn(KINDS, mode) && SHA.test(object) && path !== '' && !path.includes('\0')) continue;
    throw new Error(`${label} lists what no tree of git holds: ${JSON.stringify({ path, mode, object })}`);
  }
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.path) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ entry }) => entry);
}

/** Both sides without the entries that are the same in both: neither the diff nor its renames depend on them. */
function without(
  before: readonly SourceEntry[],
  after: readonly SourceEntry[],
): readonly [readonly SourceEntry[], readonly SourceEntry[]] {
  const identity = ({ path, mode, object }: SourceEntry): string => `${mode} ${object} ${path}`;
  const [old, young] = [new Set(before.map(identity)), new Set(after.map(identity))];
  return [
    before.filter((entry) => !young.has(identity(entry))),
    after.filter((entry) => !old.has(identity(entry))),
  ];
}

/** Writes one side of the diff as a tree. Files too large to be read are stood in for by their names. */
async function write(
  { gitDir, label }: BlobCache,
  entries: readonly SourceEntry[],
  signal: AbortSignal,
): Promise<string> {
  const standIns: Uint8Array[] = [];
  const indexed = entries.map((entry): IndexEntry => {
    if (kindOf(entry.mode) === 'submodule' || isDiffed(entry)) return entry;
    // A zero byte makes it binary for git; the name keeps different files different.
    const standIn = Buffer.from(`\0${entry.object}`);
    standIns.push(standIn);
    return { ...entry, object: blobName(standIn) };
  });
  await writeBlobs(gitDir, standIns, signal);
  return await writeTree(gitDir, indexed, { label }, signal);
}

function isDiffed({ bytes }: SourceEntry): boolean {
  return bytes <= MAX_DIFFED_BYTES;
}

function kindOf(mode: string): 'file' | 'symlink' | 'submodule' {
  return KINDS[mode] ?? 'file';
}
