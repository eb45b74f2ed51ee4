import { describe, expect, test } from 'vitest';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { Analyser } from '../../src/review/ports.ts';
import { FakeStager, wordAnalyser } from '../support/fake-analysers.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';

/** Offers `right` for every line that says `wrong`, whatever else stands there. */
function mender(stager: FakeStager, right: string): Analyser {
  const finder = wordAnalyser(stager, { word: 'wrong', rule: 'tool/wrong', category: 'logic' });
  return {
    ...finder,
    analyse: async (stage, paths, signal) => {
      const found = await finder.analyse(stage, paths, signal);
      const diagnostics = found.diagnostics.map((one) => ({ ...one, replacement: right }));
      return { ...found, diagnostics };
    },
  };
}

/** Takes offence at every line that says `mistyped`. */
function typeChecker(stager: FakeStager, more: Partial<Analyser> = {}): Analyser {
  const words = { word: 'mistyped', rule: 'tsc/TS2322', category: 'logic', judgesDependents: true } as const;
  return { ...wordAnalyser(stager, words), ...more };
}

async function suggestionFor(
  line: string,
  right: string,
  checker: (stager: FakeStager) => Analyser = typeChecker,
): Promise<string | undefined> {
  const stager = new FakeStager();
  const report = await reviewPullRequest(
    {
      base: BASE,
      head: HEAD,
      settings: { reviewers: ['logic'], ignore: [], maxFindings: 15 },
      startedAt: new Date(0),
      version: '1.2.3',
    },
    {
      objects: new FakeGitObjects({ 'a.ts': 'good\n' }, { 'a.ts': `good\n${line}\n` }),
      stager,
      analysers: [mender(stager, right), checker(stager)],
      changeAnalysers: [],
      sandbox: 'none, it is a fake',
      onProgress: () => undefined,
    },
    new AbortController().signal,
  );
  expect([...stager.open]).toEqual([]);
  const finding = report.findings.find(({ source }) => source === 'tool/wrong');
  expect(finding).toBeDefined();
  return finding?.suggestion;
}

describe('checkReplacements', () => {
  test('a replacement with which the file type checks is offered', async () => {
    expect(await suggestionFor('wrong', 'right')).toBe('right');
  });

  test('one that brings a type error is not, and the finding stays', async () => {
    expect(await suggestionFor('wrong', 'mistyped')).toBeUndefined();
  });

  test('one is offered that leaves a type error as it was', async () => {
    expect(await suggestionFor('wrong\nmistyped', 'right')).toBe('right');
  });

  test('nothing is offered that the type checker cannot judge, though it reads such files', async () => {
    const broken = (stager: FakeStager): Analyser =>
      typeChecker(stager, { analyse: () => Promise.reject(new Error('does not start')) });
    expect(await suggestionFor('wrong', 'right', broken)).toBeUndefined();
    const blind = (stager: FakeStager): Analyser =>
      typeChecker(stager, {
        analyse: async (_, [path = '']) => ({
          diagnostics: [],
          notAnalysed: [{ path, reason: 'took too long' }],
        }),
      });
    expect(await suggestionFor('wrong', 'right', blind)).toBeUndefined();
  });

  test('files of which no type checker knows are left to the tool that offers', async () => {
    const other = (stager: FakeStager): Analyser => typeChecker(stager, { reads: () => false });
    expect(await suggestionFor('wrong', 'mistyped', other)).toBe('mistyped');
  });
});
