import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { CostlyFirst } from './test/support/costly-first.ts';

// The workers, and the Apps that they start, load the same modules again and again: compiling them once is enough.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node-compile');

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // More than there are processors: a good part of a test with a browser or a process is waiting for it.
    maxWorkers: Math.min(8, Math.ceil(availableParallelism() * 1.5)),
    sequence: { sequencer: CostlyFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
