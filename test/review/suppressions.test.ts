import { describe, expect, test } from 'vitest';
import { neutraliseSuppressions } from '../../src/review/suppressions.ts';

const neutralise = (text: string) =>
  neutraliseSuppressions(text, new Set(text.split('\n').map((_, index) => index + 1)));

describe('neutraliseSuppressions', () => {
  test.each([
    ['// eslint-disable-next-line no-eval', 'eslint-disable-next-line'],
    ['eval(x); /* oxlint-disable-line */', 'oxlint-disable-line'],
    ['{/* biome-ignore lint/style/noVar: why */}', 'biome-ignore'],
    ['// @ts-expect-error later', '@ts-expect-error'],
    [' * @ts-nocheck', '@ts-nocheck'],
    ['x = 1  # noqa: S605', 'noqa'],
    ['# ruff: noqa', 'ruff: noqa'],
    ['y = z  # type: ignore[arg-type]', 'type: ignore'],
    ['# nosec', 'nosec'],
    ['<!-- secretlint-disable -->', 'secretlint-disable'],
    ['/* ESLINT-DISABLE */', 'ESLINT-DISABLE'],
  ])('overwrites %s and keeps its length', (line, directive) => {
    const { text, suppressions } = neutralise(line);
    expect(text).toHaveLength(line.length);
    expect(text).toBe(line.replace(directive, 'x'.repeat(directive.length)));
    expect(suppressions).toMatchObject([{ line: 1, directive }]);
  });

  test.each([
    'const text = "use eslint-disable with care";',
    'const url = `https://example.com/noqa`;',
    'const technoqa = 1;',
    'The docs speak of eslint-disable here.',
  ])('leaves %s alone', (line) => {
    expect(neutralise(line)).toEqual({ text: line, suppressions: [] });
  });

  test('keeps those on lines that the diff does not add', () => {
    const text = '// eslint-disable-next-line\neval(x)\n// eslint-disable-next-line\neval(y)\n';
    const result = neutraliseSuppressions(text, new Set([3, 4]));
    expect(result.text.split('\n')[0]).toBe('// eslint-disable-next-line');
    expect(result.suppressions.map(({ line }) => line)).toEqual([3]);
  });

  test('keeps what a test expects of the compiler, there only', () => {
    const text = '// @ts-expect-error\nsave("7");\n';
    const lines = new Set([1, 2]);
    expect(neutraliseSuppressions(text, lines, { path: 'src/a.test.ts' })).toEqual({
      text,
      suppressions: [],
    });
    expect(neutraliseSuppressions(text, lines, { path: 'src/a.ts' }).suppressions).toHaveLength(1);
  });
});
