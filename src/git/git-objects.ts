import { UserError } from '../domain/errors.ts';
import type { GitObjects } from '../review/ports.ts';
import { type ListedEntry, listTree } from './list-tree.ts';
import { readBlobs } from './read-blobs.ts';
import { GitOutputTooLarge, lastLine, runGit } from './run-git.ts';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** A diff above this size is refused: no reviewer could read it. */
const MAX_DIFF_BYTES = 128 * 1024 * 1024;

/**
 * Reads objects from a bare repository of our own making.
 *
 * `label` names the repository in error messages.
 */
export function createGitObjects(gitDir: string, label: string): GitObjects {
  const trees = new Map<string, Promise<readonly ListedEntry[]>>();

  /** One listing per commit: reading files needs it again. A failed one is forgotten. */
  function tree(commit: string, signal: AbortSignal): Promise<readonly ListedEntry[]> {
    const known = trees.get(commit);
    if (known !== undefined) return known;
    const listing = listTree(gitDir, checked(commit), { label }, signal).catch((error: unknown) => {
      trees.delete(commit);
      throw error;
    });
    trees.set(commit, listing);
    return listing;
  }

  return {
    mergeBase: (base, head, signal) => findMergeBase(gitDir, { base, head, label }, signal),

    diff: (base, head, signal) => takeDiff(gitDir, { base, head, label }, signal),

    async listTree(commit, signal) {
      const entries = await tree(commit, signal);
      return entries.map(({ path, kind, bytes }) => ({ path, kind, bytes }));
    },

    async readFiles(commit, paths, signal) {
      const wanted = new Set(paths);
      if (wanted.size === 0) return new Map();
      const files = (await tree(commit, signal)).filter(
        ({ kind, path }) => kind === 'file' && wanted.has(path),
      );
      const blobs = await readBlobs(gitDir, files, signal);
      return new Map(
        files.flatMap(({ path, object }) => {
          const bytes = blobs.get(object);
          return bytes === undefined ? [] : [[path, bytes] as const];
        }),
      );
    },
  };
}

/** Two commits or trees of one repository. */
interface Range {
  readonly base: string;
  readonly head: string;
  readonly label: string;
}

async function findMergeBase(
  gitDir: string,
  { base, head, label }: Range,
  signal: AbortSignal,
): Promise<string> {
  const result = await runGit(['merge-base', checked(base), checked(head)], { gitDir, signal });
  if (result.code === 0) return result.stdout.toString('utf8').trim();
  throw new UserError(
    result.code === 1
      ? `${base} and ${head} of ${label} have no common ancestor, so there is no diff to review`
      : `could not find the merge base of ${base} and ${head} in ${label}: ${lastLine(result.stderr)}`,
  );
}

/** Prints the unified diff between two commits or trees, as `GitObjects` promises it. */
export async function takeDiff(
  gitDir: string,
  { base, head, label }: Range,
  signal: AbortSignal,
): Promise<string> {
  try {
    const args = [...DIFF, checked(base), checked(head)];
    const result = await runGit(args, { gitDir, signal, maxBytes: MAX_DIFF_BYTES });
    if (result.code === 0) return result.stdout.toString('utf8');
    throw new UserError(
      `could not take the diff from ${base} to ${head} in ${label}: ${lastLine(result.stderr)}`,
    );
  } catch (error) {
    if (!(error instanceof GitOutputTooLarge)) throw error;
    throw new UserError(
      `the diff from ${base} to ${head} of ${label} is larger than ${MAX_DIFF_BYTES} bytes`,
    );
  }
}

const DIFF = [
  'diff',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--find-renames',
  '-l3000',
  '--unified=3',
  '--inter-hunk-context=0',
  '--full-index',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
  '--diff-algorithm=default',
  '--end-of-options',
];

/** Only full object names reach git's command line, so that no argument can be read as an option or a path. */
export function checked(commit: string): string {
  if (COMMIT.test(commit)) return commit;
  throw new UserError(
    `expected a full commit name of 40 hexadecimal digits, received ${JSON.stringify(commit)}`,
  );
}
