import { describe, expect, test } from 'vitest';
import { createAnalysers } from '../../src/analysers/create-analysers.ts';
import { setAsideByContent } from '../../src/review/set-aside.ts';
import { BOMBS } from '../support/bombs.ts';
import { createRepository } from '../support/git-repository.ts';
import { reviewCommits } from '../support/review-commits.ts';
import { stageAndAnalyse } from '../support/stage-and-analyse.ts';

const { analysers, stager } = await createAnalysers();
const textOf = (name: string): string => BOMBS[name]?.text() ?? '';

describe('setAsideByContent', () => {
  const plain = Object.entries(BOMBS).filter(([, { isSubtle }]) => isSubtle !== true);
  test.each(plain)('sets %s aside before a parser sees it', (_, { path, text }) => {
    expect(setAsideByContent(path, Buffer.from(text()))?.readBy).not.toBe('security');
    expect(setAsideByContent(path, Buffer.from(text()))).toBeDefined();
  });

  test('sets nothing aside that is merely long', () => {
    const text = 'export const add = (a: number, b: number): number => a + b;\n'.repeat(5000);
    expect(setAsideByContent('src/a.ts', Buffer.from(text))).toBeUndefined();
  });
});

describe('a bomb among good files', () => {
  const GOOD = Object.fromEntries(
    Array.from({ length: 5 }, (_, index) => [
      `src/good${index}.ts`,
      'export const f = (x: string) => {\n  let y = 1;\n  debugger;\n  return x + y;\n};\n',
    ]),
  );
  const readers = analysers.filter(({ name }) => /^(?:oxlint|biome)/.test(name));
  const cases = readers.flatMap((analyser) =>
    ['nested brackets', 'ternaries'].map((name) => ({ tool: analyser.name, name, analyser })),
  );

  test.each(cases)('costs at most itself when $tool gets $name all the same', async ({ name, analyser }) => {
    const bomb = { 'src/bomb.ts': textOf(name) };
    const result = await stageAndAnalyse(analyser, stager, { ...GOOD, ...bomb });
    const unread = result.notAnalysed.map(({ path }) => path);
    expect(unread.filter((path) => path !== 'src/bomb.ts')).toEqual([]);
    const found = new Set(result.diagnostics.map(({ path }) => path));
    found.delete('src/bomb.ts');
    expect([...found].sort()).toEqual(Object.keys(GOOD));
  });

  test('costs itself only in Python', async () => {
    const pythons = analysers.filter(
      ({ name, category }) => /^(?:ruff|taint)/.test(name) && category === 'security',
    );
    expect(pythons).toHaveLength(2);
    const good = 'import marshal\n\n\ndef f():\n    return eval(marshal.loads(input()))\n';
    const bombs = {
      'nest.py': textOf('Python: parentheses'),
      'not.py': textOf('Python: a chain of not'),
      'texts.py': textOf('Python: texts in texts, less deep'),
    };
    for (const analyser of pythons) {
      const result = await stageAndAnalyse(analyser, stager, { 'a.py': good, ...bombs, 'z.py': good });
      const unread = result.notAnalysed.map(({ path }) => path);
      expect(unread).toContain('nest.py');
      expect(unread.filter((path) => !(path in bombs))).toEqual([]);
      const found = new Set(result.diagnostics.map(({ path }) => path));
      expect([...found].filter((path) => !(path in bombs)).toSorted()).toEqual(['a.py', 'z.py']);
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
    ['nested brackets', /longer than 20 kB/],
    ['a chain of typeof', /depth|crashed|longer than/],
  ])(
    'has all good files reviewed beside %s, and names the bomb',
    async (name, reason) => {
      const repository = createRepository();
      try {
        repository.write({ 'README.md': 'x\n' });
        const base = repository.commit();
        repository.write({ ...good, 'src/bomb.ts': textOf(name) });
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
