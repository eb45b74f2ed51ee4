import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { chooseBase, type LocalObjects, openLocalObjects } from '../../src/git/open-local-objects.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';

const { signal } = new AbortController();
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

describe('openLocalObjects', () => {
  let repository: Repository;
  let local: LocalObjects;
  let base: string;
  let head: string;
  beforeAll(async () => {
    repository = createRepository();
    repository.write({
      'a b.txt': 'one\n',
      'ü/x.ts': 'let a;\n',
      'big.bin': Buffer.alloc(1024 * 1024 + 1, 65),
    });
    repository.link('link', '/etc/passwd');
    base = repository.commit('base');
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write({ 'a b.txt': 'one\ntwo\n', 'line\nbreak.txt': 'odd\n' });
    head = repository.commit('head');
    repository.git('tag', 'v1');
    local = await openLocalObjects(repository.folder, signal);
  });
  afterAll(async () => {
    await local.dispose();
    repository.remove();
  });

  test('resolves branches, tags and relative names to commits', async () => {
    expect(await local.resolveCommit('topic', signal)).toBe(head);
    expect(await local.resolveCommit('v1', signal)).toBe(head);
    expect(await local.resolveCommit('HEAD~1', signal)).toBe(base);
    expect(await local.resolveCommit('main', signal)).toBe(base);
  });

  test.each(['nowhere', '', '--all', '-h', 'HEAD:a b.txt', '0'.repeat(40)])(
    'refuses %j as a commit with a message that names it',
    async (ref) => {
      await expect(local.resolveCommit(ref, signal)).rejects.toThrow(UserError);
      await expect(local.resolveCommit(ref, signal)).rejects.toThrow(JSON.stringify(ref));
    },
  );

  test('finds the merge base and takes the diff from it', async () => {
    expect(await local.objects.mergeBase(base, head, signal)).toBe(base);
    const diff = await local.objects.diff(base, head, signal);
    expect(diff).toContain('+two');
    expect(diff).toContain('"b/line\\nbreak.txt"');
  });

  test('lists files, links and sizes, and reads files only', async () => {
    const tree = await local.objects.listTree(head, signal);
    expect(tree).toContainEqual({ path: 'a b.txt', kind: 'file', bytes: 8 });
    expect(tree).toContainEqual({ path: 'link', kind: 'symlink', bytes: 11 });
    const files = await local.objects.readFiles(
      head,
      ['a b.txt', 'ü/x.ts', 'line\nbreak.txt', 'link', 'missing', 'big.bin', '../escape'],
      signal,
    );
    expect([...files.keys()].sort()).toEqual(['a b.txt', 'line\nbreak.txt', 'ü/x.ts']);
    expect(text(files.get('a b.txt'))).toBe('one\ntwo\n');
    expect(text(files.get('line\nbreak.txt'))).toBe('odd\n');
  });

  test('says so when two commits have no common ancestor', async () => {
    repository.git('checkout', '--quiet', '--orphan', 'apart');
    const apart = repository.commit('apart');
    await expect(local.objects.mergeBase(base, apart, signal)).rejects.toThrow(/no common ancestor/);
  });

  test('refuses anything but full commit names, so that nothing becomes an option of git', async () => {
    await expect(local.objects.diff('--output=/tmp/x', head, signal)).rejects.toThrow(UserError);
    await expect(local.objects.listTree('HEAD', signal)).rejects.toThrow(UserError);
  });

  test('rejects with the reason of an aborted signal', async () => {
    const aborted = AbortSignal.abort(new Error('superseded'));
    await expect(local.objects.diff(base, head, aborted)).rejects.toThrow('superseded');
  });

  test('says that a folder is no repository', async () => {
    await expect(openLocalObjects('/', signal)).rejects.toThrow(/could not open \/ as a git repository/);
  });
});

describe('chooseBase', () => {
  test('takes main when the head is elsewhere, and asks for --base when nothing fits', async () => {
    const repository = createRepository();
    repository.write({ a: '1' });
    const base = repository.commit();
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write({ a: '2' });
    const head = repository.commit();
    const local = await openLocalObjects(repository.folder, signal);
    expect(await chooseBase(local, head, signal)).toBe(base);
    repository.git('branch', '--quiet', '-D', 'main');
    await expect(chooseBase(local, head, signal)).rejects.toThrow(/pass --base REF/);
    await local.dispose();
    repository.remove();
  });
});
