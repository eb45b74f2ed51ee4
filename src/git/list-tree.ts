import { UserError } from '../domain/errors.ts';
import type { TreeEntry } from '../review/ports.ts';
import { lastLine, runGit } from './run-git.ts';

/** An entry of a tree with the name of its object. */
export interface ListedEntry extends TreeEntry {
  readonly object: string;
}

/** Lists every entry of a commit's tree, in git's order. `commit` is a full object name. */
export async function listTree(
  gitDir: string,
  commit: string,
  { label }: { readonly label: string },
  signal: AbortSignal,
): Promise<readonly ListedEntry[]> {
  const result = await runGit(['ls-tree', '-r', '-z', '-l', '--full-tree', commit], { gitDir, signal });
  if (result.code !== 0) {
    throw new UserError(`could not list the files of ${commit} in ${label}: ${lastLine(result.stderr)}`);
  }
  const lines = result.stdout.toString('utf8').split('\0');
  return lines.filter((line) => line !== '').map(parseEntry);
}

/** `<mode> <type> <object> <size>\t<path>`; the size of a submodule is `-`. */
function parseEntry(line: string): ListedEntry {
  const tab = line.indexOf('\t');
  const [mode = '', , object = '', size = ''] = line.slice(0, tab).split(/ +/);
  const kind = mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : 'file';
  return { path: line.slice(tab + 1), kind, object, bytes: Number.parseInt(size, 10) || 0 };
}
