import { describe, expect, test } from 'vitest';
import { hasLiteralArgument, isLiteral } from '../../src/analysers/children/python-arguments.ts';

describe('isLiteral', () => {
  test.each([
    '"a"',
    "'a' 'b'",
    '"""a\nb"""',
    'f"SELECT * FROM {TABLE}"',
    '"SELECT " + COLUMNS',
    'r"\\d"',
    '["ls", "-l"]',
    '1 + 1',
    'f"{{braces}}"',
  ])('holds for %s', (text) => {
    expect(isLiteral(text)).toBe(true);
  });

  test.each([
    'name',
    '"a" + name',
    'f"a {name}"',
    '"a %s" % name',
    '"a {}".format(name)',
    'f"{request.args[\'q\']}"',
    '',
  ])('does not hold for %s', (text) => {
    expect(isLiteral(text)).toBe(false);
  });
});

describe('hasLiteralArgument', () => {
  test.each([
    ['os.system("ls (all)")', true],
    ['os.system("ls " + name)', false],
    ['os.system(\n    "ls"\n)', true],
    ['run("a, b", shell=True)', true],
    ['run(f"a {b}", shell=True)', false],
    ['run(["a", b], shell=True)', false],
    ['run()', false],
    ['run("unclosed', false],
  ])('%s: %s', (source, expected) => {
    expect(hasLiteralArgument(source, 0)).toBe(expected);
  });
});
