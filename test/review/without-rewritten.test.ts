import { expect, test } from 'vitest';
import type { FileDiff } from '../../src/domain/diff.ts';
import type { Diagnostic } from '../../src/review/ports.ts';
import { withoutRewritten } from '../../src/review/without-rewritten.ts';
import { diffOfTexts } from '../support/diff-of-texts.ts';

/** What a tool says that takes offence at `save(` without `await`, by line. */
function said(text: string, rule = 'oxlint/no-floating-promises'): readonly Diagnostic[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /(?<!await )save\(/.test(line)
        ? [{ rule, path: 'a.ts', startLine: index + 1, endLine: index + 1, message: 'not awaited' }]
        : [],
    );
}

function linesLeft(base: string, head: string, baseRule?: string): readonly number[] {
  const diff = diffOfTexts({ 'a.ts': base }, { 'a.ts': head });
  return withoutRewritten(said(head), said(base, baseRule), diff.map(inHunks)).map(
    ({ startLine }) => startLine,
  );
}

/** A hunk for each run of lines that are near to each other, as git has them. */
function inHunks(file: FileDiff): FileDiff {
  const [hunk] = file.hunks;
  const lines = hunk?.lines ?? [];
  const middle = lines.findIndex((_, at) => lines.slice(at, at + 8).every(({ kind }) => kind === 'context'));
  if (hunk === undefined || middle < 0 || lines.length < 20) return file;
  return {
    ...file,
    hunks: [lines.slice(0, middle), lines.slice(middle)].map((part) => ({ ...hunk, lines: part })),
  };
}

const FAR = 'x\n'.repeat(20);

test('a mistake that the change only writes anew is no new one', () => {
  expect(linesLeft('a\nsave(1);\nb\n', 'a\nconst all = 2;\nsave(all);\nb\n')).toEqual([]);
});

test('one more than before in the same place is', () => {
  expect(linesLeft('a\nsave(1);\nb\n', 'a\nsave(2);\nsave(3);\nb\n')).toEqual([3]);
});

test('one elsewhere is, though the old one is gone', () => {
  expect(linesLeft(`save(1);\n${FAR}b\n`, `ok();\n${FAR}save(2);\nb\n`)).toEqual([22]);
});

test('one of another rule is, and so is one beside an old one that stays', () => {
  expect(linesLeft('save(1);\n', 'save(2);\n', 'oxlint/no-unreachable')).toEqual([1]);
  expect(linesLeft('save(1);\n', 'save(1);\nsave(2);\n').at(-1)).toBe(2);
});
