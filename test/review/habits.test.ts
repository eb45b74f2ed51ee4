import { describe, expect, test } from 'vitest';
import type { ChangedFile } from '../../src/review/collect-change.ts';
import { findOddFileNames } from '../../src/review/habits/file-name-habit.ts';
import { findOddLayout } from '../../src/review/habits/layout-habits.ts';
import { findOddTestNames } from '../../src/review/habits/test-name-habit.ts';
import { changedLines } from '../../src/review/place.ts';
import type { Diagnostic } from '../../src/review/ports.ts';
import { diffOfTexts } from '../support/diff-of-texts.ts';

const rulesOf = (found: readonly Diagnostic[]): readonly string[] =>
  found.map(({ rule, path, startLine, message }) => `${path}:${startLine} ${rule} ${message}`);

const treeOf = (paths: readonly string[]) => paths.map((path) => ({ path, kind: 'file' as const, bytes: 1 }));
const KEBAB = Array.from({ length: 10 }, (_, index) => `src/part-${index}.ts`);

describe('findOddFileNames', () => {
  const odd = (path: string, neighbours: readonly string[]): readonly string[] =>
    rulesOf(findOddFileNames(diffOfTexts({}, { [path]: 'x\n' }), treeOf([...neighbours, path])));

  test('names the form that ten neighbours keep to', () => {
    expect(odd('src/newPart.ts', KEBAB)).toEqual(['src/newPart.ts:1 firsthand/file-name kebab-case']);
  });

  test.each([
    ['one word', 'src/part.ts', KEBAB],
    ['the same form', 'src/new-part.ts', KEBAB],
    ['too few neighbours', 'src/newPart.ts', KEBAB.slice(1)],
    ['neighbours that differ', 'src/newPart.ts', [...KEBAB, 'src/oldPart.ts']],
    ['another kind of file', 'src/newPart.test.ts', KEBAB],
    ['another folder', 'lib/newPart.ts', KEBAB],
  ])('is silent on %s', (_, path, neighbours) => {
    expect(odd(path, neighbours)).toEqual([]);
  });
});

describe('findOddTestNames', () => {
  const TESTS = Array.from({ length: 10 }, (_, index) => `test/a${index}.test.ts`);
  test('finds the one that is named otherwise than all', () => {
    const diff = diffOfTexts({}, { 'test/b.spec.ts': 'x\n' });
    expect(rulesOf(findOddTestNames(diff, treeOf([...TESTS, 'test/b.spec.ts'])))).toEqual([
      'test/b.spec.ts:1 firsthand/test-name *.test.*',
    ]);
    expect(findOddTestNames(diff, treeOf([...TESTS, 'test/old.spec.ts', 'test/b.spec.ts']))).toEqual([]);
  });
});

describe('findOddLayout', () => {
  const odd = (base: string, head: string, path = 'a.ts'): readonly string[] => {
    const added =
      changedLines(diffOfTexts({ [path]: base }, { [path]: head })).added.get(path) ?? new Set<number>();
    const bytes = Buffer.from(head);
    const file: ChangedFile = {
      path,
      hunks: 1,
      added,
      head: bytes,
      staged: bytes,
      base: Buffer.from(base),
      suppressions: [],
    };
    return rulesOf(findOddLayout([file]));
  };
  const tabs = '\tx();\n'.repeat(12);

  test('finds spaces in a file of tabs, and tabs in a file of spaces', () => {
    expect(odd(tabs, `${tabs}    y();\n`)).toEqual(['a.ts:13 firsthand/indentation a tab']);
    const spaces = tabs.replaceAll('\t', '  ');
    expect(odd(spaces, `${spaces}\ty();\n`)).toEqual(['a.ts:13 firsthand/indentation spaces']);
  });

  test('says nothing of block comments, mixed files and short ones', () => {
    expect(odd(tabs, `${tabs}\t/*\n\t */\n  * z\n`)).toEqual([]);
    expect(odd(`${tabs}  z();\n`, `${tabs}  z();\n  y();\n`)).toEqual([]);
    expect(odd('\tx();\n', '\tx();\n  y();\n')).toEqual([]);
  });

  test('finds a last line without its end, and line ends that differ', () => {
    expect(odd(tabs, `${tabs}\ty();`)).toEqual(['a.ts:13 firsthand/final-newline a.ts']);
    expect(odd(tabs, `${tabs}\ty();\r\n`)).toEqual(['a.ts:13 firsthand/line-end LF']);
  });
});
