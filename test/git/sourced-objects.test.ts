import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import { openLocalObjects } from '../../src/git/open-local-objects.ts';
import type { ObjectSource, SourceEntry } from '../../src/git/ports.ts';
import { openSourcedObjects } from '../../src/git/sourced-objects.ts';
import { createRepository, type Repository } from '../support/git-repository.ts';
import { commitOddChange } from '../support/odd-change.ts';
import { createRepositorySource } from '../support/repository-source.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
/** Of the empty blob, and of "x". */
const EMPTY = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const X = 'c1b0730e0133447badcfd47fd144e254807b06e1';

let temporary: ReturnType<typeof makeTemporaryFolder>;
beforeEach(() => {
  temporary = makeTemporaryFolder();
  return () => temporary.remove();
});

const open = (source: ObjectSource) =>
  openSourcedObjects({ folder: temporary.path, source, label: 'https://ghe.example/o/r' }, signal);

/** A source whose trees a test writes; every blob is `content`. */
function createSource(
  trees: Readonly<Record<string, readonly SourceEntry[]>>,
  content = 'x',
): ObjectSource & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    mergeBase: async () => A,
    listTree: async (commit) => trees[commit] ?? [],
    readBlob: async (object) => {
      read.push(object);
      return Buffer.from(content);
    },
  };
}

const entry = (path: string, rest: Partial<SourceEntry> = {}): SourceEntry => ({
  path,
  mode: '100644',
  object: X,
  bytes: 1,
  ...rest,
});

describe('openSourcedObjects', () => {
  let repository: Repository;
  let commits: ReturnType<typeof commitOddChange>;
  beforeAll(() => {
    repository = createRepository();
    commits = commitOddChange(repository);
  });
  afterAll(() => repository.remove());

  test('gives what git gives of the same repository: diff, trees and files', async () => {
    const { base, head, mergeBase } = commits;
    const local = await openLocalObjects(repository.folder, signal);
    const sourced = await open(createRepositorySource(repository));
    expect(await sourced.mergeBase(base, head, signal)).toBe(mergeBase);
    const diff = await sourced.diff(mergeBase, head, signal);
    expect(diff).toBe(await local.objects.diff(mergeBase, head, signal));
    expect(diff).toMatch(/^rename from old name\.py$/mu);
    const tree = await sourced.listTree(head, signal);
    expect(tree).toEqual(await local.objects.listTree(head, signal));
    const paths = [...tree.map(({ path }) => path), 'nowhere.ts'];
    expect(await sourced.readFiles(head, paths, signal)).toEqual(
      await local.objects.readFiles(head, paths, signal),
    );
    await local.dispose();
  });

  test('reads only the blobs that differ, each once, also in a later run', async () => {
    const { head, mergeBase } = commits;
    const source = createRepositorySource(repository);
    await (await open(source)).diff(mergeBase, head, signal);
    const same = repository.git('rev-parse', `${head}:same/deep/file.ts`).trim();
    expect(new Set(source.read).size).toBe(source.read.length);
    expect(source.read).not.toContain(same);
    const later = createRepositorySource(repository);
    const again = await open(later);
    await again.diff(mergeBase, head, signal);
    await again.readFiles(head, ['changed.ts', 'same/deep/file.ts'], signal);
    expect(later.read).toEqual([same]);
  });

  test.each([
    ['an object name that is an option', entry('a', { object: '--help' })],
    ['a short object name', entry('a', { object: 'c1b0730' })],
    ['a line break in the object name', entry('a', { object: `${X}\n${EMPTY}` })],
    ['a mode that git does not know', entry('a', { mode: '100777' })],
    ['a mode that every object has', entry('a', { mode: 'constructor' })],
    ['an empty path', entry('')],
    ['a zero byte in the path', entry(`a\u0000100644 ${X}\tb`)],
  ])('refuses a tree with %s', async (_, hostile) => {
    const objects = await open(createSource({ [B]: [hostile] }));
    await expect(objects.listTree(B, signal)).rejects.toThrow(/no tree of git holds/u);
    await expect(objects.diff(A, B, signal)).rejects.toThrow(/no tree of git holds/u);
  });

  test.each(['../outside.txt', '/etc/outside.txt', '.git/config', 'a/../../b', 'a//b'])(
    'takes no diff with the path %s, and writes no file for it',
    async (path) => {
      const objects = await open(createSource({ [B]: [entry(path)] }));
      await expect(objects.diff(A, B, signal)).rejects.toThrow(UserError);
      expect(readdirSync(temporary.path)).toEqual(['blobs.git']);
      expect(existsSync(join(temporary.path, '..', 'outside.txt'))).toBe(false);
      expect((await objects.readFiles(B, [path], signal)).get(path)).toEqual(Uint8Array.from([120]));
    },
  );

  test('refuses a blob that is not what its name says', async () => {
    const objects = await open(createSource({ [B]: [entry('a')] }, 'forged'));
    await expect(objects.readFiles(B, ['a'], signal)).rejects.toThrow(/another content/u);
    await expect(objects.diff(A, B, signal)).rejects.toThrow(/another content/u);
  });

  test.each(['HEAD', '--output=/tmp/x', `${A}\n`, ''])('passes %j on to nobody', async (commit) => {
    const objects = await open(createSource({}));
    await expect(objects.diff(A, commit, signal)).rejects.toThrow(/full commit name/u);
    await expect(objects.mergeBase(commit, A, signal)).rejects.toThrow(/full commit name/u);
    await expect(objects.listTree(commit, signal)).rejects.toThrow(/full commit name/u);
  });

  test('shows a file that is too large to be read as a binary one, renamed or changed', async () => {
    const large = { bytes: 9 * 1024 * 1024 };
    const source = createSource({
      [A]: [entry('moved.sql', large), entry('data.sql', { ...large, object: A })],
      [B]: [entry('to.sql', large), entry('data.sql', { ...large, object: B })],
    });
    const objects = await open(source);
    const diff = await objects.diff(A, B, signal);
    expect(diff).toContain('rename from moved.sql\nrename to to.sql');
    expect(diff).toContain('Binary files a/data.sql and b/data.sql differ');
    expect(await objects.readFiles(B, ['data.sql'], signal)).toEqual(new Map());
    expect(source.read).toEqual([]);
  });

  test('refuses a change of more files than it may ask for', async () => {
    const tree = Array.from({ length: 4001 }, (_, index) => entry(`${index}.txt`));
    const source = createSource({ [B]: tree });
    const objects = await open(source);
    await expect(objects.diff(A, B, signal)).rejects.toThrow(/differs from a{40} in 4001 files/u);
    expect(source.read).toEqual([]);
  });

  test('lists a tree once, but again after a failure', async () => {
    let listings = 0;
    const source: ObjectSource = {
      ...createSource({}),
      listTree: async () => {
        listings += 1;
        if (listings === 1) throw new Error('broken off');
        return [entry('a')];
      },
    };
    const objects = await open(source);
    await expect(objects.listTree(B, signal)).rejects.toThrow('broken off');
    await objects.listTree(B, signal);
    expect(await objects.listTree(B, signal)).toEqual([{ path: 'a', kind: 'file', bytes: 1 }]);
    expect(listings).toBe(2);
  });
});
