import { runGit } from './run-git.ts';

/** Makes an empty bare repository without hooks, or leaves the one that is there as it is. */
export async function initRepository(gitDir: string, signal: AbortSignal): Promise<void> {
  const made = await runGit(['init', '--quiet', '--bare', '--template=', gitDir], { signal });
  if (made.code !== 0) throw new Error(`could not set up a repository in ${gitDir}: ${made.stderr}`);
}
