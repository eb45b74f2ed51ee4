import { access, copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../domain/errors.ts';
import { makeTemporaryFolder } from '../lib/temporary-folder.ts';
import type { GitObjects } from '../review/ports.ts';
import { createGitObjects } from './git-objects.ts';
import { initRepository } from './init-repository.ts';
import { lastLine, runGit } from './run-git.ts';

/** The objects of a checkout, readable without obeying the checkout's configuration. */
export interface LocalObjects {
  readonly objects: GitObjects;
  /** The commit that a branch, tag or other revision names. Throws `UserError` when there is none. */
  resolveCommit(ref: string, signal: AbortSignal): Promise<string>;
  /** Removes what was set up beside the checkout; never throws. */
  dispose(): Promise<void>;
}

/**
 * Opens a checkout's objects read-only.
 *
 * Everything but the look-up of names happens in an empty repository of our own that borrows the checkout's objects,
 * so that its `.git/config`, attributes and hooks have no say. The look-up may use no transport, so that a partial
 * clone cannot make git start the program that its configuration names.
 */
export async function openLocalObjects(repoDir: string, signal: AbortSignal): Promise<LocalObjects> {
  const label = resolve(repoDir);
  const ask = (args: readonly string[]): ReturnType<typeof runGit> =>
    runGit(['-C', label, ...args], { signal });
  const found = await ask([
    'rev-parse',
    '--path-format=absolute',
    '--git-path',
    'objects',
    '--git-path',
    'shallow',
  ]);
  if (found.code !== 0) {
    throw new UserError(`could not open ${label} as a git repository: ${lastLine(found.stderr)}`);
  }
  const [objectsDir = '', shallow = ''] = found.stdout.toString('utf8').split('\n');
  const { path: gitDir, dispose } = await makeTemporaryFolder('firsthand-git-');
  try {
    await borrowObjects(gitDir, objectsDir, shallow, signal);
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    objects: createGitObjects(gitDir, label),
    dispose,
    resolveCommit: async (ref, resolveSignal) => {
      const name = await resolveName(label, ref, resolveSignal);
      const peeled =
        name === undefined
          ? undefined
          : await runGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
              gitDir,
              signal: resolveSignal,
            });
      if (peeled?.code === 0) return peeled.stdout.toString('utf8').trim();
      throw new UserError(`${JSON.stringify(ref)} is not a commit of ${label}; ${await suggestion(gitDir)}`);
    },
  };
}

/** What mostly helps: in a shallow clone, as CI systems make them, the commits before the head are missing. */
async function suggestion(gitDir: string): Promise<string> {
  const isShallow = await access(join(gitDir, 'shallow')).then(
    () => true,
    () => false,
  );
  return isShallow
    ? 'the clone is shallow: fetch the missing history with `git fetch --unshallow`'
    : 'name a branch, a tag or a commit';
}

async function borrowObjects(
  gitDir: string,
  objectsDir: string,
  shallow: string,
  signal: AbortSignal,
): Promise<void> {
  await initRepository(gitDir, signal);
  // A quoted path, so that one with a leading # or quote is read as it is: https://git-scm.com/docs/gitrepository-layout
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${JSON.stringify(objectsDir)}\n`);
  // Without it, history would seem broken at the edge of a shallow clone. Most clones have none.
  await copyFile(shallow, join(gitDir, 'shallow')).catch(() => undefined);
}

async function resolveName(repoDir: string, ref: string, signal: AbortSignal): Promise<string | undefined> {
  // A colon would name a file; a leading dash, an option.
  if (ref === '' || ref.startsWith('-') || ref.includes(':')) return undefined;
  const result = await runGit(['-C', repoDir, 'rev-parse', '--verify', '--quiet', '--end-of-options', ref], {
    signal,
  });
  return result.code === 0 ? result.stdout.toString('utf8').trim() : undefined;
}

/** Where a branch usually starts, most telling first. */
const USUAL_BASES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'main',
  'master',
];

/**
 * Chooses the base of a review when none was named: the remote's default branch, else `main` or `master`.
 *
 * Throws `UserError` when there is none of them, or when the only ones are the head itself.
 */
export async function chooseBase(local: LocalObjects, head: string, signal: AbortSignal): Promise<string> {
  for (const ref of USUAL_BASES) {
    const commit = await local.resolveCommit(ref, signal).catch((error: unknown) => {
      if (error instanceof UserError) return undefined;
      throw error;
    });
    if (commit !== undefined && commit !== head) return commit;
  }
  throw new UserError(
    'could not choose a base to compare with: looked for origin/HEAD, main and master and found none that differs from the head; pass --base REF',
  );
}
