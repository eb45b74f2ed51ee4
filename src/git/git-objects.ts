import { UserError } from '../domain/errors.ts';
import type { GitObjects, TreeEntry } from '../review/ports.ts';
import { readBlobs } from './read-blobs.ts';
import { GitOutputTooLarge, type GitResult, runGit } from './run-git.ts';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/** A diff above this size is refused: no reviewer could read it. */
const MAX_DIFF_BYTES = 128 * 1024 * 1024;

interface ListedEntry extends TreeEntry {
  readonly object: string;
}

/**
 * Reads objects from a bare repository of our own making.
 *
 * `label` names the repository in error messages.
 */
export function createGitObjects(gitDir: string, label: string): GitObjects {
  const trees = new Map<string, Promise<readonly ListedEntry[]>>();

  const git = (args: readonly string[], signal: AbortSignal, maxBytes?: number): Promise<GitResult> =>
    runGit(args, { gitDir, signal, ...(maxBytes === undefined ? {} : { maxBytes }) });

  async function listEntries(commit: string, signal: AbortSignal): Promise<readonly ListedEntry[]> {
    const result = await git(['ls-tree', '-r', '-z', '-l', '--full-tree', checked(commit)], signal);
    if (result.code !== 0) throw unreadable(`list the files of ${commit}`, result);
    return result.stdout
      .toString('utf8')
      .split('\0')
      .filter((line) => line !== '')
      .map(parseEntry);
  }

  /** One listing per commit: reading files needs it again. A failed one is forgotten. */
  function tree(commit: string, signal: AbortSignal): Promise<readonly ListedEntry[]> {
    const known = trees.get(commit);
    if (known !== undefined) return known;
    const listing = listEntries(commit, signal).catch((error: unknown) => {
      trees.delete(commit);
      throw error;
    });
    trees.set(commit, listing);
    return listing;
  }

  function unreadable(what: string, result: GitResult): UserError {
    return new UserError(`could not ${what} in ${label}: ${lastLine(result.stderr)}`);
  }

  return {
    async mergeBase(base, head, signal) {
      const result = await git(['merge-base', checked(base), checked(head)], signal);
      if (result.code === 0) return result.stdout.toString('utf8').trim();
      if (result.code === 1) {
        throw new UserError(
          `${base} and ${head} of ${label} have no common ancestor, so there is no diff to review`,
        );
      }
      throw unreadable(`find the merge base of ${base} and ${head}`, result);
    },

    async diff(base, head, signal) {
      try {
        const result = await git([...DIFF, checked(base), checked(head)], signal, MAX_DIFF_BYTES);
        if (result.code !== 0) throw unreadable(`take the diff from ${base} to ${head}`, result);
        return result.stdout.toString('utf8');
      } catch (error) {
        if (!(error instanceof GitOutputTooLarge)) throw error;
        throw new UserError(
          `the diff from ${base} to ${head} of ${label} is larger than ${MAX_DIFF_BYTES} bytes`,
        );
      }
    },

    async listTree(commit, signal) {
      const entries = await tree(commit, signal);
      return entries.map(({ path, kind, bytes }) => ({ path, kind, bytes }));
    },

    async readFiles(commit, paths, signal) {
      const wanted = new Set(paths);
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
  '--no-indent-heuristic',
  '--end-of-options',
];

/** Only full object names reach git's command line, so that no argument can be read as an option or a path. */
function checked(commit: string): string {
  if (COMMIT.test(commit)) return commit;
  throw new UserError(
    `expected a full commit name of 40 hexadecimal digits, received ${JSON.stringify(commit)}`,
  );
}

/** `<mode> <type> <object> <size>\t<path>`; the size of a submodule is `-`. */
function parseEntry(line: string): ListedEntry {
  const tab = line.indexOf('\t');
  const [mode = '', , object = '', size = ''] = line.slice(0, tab).split(/ +/);
  const kind = mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file';
  return { path: line.slice(tab + 1), kind, object, bytes: Number.parseInt(size, 10) || 0 };
}

/** The last thing git said, without control characters. */
export function lastLine(stderr: string): string {
  const line = stderr.split('\n').at(-1) ?? '';
  return line.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 300) || 'git gave no reason';
}
