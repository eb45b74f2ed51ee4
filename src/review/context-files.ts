import type { FileDiff } from '../domain/diff.ts';
import type { Change } from './collect-change.ts';
import type { GitObjects, TreeEntry } from './ports.ts';
import { setAsideByContent, setAsideByName } from './set-aside.ts';

const MAX_FILES = 1500;
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_FILE_BYTES = 256 * 1024;

/**
 * Reads unchanged files of the repository, nearest to the changed ones first, up to a number and a size.
 *
 * They are the same on base and head. Type checking follows imports into them, and on them it is measured which rules
 * the repository keeps to.
 */
export async function readContext(
  change: Change,
  reads: (path: string) => boolean,
  { objects, commit }: { readonly objects: GitObjects; readonly commit: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const changed = new Set(change.diff.flatMap(({ path, oldPath }) => [path, oldPath]));
  const candidates = change.tree.filter(
    (entry) =>
      entry.kind === 'file' &&
      entry.bytes <= MAX_FILE_BYTES &&
      reads(entry.path) &&
      !changed.has(entry.path) &&
      setAsideByName(asUnchanged(entry), change.isIgnored) === undefined,
  );
  const chosen = nearest(candidates, changed);
  const known = read.get(change) ?? new Map<string, Promise<ReadonlyMap<string, Uint8Array>>>();
  read.set(change, known);
  const key = chosen.join('\0');
  const reading = known.get(key) ?? readPlain(chosen, { objects, commit }, signal);
  known.set(key, reading);
  return await reading;
}

/** What was read for one analyser of a review serves the others that ask for the same. */
const read = new WeakMap<Change, Map<string, Promise<ReadonlyMap<string, Uint8Array>>>>();

async function readPlain(
  paths: readonly string[],
  { objects, commit }: { readonly objects: GitObjects; readonly commit: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await objects.readFiles(commit, paths, signal);
  return new Map([...files].filter(([path, bytes]) => setAsideByContent(path, bytes) === undefined));
}

function asUnchanged({ path }: TreeEntry): FileDiff {
  return { path, oldPath: path, status: 'modified', isBinary: false, hunks: [] };
}

/** Sorts by how many leading folders a file shares with a changed one, most first, and cuts. */
function nearest(candidates: readonly TreeEntry[], changed: ReadonlySet<string>): readonly string[] {
  const folders = new Set([...changed].flatMap(ancestors));
  const ranked = candidates
    .map((entry) => ({ entry, shared: ancestors(entry.path).filter((folder) => folders.has(folder)).length }))
    .sort((a, b) => b.shared - a.shared);
  const paths: string[] = [];
  let bytes = 0;
  for (const { entry } of ranked) {
    if (paths.length >= MAX_FILES || bytes + entry.bytes > MAX_BYTES) break;
    bytes += entry.bytes;
    paths.push(entry.path);
  }
  return paths;
}

/** `a/b/c.ts` → `a`, `a/b`. */
function ancestors(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
