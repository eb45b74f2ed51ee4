import { describe, expect, test } from 'vitest';
import type { ReviewCategory } from '../../src/domain/finding.ts';
import { suppressionDiagnostics } from '../../src/review/suppression-findings.ts';
import { neutraliseSuppressions } from '../../src/review/suppressions.ts';

function linesOf(path: string, text: string, category: ReviewCategory): readonly number[] {
  const added = new Set(text.split('\n').map((_, index) => index + 1));
  const { suppressions } = neutraliseSuppressions(text, added);
  const bytes = Buffer.from(text);
  const file = { path, hunks: 1, added, head: bytes, staged: bytes, suppressions };
  return suppressionDiagnostics([file], category).map(({ startLine }) => startLine);
}

describe('suppressionDiagnostics', () => {
  test.each([
    ['src/a.ts', '// eslint-disable-next-line no-unreachable', 'logic'],
    ['src/a.ts', '// @ts-ignore', 'logic'],
    ['src/a.ts', '/* eslint-disable */', 'logic'],
    ['test/a.test.ts', '// @ts-nocheck', 'logic'],
    ['test/a.test.ts', '// eslint-disable-next-line no-eval', 'security'],
    ['a.py', 'x = 1  # noqa: F821', 'logic'],
    ['src/a.ts', '// eslint-disable-next-line', 'logic'],
    ['src/a.ts', '/* eslint-disable react-hooks/exhaustive-deps */', 'logic'],
    ['a.py', 'x = 1  # type: ignore', 'logic'],
  ] as const)('reports in %s: %s', (path, text, category) => {
    expect(linesOf(path, text, category)).toEqual([1]);
  });

  test.each([
    ['src/a.ts', '// @ts-expect-error the package declares it wrongly', 'logic'],
    ['src/a.ts', '// eslint-disable-next-line no-unreachable -- kept for the debugger', 'logic'],
    ['src/a.ts', '// biome-ignore lint/correctness/noUnreachable: kept for the debugger', 'logic'],
    ['src/a.ts', '// eslint-disable-next-line @typescript-eslint/no-explicit-any', 'logic'],
    ['src/a.ts', '/* eslint-disable max-lines */', 'logic'],
    ['test/a.test.ts', '// @ts-expect-error', 'logic'],
    ['src/cart.test.ts', '// eslint-disable-next-line', 'logic'],
  ] as const)('is silent in %s about %s', (path, text, category) => {
    expect(linesOf(path, text, category)).toEqual([]);
  });
});
