import { describe, expect, test } from 'vitest';
import { reviewPullRequest } from '../../src/review/pipeline.ts';
import type { Analyser } from '../../src/review/ports.ts';
import { FakeStager } from '../support/fake-analysers.ts';
import { BASE, FakeGitObjects, HEAD } from '../support/fake-git-objects.ts';

function review(
  ports: { readonly analysers: readonly Analyser[]; readonly stager: FakeStager },
  signal = new AbortController().signal,
) {
  return reviewPullRequest(
    {
      base: BASE,
      head: HEAD,
      settings: { reviewers: ['security', 'logic'], ignore: [], maxFindings: 15 },
      startedAt: new Date('2026-01-02T03:04:05Z'),
      version: '1.2.3',
    },
    {
      objects: new FakeGitObjects({}, { 'a.ts': 'x\n' }),
      ...ports,
      changeAnalysers: [],
      sandbox: 'none, it is a fake',
      onProgress: () => undefined,
    },
    signal,
  );
}

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
    const report = await review({ analysers, stager: new FakeStager() });
    expect(report.notAnalysed).toEqual([
      { path: 'a.ts', reason: 'quoting: crashed at a.ts; broken: cannot open the staged copy' },
    ]);
    expect(JSON.stringify(report)).not.toContain('stage-');
  });

  test('has removed every staged copy when an aborted review ends, also of the reviewer that ends last', async () => {
    const aborting = new AbortController();
    const stager = new FakeStager();
    let hasBothStaged = (): void => undefined;
    const bothStaged = new Promise<void>((resolve) => {
      hasBothStaged = resolve;
    });
    const stopped = (): Error => new Error(`stopped: ${String(aborting.signal.aborted)}`);
    const analysers: readonly Analyser[] = [
      {
        name: 'quick 1.0.0',
        category: 'security',
        reads: () => true,
        async analyse() {
          await bothStaged;
          aborting.abort(new Error('superseded'));
          throw stopped();
        },
      },
      {
        name: 'slow 1.0.0',
        category: 'logic',
        reads: () => true,
        async analyse() {
          hasBothStaged();
          // Ends some turns of the event loop after the other, as a child that has to be killed does.
          await bothStaged;
          for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => void setImmediate(resolve));
          throw stopped();
        },
      },
    ];
    await expect(review({ analysers, stager }, aborting.signal)).rejects.toThrow('superseded');
    expect(stager.staged.size).toBe(2);
    expect([...stager.open]).toEqual([]);
  });
});
