import type { FileDiff } from '../domain/diff.ts';
import { parseDiff } from '../domain/parse-diff.ts';
import { type ChangedLines, changedLines } from './place.ts';
import type { GitObjects, TreeEntry } from './ports.ts';
import { createIgnore, type SetAside, setAsideByContent, setAsideByName } from './set-aside.ts';
import { neutraliseSuppressions, type Suppression } from './suppressions.ts';

/** A changed file that the reviewers may read. */
export interface ChangedFile {
  readonly path: string;
  readonly hunks: number;
  readonly added: ReadonlySet<number>;
  readonly head: Uint8Array;
  /** The head with the suppressions that the diff adds overwritten: what analysers see. */
  readonly staged: Uint8Array;
  /** The base's version, under the name that the file has on the head; absent for a new file. */
  readonly base?: Uint8Array;
  readonly suppressions: readonly Suppression[];
  /** Why only some read it. */
  readonly setAside?: SetAside;
}

/** What the pull request changes, read. */
export interface Change {
  readonly diff: readonly FileDiff[];
  readonly files: readonly ChangedFile[];
  /** Changed files that no one reads, and those that only some read. */
  readonly setAside: readonly SetAside[];
  readonly lines: ChangedLines;
  /** Deleted files and the old names of renamed ones, which the base's other files may import. */
  readonly onlyOnBase: ReadonlyMap<string, Uint8Array>;
  /** The head's tree. */
  readonly tree: readonly TreeEntry[];
  readonly isIgnored: (path: string) => boolean;
}

/** More than this is not held in memory at once; files beyond it are not read, and listed. */
const MAX_TOTAL_BYTES = 96 * 1024 * 1024;
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_GONE = 500;

export interface Commits {
  readonly base: string;
  readonly head: string;
}

/** Takes the diff, sets aside what is not to be read, and reads both versions of the rest. */
export async function collectChange(
  commits: Commits,
  objects: GitObjects,
  options: { readonly ignore: readonly string[] },
  signal: AbortSignal,
): Promise<Change> {
  const [patch, tree] = await Promise.all([
    objects.diff(commits.base, commits.head, signal),
    objects.listTree(commits.head, signal),
    // What reads files of the base needs it; the objects keep it.
    objects.listTree(commits.base, signal),
  ]);
  const diff = parseDiff(patch);
  const isIgnored = createIgnore(options.ignore);
  const setAside: SetAside[] = [];
  const wanted = sift(diff, { tree, isIgnored, setAside });
  const gone = diff.filter(({ path, oldPath, status }) => status === 'deleted' || path !== oldPath);
  const [heads, bases, onlyOnBase] = await Promise.all([
    objects.readFiles(
      commits.head,
      wanted.map(({ path }) => path),
      signal,
    ),
    objects.readFiles(
      commits.base,
      wanted.map(({ oldPath }) => oldPath),
      signal,
    ),
    readGone(gone, { objects, commit: commits.base }, signal),
  ]);
  const lines = changedLines(diff);
  const files = wanted.flatMap((file) => {
    const head = heads.get(file.path);
    if (head === undefined) {
      setAside.push({ path: file.path, reason: 'could not be read from git', readBy: 'no one' });
      return [];
    }
    const base = file.status === 'added' ? undefined : bases.get(file.oldPath);
    const changed = toChangedFile(file, { head, base, added: lines.added.get(file.path) ?? new Set() });
    if (changed.setAside !== undefined) setAside.push(changed.setAside);
    return changed.setAside?.readBy === 'no one' ? [] : [changed];
  });
  return { diff, files, setAside, lines, onlyOnBase, tree, isIgnored };
}

async function readGone(
  files: readonly FileDiff[],
  { objects, commit }: { readonly objects: GitObjects; readonly commit: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const sources = files.slice(0, MAX_GONE).filter((file) => setAsideByName(file, () => false) === undefined);
  const contents = await objects.readFiles(
    commit,
    sources.map(({ oldPath }) => oldPath),
    signal,
  );
  return new Map([...contents].filter(([path, bytes]) => setAsideByContent(path, bytes) === undefined));
}

/** The files to read; what is left out is added to `setAside`. A deleted file has no lines to speak about. */
function sift(
  diff: readonly FileDiff[],
  { tree, isIgnored, setAside }: Pick<Change, 'tree' | 'isIgnored'> & { readonly setAside: SetAside[] },
): readonly FileDiff[] {
  const entries = new Map(tree.map((entry) => [entry.path, entry]));
  let total = 0;
  return diff.filter((file) => {
    if (file.status === 'deleted') return false;
    const entry = entries.get(file.path);
    const bytes = entry?.bytes ?? 0;
    const byTree =
      (entry?.kind === 'symlink' && 'symbolic link: not followed') ||
      (entry?.kind === 'submodule' && 'submodule: another repository') ||
      (bytes > MAX_FILE_BYTES && 'larger than 1 MB') ||
      (total + bytes > MAX_TOTAL_BYTES && 'the pull request is larger than one review holds');
    const aside =
      setAsideByName(file, isIgnored) ??
      (byTree === false ? undefined : ({ path: file.path, reason: byTree, readBy: 'no one' } as const));
    if (aside === undefined) total += bytes;
    else setAside.push(aside);
    return aside === undefined;
  });
}

function toChangedFile(
  file: FileDiff,
  version: {
    readonly head: Uint8Array;
    readonly base: Uint8Array | undefined;
    readonly added: ReadonlySet<number>;
  },
): ChangedFile {
  const { head, base, added } = version;
  const setAside = setAsideByContent(file.path, head);
  const { text, suppressions } = neutraliseSuppressions(Buffer.from(head).toString('utf8'), added, file);
  return {
    path: file.path,
    hunks: file.hunks.length,
    added,
    head,
    staged: suppressions.length === 0 ? head : Buffer.from(text),
    suppressions,
    ...(base === undefined ? {} : { base }),
    ...(setAside === undefined ? {} : { setAside }),
  };
}
