import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { listTree } from './list-tree.ts';
import { lastLine, runGit } from './run-git.ts';

/** A file's place in a tree that is to be written. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  readonly object: string;
}

/** Git's name of a blob. */
export function blobName(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** Those of the blobs that the repository does not hold. `names` are full object names. */
export async function missingBlobs(
  gitDir: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const input = names.map((name) => `${name}\n`).join('');
  const result = await runGit(['cat-file', '--batch-check', '--buffer'], { gitDir, signal, input });
  if (result.code !== 0) throw new Error(`could not look for blobs in ${gitDir}: ${result.stderr}`);
  const lines = result.stdout.toString('latin1').split('\n');
  return new Set(
    lines.filter((line) => line.endsWith(' missing')).map((line) => line.split(' ', 1)[0] ?? ''),
  );
}

/** Writes blobs with one child: https://git-scm.com/docs/git-fast-import#_blob */
export async function writeBlobs(
  gitDir: string,
  contents: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<void> {
  if (contents.length === 0) return;
  const input = Buffer.concat(
    contents.flatMap((content) => [
      Buffer.from(`blob\ndata ${content.length}\n`),
      content,
      Buffer.from('\n'),
    ]),
  );
  const result = await runGit(['fast-import', '--quiet'], { gitDir, signal, input });
  if (result.code !== 0) throw new Error(`could not write blobs to ${gitDir}: ${result.stderr}`);
}

/**
 * Writes a tree and returns its name. Throws `UserError` for a path that git takes from nobody, such as `.git/config`.
 *
 * The paths go to git as text and never to the file system; the index is a file of its own.
 */
export async function writeTree(
  gitDir: string,
  entries: readonly IndexEntry[],
  { label }: { readonly label: string },
  signal: AbortSignal,
): Promise<string> {
  const folder = await mkdtemp(join(gitDir, 'index-'));
  try {
    const call = { gitDir, signal, indexFile: join(folder, 'index') };
    const input = entries.map(({ path, mode, object }) => `${mode} ${object}\t${path}\0`).join('');
    const indexed = await runGit(['update-index', '-z', '--index-info'], { ...call, input });
    const written = indexed.code === 0 ? await runGit(['write-tree'], call) : indexed;
    if (written.code !== 0)
      throw new Error(`could not write a tree to ${gitDir}: ${lastLine(written.stderr)}`);
    const tree = written.stdout.toString('utf8').trim();
    // Git leaves such a path out and goes on.
    const taken = new Set((await listTree(gitDir, tree, { label }, signal)).map(({ path }) => path));
    const left = entries.find(({ path }) => !taken.has(path));
    if (left === undefined) return tree;
    throw new UserError(
      `git takes no file of the name ${JSON.stringify(left.path)}, so ${label} cannot be read without loss`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
