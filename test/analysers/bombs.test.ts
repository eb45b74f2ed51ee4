import { describe, expect, test } from 'vitest';
import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import { setAsideByContent } from '../../src/review/set-aside.ts';
import { createRepository } from '../support/git-repository.ts';
import { reviewCommits } from '../support/review-commits.ts';
import { stageAndAnalyse } from '../support/stage-and-analyse.ts';

const { analysers, stager } = await createAnalysers({ timeoutMs: 8000 });
const DEPTH = 100_000;

/** Inputs that crashed or hung the tools, with what each is. */
const BOMBS: Readonly<Record<string, string>> = {
  'nested brackets': '['.repeat(DEPTH) + ']'.repeat(DEPTH),
  'nested parentheses': '('.repeat(DEPTH),
  'a chain of additions on short lines': `const a = 1;\nexport const x =\n${'a+\n'.repeat(DEPTH)}a;\n`,
  'a chain of calls': `export const x = a${'.b()'.repeat(50_000)};\n`,
  'else-if branches': `if (a) {}\n${'else if (a) {}\n'.repeat(20_000)}`,
  negations: `export const x = ${`${'!'.repeat(99)}\n`.repeat(1000)}1;\n`,
  ternaries: `export const x = ${'a ? b : '.repeat(50_000)}c;\n`,
};

const WITH_BIOME: ReadonlySet<string> = new Set(['nested brackets', 'ternaries']);

const GOOD = Object.fromEntries(
  Array.from({ length: 5 }, (_, index) => [
    `src/good${index}.ts`,
    'export const f = (x: string) => {\n  let y = 1;\n  return eval(x + y);\n};\n',
  ]),
);

describe.each(Object.keys(BOMBS))('%s', (name) => {
  const bomb = BOMBS[name] ?? '';

  test('is set aside before a parser sees it', () => {
    expect(setAsideByContent('src/bomb.ts', Buffer.from(bomb))?.readBy).toBe('any-text analysers');
  });

  const readers = analysers.filter(
    (analyser) =>
      (analyser.name.startsWith('oxlint') && analyser.category === 'security') ||
      (analyser.name.startsWith('biome') && WITH_BIOME.has(name)),
  );
  test.each(readers)('costs at most itself when $name ($category) gets it all the same', async (analyser) => {
    const result = await stageAndAnalyse(analyser, stager, { ...GOOD, 'src/bomb.ts': bomb });
    const unread = result.notAnalysed.map(({ path }) => path);
    expect(unread.filter((path) => path !== 'src/bomb.ts')).toEqual([]);
    const found = new Set(result.diagnostics.map(({ path }) => path));
    found.delete('src/bomb.ts');
    expect([...found].sort()).toEqual(Object.keys(GOOD));
  });
});

describe('a bomb for Python', () => {
  test('costs itself only', async () => {
    const readers = analysers.filter(
      ({ name, category }) => /^(?:ruff|taint)/.test(name) && category === 'security',
    );
    expect(readers).toHaveLength(2);
    const good = 'import marshal\n\n\ndef f():\n    return eval(marshal.loads(input()))\n';
    for (const analyser of readers) {
      const result = await stageAndAnalyse(analyser, stager, {
        'a.py': good,
        'bomb.py': '('.repeat(DEPTH),
        'c.py': good,
      });
      expect(result.notAnalysed.map(({ path }) => path)).toEqual(['bomb.py']);
      const found = new Set(result.diagnostics.map(({ path }) => path));
      expect([...found].toSorted()).toEqual(['a.py', 'c.py']);
    }
  });
});

describe('a pull request of 20 good files and a bomb', () => {
  const good = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `src/good${index}.ts`,
      `export const f${index} = (x: string): unknown => {\n  return eval(x + ${index});\n};\n`,
    ]),
  );

  test.each([
    ['that is set aside', '['.repeat(DEPTH) + ']'.repeat(DEPTH), /longer than 20 kB/],
    [
      'that every tool gets',
      `export const x =\n${'typeof\n'.repeat(60_000)}1;\n`,
      /depth|crashed|longer than/,
    ],
  ])(
    '%s has all good files reviewed, and names the bomb',
    async (_, bomb, reason) => {
      const repository = createRepository();
      try {
        repository.write({ 'README.md': 'x\n' });
        const base = repository.commit();
        repository.write({ ...good, 'src/bomb.ts': bomb });
        const head = repository.commit();
        const report = await reviewCommits(repository.folder, { base, head });
        const found = new Set(report.findings.map(({ location }) => location?.path));
        expect(Object.keys(good).filter((path) => !found.has(path))).toEqual([]);
        expect(report.notAnalysed).toMatchObject([
          { path: 'src/bomb.ts', reason: expect.stringMatching(reason) },
        ]);
      } finally {
        repository.remove();
      }
    },
    60_000,
  );
});
