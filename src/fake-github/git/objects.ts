import { rm } from 'node:fs/promises';
import { runGit, tryGit } from './run-git.ts';

export interface TreeItem {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** Of blobs only. */
  readonly size?: number;
}

/** The kind of an object, or `undefined` when the repository does not have it. */
export async function objectType(gitDir: string, sha: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return undefined;
  const { exitCode, stdout } = await tryGit(gitDir, ['cat-file', '-t', sha]);
  return exitCode === 0 ? stdout.toString().trim() : undefined;
}

export async function readBlob(gitDir: string, sha: string): Promise<Buffer | undefined> {
  const { exitCode, stdout } = await tryGit(gitDir, ['cat-file', 'blob', sha]);
  return exitCode === 0 ? stdout : undefined;
}

export async function writeBlob(gitDir: string, bytes: Uint8Array): Promise<string> {
  return await runGit(gitDir, ['hash-object', '-w', '--stdin'], { input: bytes });
}

/** Writes many blobs with one git process; their names come in the same order. */
export async function writeBlobs(gitDir: string, blobs: readonly Uint8Array[]): Promise<readonly string[]> {
  if (blobs.length === 0) return [];
  const commands = blobs.flatMap((bytes, index) => [
    Buffer.from(`blob\nmark :${index + 1}\ndata ${bytes.length}\n`),
    bytes,
    Buffer.from(`\nget-mark :${index + 1}\n`),
  ]);
  const output = await runGit(gitDir, ['fast-import', '--quiet'], { input: Buffer.concat(commands) });
  return output.split('\n');
}

/** The entries of a tree or of a commit's tree, in git's order. */
export async function listTree(
  gitDir: string,
  treeish: string,
  depth: 'one-level' | 'recursive' = 'one-level',
): Promise<readonly TreeItem[]> {
  const deep = depth === 'recursive' ? ['-r', '-t'] : [];
  const output = await runGit(gitDir, ['ls-tree', '-z', '--long', ...deep, treeish]);
  return output
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/);
      const item = { path: line.slice(tab + 1), mode, type: type as TreeItem['type'], sha }; // ls-tree knows these three.
      return size === '-' ? item : { ...item, size: Number(size) };
    });
}

/** The entry at `path` of a commit, or `undefined`. */
export async function findInTree(
  gitDir: string,
  commit: string,
  path: string,
): Promise<TreeItem | undefined> {
  const { exitCode, stdout } = await tryGit(gitDir, [
    'rev-parse',
    '--verify',
    '--quiet',
    `${commit}:${path}`,
  ]);
  if (exitCode !== 0) return undefined;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const name = path.slice(folder === '' ? 0 : folder.length + 1);
  const sha = stdout.toString().trim();
  const siblings = await listTree(gitDir, `${commit}:${folder}`);
  return siblings.find((item) => item.path === name && item.sha === sha);
}

/** What becomes of one path of a tree: new content, another object, or nothing (`sha: null`). */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

/** Writes a tree: `base`'s entries, where given, with the changes laid over them. Paths may be nested. */
export async function writeTree(
  gitDir: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const scratch = await runGit(gitDir, ['rev-parse', '--absolute-git-dir']);
  // A private index: the repository's own, if it has a work tree, stays as it is.
  const env = { GIT_INDEX_FILE: `${scratch}/fake-github-index-${process.pid}-${(indexes += 1)}` };
  try {
    await runGit(gitDir, ['read-tree', ...(base === undefined ? ['--empty'] : [base])], { env });
    const lines = changes.map(({ path, mode, sha }) =>
      sha === null ? `0 ${'0'.repeat(40)}\t${path}` : `${mode} ${sha}\t${path}`,
    );
    // A tree in the place of a path is spliced in; update-index knows blobs only.
    const trees = changes.filter((change) => change.mode === '040000' && change.sha !== null);
    const rest = lines.filter((_, index) => changes[index]?.mode !== '040000');
    for (const tree of trees) {
      await runGit(gitDir, ['read-tree', `--prefix=${tree.path}/`, String(tree.sha)], { env });
    }
    await runGit(gitDir, ['update-index', '-z', '--index-info'], {
      env,
      input: rest.map((l) => `${l}\0`).join(''),
    });
    return await runGit(gitDir, ['write-tree'], { env });
  } finally {
    await rm(env.GIT_INDEX_FILE, { force: true });
  }
}

let indexes = 0;
