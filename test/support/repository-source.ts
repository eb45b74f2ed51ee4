import { execFileSync } from 'node:child_process';
import type { ObjectSource, SourceEntry } from '../../src/git/ports.ts';
import type { Repository } from './git-repository.ts';

/** Serves a real repository's objects one by one; `read` are the blobs that were asked for. */
export function createRepositorySource(repository: Repository): ObjectSource & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    mergeBase: async (base, head) => repository.git('merge-base', base, head).trim(),
    listTree: async (commit) =>
      repository
        .git('ls-tree', '-r', '-z', '-l', commit)
        .split('\0')
        .filter((line) => line !== '')
        .map((line): SourceEntry => {
          const [mode = '', , object = '', size = ''] = line.slice(0, line.indexOf('\t')).split(/ +/);
          return { path: line.slice(line.indexOf('\t') + 1), mode, object, bytes: Number(size) || 0 };
        })
        // Not in git's order: a server may have its own.
        .toReversed(),
    readBlob: async (object) => {
      read.push(object);
      return execFileSync('git', ['cat-file', 'blob', object], { cwd: repository.folder });
    },
  };
}
