import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createStager } from '../../src/analysers/stager.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const scratch = makeTemporaryFolder();
const TMPDIR = process.env['TMPDIR'];
afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  scratch.remove();
});

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('createStager', () => {
  test('leaves out names that no file system takes, and stages the rest', async () => {
    const longest = `${'n'.repeat(252)}.ts`;
    const deep = Array.from({ length: 40 }, () => 'd'.repeat(100)).join('/');
    const refused = ['n'.repeat(256), `${'ä'.repeat(127)}.ts`, `${'f'.repeat(256)}/a.ts`, `${deep}/a.ts`];
    const files = new Map([...refused, longest, 'a.ts'].map((path) => [path, bytes(path)]));
    const stage = await createStager().stage(files);
    expect(stage.paths).toEqual([longest, 'a.ts']);
    expect(readFileSync(join(stage.folder, longest), 'utf8')).toBe(longest);
    await stage.dispose();
  });

  test('a name that is a file and a folder at once costs one of the two only', async () => {
    const files = new Map(['a', 'a/b', 'c'].map((path) => [path, bytes(path)]));
    const stage = await createStager().stage(files);
    expect(stage.paths).toHaveLength(2);
    expect(stage.paths).toContain('c');
    await stage.dispose();
  });

  test('does not name its folder when it cannot be written', async () => {
    const folder = join(scratch.path, 'gone');
    process.env['TMPDIR'] = folder;
    expect(tmpdir()).toBe(folder);
    const error = await createStager()
      .stage(new Map([['a.ts', bytes('a')]]))
      .then(String, String);
    expect(error).toMatch(/could not write the staged copy .*ENOENT/);
    expect(error).not.toContain(scratch.path);
  });
});
