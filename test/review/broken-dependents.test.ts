import { describe, expect, test } from 'vitest';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { Analyser } from '../../src/review/ports.ts';
import { FakeStager } from '../support/fake-analysers.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';

type Files = Readonly<Record<string, string>>;

/** A checker to which each line that has `total(1)` is wrong while `lib.ts` takes a text. */
function checker(stager: FakeStager, judged: string[]): Analyser {
  return {
    name: 'checker 1.0.0',
    category: 'logic',
    followsImports: true,
    judgesDependents: true,
    reads: (path) => path.endsWith('.ts'),
    analyse: (stage, paths) => {
      judged.push([...paths].sort().join(' '));
      const texts = stager.texts(stage);
      const isWrong = texts.get('src/lib.ts')?.includes('text: string') === true;
      const diagnostics = paths.flatMap((path) =>
        (texts.get(path) ?? '').split('\n').flatMap((line, index) => {
          const isUse = line.includes('total(1)') && isWrong;
          if (!isUse && !line.includes('old fault')) return [];
          const rule = isUse ? 'tsc/TS2345' : 'tsc/TS2322';
          return [{ rule, path, startLine: index + 1, endLine: index + 1, message: 'wrong argument' }];
        }),
      );
      return Promise.resolve({ diagnostics, notAnalysed: [] });
    },
  };
}

async function review(base: Files, head: Files) {
  const stager = new FakeStager();
  const judged: string[] = [];
  const report = await reviewPullRequest(
    {
      base: BASE,
      head: HEAD,
      settings: { reviewers: ['logic'], ignore: [], maxFindings: 15 },
      startedAt: new Date('2026-01-02T03:04:05Z'),
      version: '1.2.3',
    },
    {
      objects: new FakeGitObjects(base, head),
      stager,
      analysers: [checker(stager, judged)],
      changeAnalysers: [],
      sandbox: 'none, it is a fake',
      onProgress: () => undefined,
    },
    new AbortController().signal,
  );
  return { report, judged };
}

const UNCHANGED = {
  'src/use.ts': "import { total } from './lib.ts';\n\n// old fault\ntotal(1);\n",
  'src/apart.ts': 'total(1);\n',
};
const before = { ...UNCHANGED, 'src/lib.ts': '// sums\nexport function total(count: number) {}\n' };

describe('code that uses what a change breaks', () => {
  test('is told of at the changed line, with its own places, and only what is new', async () => {
    const { report } = await review(before, {
      ...UNCHANGED,
      'src/lib.ts': '// sums\nexport function total(text: string) {}\n',
    });
    expect(report.findings).toMatchObject([
      {
        source: 'firsthand/breaks-dependents',
        location: { path: 'src/lib.ts', side: 'RIGHT', startLine: 2, endLine: 2 },
        body: expect.stringContaining('`src/use.ts:4`'),
      },
    ]);
    expect(report.findings[0]?.body).not.toContain('use.ts:3');
  });

  test('is not looked at when only comments changed, or when it imports nothing that changed', async () => {
    const { report, judged } = await review(before, {
      ...UNCHANGED,
      'src/lib.ts': '// adds up\nexport function total(count: number) {}\n',
    });
    expect(report.findings).toEqual([]);
    expect(judged).toEqual(['src/lib.ts']);
  });
});
