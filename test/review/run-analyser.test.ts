import { describe, expect, test } from 'vitest';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { Analyser } from '../../src/review/ports.ts';
import { FakeStager } from '../support/fake-analysers.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';

describe('runAnalyser', () => {
  test('lets no reason name the folder that the analyser worked in', async () => {
    const tool = { category: 'logic', reads: () => true } as const;
    const analysers: readonly Analyser[] = [
      {
        ...tool,
        name: 'quoting 1.0.0',
        analyse: ({ folder }, [path = '']) =>
          Promise.resolve({
            diagnostics: [],
            notAnalysed: [{ path, reason: `crashed at ${folder}/${path}` }],
          }),
      },
      {
        ...tool,
        name: 'broken 1.0.0',
        analyse: ({ folder }) => Promise.reject(new Error(`cannot open ${folder}`)),
      },
    ];
    const report = await reviewPullRequest(
      {
        base: BASE,
        head: HEAD,
        settings: { reviewers: ['logic'], ignore: [], maxFindings: 15 },
        startedAt: new Date('2026-01-02T03:04:05Z'),
        version: '1.2.3',
      },
      {
        objects: new FakeGitObjects({}, { 'a.ts': 'x\n' }),
        stager: new FakeStager(),
        analysers,
        sandbox: 'none, it is a fake',
        onProgress: () => undefined,
      },
      new AbortController().signal,
    );
    expect(report.notAnalysed).toEqual([
      { path: 'a.ts', reason: 'quoting: crashed at a.ts; broken: cannot open the staged copy' },
    ]);
    expect(JSON.stringify(report)).not.toContain('stage-');
  });
});
