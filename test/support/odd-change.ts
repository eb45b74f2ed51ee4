import type { Repository } from './git-repository.ts';

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

/**
 * Commits a branch `topic` that differs from where it left `main` in each way that diffs and trees know. Returns the
 * three commits; `main` has moved on since.
 */
export function commitOddChange(repository: Repository): {
  readonly mergeBase: string;
  readonly base: string;
  readonly head: string;
} {
  repository.write({
    'same/deep/file.ts': 'export const same = 1;\n',
    'changed.ts': lines(1, 40),
    'old name.py': lines(1, 30),
    'copied.txt': lines(50, 90),
    'gone.txt': 'gone\n',
    'run.sh': '#!/bin/sh\n',
    'picture.png': Buffer.from([137, 80, 78, 71, 0, 1, 2, 3]),
    'dos.txt': 'one\r\ntwo\r\n',
    'folder-or-file': 'a file\n',
    'ü/x.ts': 'let a;\n',
  });
  repository.link('link', 'changed.ts');
  const mergeBase = repository.commit('where the branch leaves');
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.git('rm', '--quiet', 'gone.txt', 'old name.py', 'folder-or-file', 'link');
  repository.write({
    'changed.ts': lines(1, 40).replace('line 3\n', 'line three\n').replace('line 38\n', ''),
    'new/ñame.py': lines(1, 30).replace('line 9\n', 'line nine\n'),
    'copy.txt': lines(50, 90),
    'picture.png': Buffer.from([137, 80, 78, 71, 0, 1, 2, 4]),
    'dos.txt': 'one\r\n2\r\n',
    'folder-or-file/now.txt': 'a folder',
    'line\nbreak.txt': 'odd\n',
    '.gitattributes': '*.ts -diff\n',
    'empty.txt': '',
    'ü/x.ts': 'let b;\n',
  });
  repository.link('link', '/etc/passwd');
  repository.git('add', '--all');
  repository.git('update-index', '--chmod=+x', 'run.sh');
  repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
  repository.git('commit', '--quiet', '-m', 'the branch');
  const head = repository.git('rev-parse', 'HEAD').trim();
  repository.git('checkout', '--quiet', '--force', 'main');
  repository.write({ 'main-only.txt': 'moved on\n' });
  const base = repository.commit('main moves on');
  return { mergeBase, base, head };
}
