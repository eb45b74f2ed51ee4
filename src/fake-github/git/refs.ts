import { runGit, tryGit } from './run-git.ts';

export interface GitRef {
  /** In full: `refs/heads/main`. */
  readonly name: string;
  readonly sha: string;
  /** Of the object that the ref names: `commit`, `tag`, `tree`, `blob`. */
  readonly type: string;
}

/** Every ref whose full name begins with `prefix`, in order of their names. */
export async function listRefs(gitDir: string, prefix: string): Promise<readonly GitRef[]> {
  const output = await runGit(gitDir, ['for-each-ref', '--format=%(refname) %(objectname) %(objecttype)']);
  return output
    .split('\n')
    .map((line) => {
      const [name = '', sha = '', type = ''] = line.split(' ');
      return { name, sha, type };
    })
    .filter((ref) => ref.name !== '' && ref.name.startsWith(prefix));
}

export async function findRef(gitDir: string, name: string): Promise<GitRef | undefined> {
  return (await listRefs(gitDir, name)).find((ref) => ref.name === name);
}

export async function isValidRefName(gitDir: string, name: string): Promise<boolean> {
  return name.startsWith('refs/') && (await tryGit(gitDir, ['check-ref-format', name])).exitCode === 0;
}

export async function updateRef(gitDir: string, name: string, sha: string): Promise<void> {
  await runGit(gitDir, ['update-ref', name, sha]);
}

export async function deleteRef(gitDir: string, name: string): Promise<void> {
  await runGit(gitDir, ['update-ref', '-d', name]);
}

export async function isAncestor(gitDir: string, ancestor: string, descendant: string): Promise<boolean> {
  return (await tryGit(gitDir, ['merge-base', '--is-ancestor', ancestor, descendant])).exitCode === 0;
}

/** Copies a commit with its history from another repository's folder. */
export async function fetchCommit(gitDir: string, from: string, sha: string): Promise<void> {
  await runGit(gitDir, ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', from, sha]);
}
