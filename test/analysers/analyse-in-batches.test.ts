import { describe, expect, test } from 'vitest';
import { analyseInBatches } from '../../src/analysers/analyse-in-batches.ts';

const clean = { kind: 'analysed', diagnostics: [], notAnalysed: [] } as const;

describe('analyseInBatches', () => {
  test('finds the one file that crashes a batch, and has the others analysed', async () => {
    const paths = Array.from({ length: 20 }, (_, index) => `f${index}`);
    const analysed = new Set<string>();
    const result = await analyseInBatches(paths, 8, (batch) => {
      if (batch.includes('f13')) return Promise.resolve({ kind: 'failed', why: 'crashed' });
      for (const path of batch) analysed.add(path);
      return Promise.resolve(clean);
    });
    expect(result.notAnalysed).toEqual([{ path: 'f13', reason: 'crashed' }]);
    expect(analysed.size).toBe(19);
  });

  test('says that the tool failed when it fails on every file', async () => {
    const run = () => Promise.resolve({ kind: 'failed', why: 'not found' } as const);
    await expect(analyseInBatches(['a', 'b', 'c'], 8, run)).rejects.toThrow(
      'failed on every one of 3 files: not found',
    );
  });

  test('stops halving when many files fail, so that a broken tool does not take all day', async () => {
    const paths = Array.from({ length: 1000 }, (_, index) => `f${index}`);
    let calls = 0;
    const running = analyseInBatches(paths, 1000, () => {
      calls += 1;
      return Promise.resolve({ kind: 'failed', why: 'hang' } as const);
    });
    await expect(running).rejects.toThrow(/failed on every one/);
    expect(calls).toBeLessThan(60);
  });

  test('waits for the limit of a file that hangs three times, not more, to name it among 60', async () => {
    const paths = Array.from({ length: 60 }, (_, index) => `f${index}`);
    let hangs = 0;
    const result = await analyseInBatches(paths, 1000, (batch) => {
      if (!batch.includes('f41')) return Promise.resolve(clean);
      hangs += 1;
      return Promise.resolve({ kind: 'failed', why: 'took longer than 5 s' });
    });
    expect(result.notAnalysed).toEqual([{ path: 'f41', reason: 'took longer than 5 s' }]);
    expect(hangs).toBe(3);
  });

  test('runs nothing for no files', async () => {
    const run = () => Promise.reject(new Error('was run'));
    await expect(analyseInBatches([], 8, run)).resolves.toEqual({ diagnostics: [], notAnalysed: [] });
  });
});
