import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { FIXES } from '../../src/review/fixes.ts';
import { createRepository } from '../support/git-repository.ts';
import { reviewCommits } from '../support/review-commits.ts';

describe('FIXES', () => {
  test.each([
    ['biome/useConst', '  let total = 1;', '  const total = 1;'],
    ['biome/useConst', 'let a = 1, b = 2;', undefined],
    ['biome/noDoubleEquals', 'if (a == b) x();', 'if (a === b) x();'],
    ['biome/noDoubleEquals', 'if (a == b && c == d) x();', undefined],
    ['biome/useNodejsImportProtocol', "import { join } from 'path';", "import { join } from 'node:path';"],
    ['oxlint/no-floating-promises', '  save(order);', '  await save(order);'],
    ['oxlint/no-floating-promises', '  const x = save(order);', undefined],
    ['oxlint/no-focused-tests', "it.only('x', () => {", "it('x', () => {"],
    ['oxlint/no-focused-tests', "fdescribe('x', () => {", "describe('x', () => {"],
    ['oxlint/missing-throw', "  new TypeError('no');", "  throw new TypeError('no');"],
    ['oxlint/use-isnan', 'if (x === NaN) y();', 'if (Number.isNaN(x)) y();'],
    ['oxlint/no-unsafe-negation', 'if (!key in map) x();', 'if (!(key in map)) x();'],
    ['ruff/E711', 'if x == None:', 'if x is None:'],
    ['ruff/F541', 'print(f"done")', 'print("done")'],
    ['taint/python-unsafe-deserialisation', 'yaml.load(text)', 'yaml.safe_load(text)'],
    ['taint/python-unsafe-deserialisation', 'yaml.load(text, Loader=yaml.Loader)', undefined],
  ])('%s: %s', (rule, line, expected) => {
    expect(FIXES[rule]?.(line)).toBe(expected);
  });
});

const byPath = (a: Finding, b: Finding): number =>
  (a.location?.path ?? '').localeCompare(b.location?.path ?? '');

describe('offerFixes', () => {
  test('offers a line with which the tool has nothing more to say, and none that does not parse', async () => {
    const repository = createRepository();
    try {
      const save = 'export async function save(x: number): Promise<void> {\n  console.log(x);\n}\n';
      repository.write({ 'src/save.ts': save });
      const base = repository.commit();
      repository.write({
        'src/a.ts':
          "import { save } from './save.ts';\n\nexport async function all(): Promise<void> {\n  save(1);\n}\n",
        'src/b.ts': "import { save } from './save.ts';\n\nexport function one(): void {\n  save(1);\n}\n",
      });
      const head = repository.commit();
      const report = await reviewCommits(repository.folder, { base, head }, { reviewers: ['logic'] });
      const offered = report.findings
        .toSorted(byPath)
        .map(({ location, source, suggestion }) => [location?.path, source, suggestion]);
      expect(offered).toEqual([
        ['src/a.ts', 'oxlint/no-floating-promises', '  await save(1);'],
        ['src/b.ts', 'oxlint/no-floating-promises', undefined],
      ]);
    } finally {
      repository.remove();
    }
  });
});
