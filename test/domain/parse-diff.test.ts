import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDiff } from '../../src/domain/parse-diff.ts';

const folder = new URL('../fixtures/diffs/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.diff'))
  .map((name) => name.replace(/\.diff$/, ''));

describe('parseDiff', () => {
  test.each(names)('reads %s', (name) => {
    const expected = new URL(`${name}.json`, folder);
    const parsed = parseDiff(readFileSync(new URL(`${name}.diff`, folder), 'utf8'));
    if (process.env['UPDATE'] === '1') writeFileSync(expected, `${JSON.stringify(parsed, null, 2)}\n`);
    expect(parsed).toEqual(JSON.parse(readFileSync(expected, 'utf8')));
  });

  test('gives nothing for an empty diff', () => {
    expect(parseDiff('')).toEqual([]);
  });

  test.each([
    ['text that is no diff', 'hello\n'],
    ['a hunk that ends early', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n'],
    [
      'a line without a mark inside a hunk',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\nx\n',
    ],
    ['an unknown header', 'diff --git a/x b/x\nexecute this\n'],
  ])('names the line of %s', (_, text) => {
    expect(() => parseDiff(text)).toThrow(/line \d+ of the diff/);
  });

  test('reads ten thousand files in good time', () => {
    const one = (index: number): string =>
      `diff --git a/f${index} b/f${index}\nindex 1..2 100644\n--- a/f${index}\n+++ b/f${index}\n@@ -1 +1 @@\n-a\n+b\n`;
    const files = parseDiff(Array.from({ length: 10_000 }, (__, index) => one(index)).join(''));
    expect(files).toHaveLength(10_000);
    expect(files.at(-1)?.hunks[0]?.lines).toEqual([
      { kind: 'removed', text: 'a', oldLine: 1 },
      { kind: 'added', text: 'b', newLine: 1 },
    ]);
  });
});
