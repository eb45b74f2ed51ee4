import type { Analyser } from '../review/ports.ts';
import { analyseInBatches } from './analyse-in-batches.ts';
import { runNodeChild } from './node-child.ts';
import type { AnalyserOptions } from './oxlint.ts';
import { findTool } from './tools.ts';

const BATCH_SIZE = 300;

/** secretlint's recommended rules and our own patterns, over any text. */
export function createSecretlint(options: AnalyserOptions): Analyser {
  return {
    name: `secretlint ${findTool('@secretlint/core').version}`,
    category: 'security',
    takesAnyText: true,
    reads: () => true,
    analyse: (stage, paths, signal) =>
      analyseInBatches(paths, BATCH_SIZE, (batch, attempt) =>
        runNodeChild(
          {
            script: 'secretlint-child',
            rules: [],
            stage,
            paths: batch,
            attempt,
          },
          options,
          signal,
        ),
      ),
  };
}
