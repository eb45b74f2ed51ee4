import type { ReviewCategory } from '../domain/finding.ts';
import type { ChangeAnalyser, Diagnostic } from '../review/ports.ts';
import { analyseInBatches, type BatchResult } from './analyse-in-batches.ts';
import { isReadByRules } from './change/is-read-by-rules.ts';
import type { Attempt } from './limits.ts';
import { runNodeChild } from './node-child.ts';
import type { AnalyserOptions } from './oxlint.ts';
import { SCRIPT_FILE } from './oxlint.ts';

const BATCH_SIZE = 1000;
const NAME = 'firsthand rules';

/** Our own rules over the change: what it takes away, and what no longer fits the code around it. */
export function createChangeRules(category: ReviewCategory, options: AnalyserOptions): ChangeAnalyser {
  return {
    name: NAME,
    category,
    reads: (path) => isReadByRules(category, path),
    looksInto: (path) => category === 'logic' && SCRIPT_FILE.test(path),
    analyse: async (stage, files, signal) => {
      const run = (batch: readonly string[], attempt: Attempt): Promise<BatchResult> =>
        runNodeChild(
          {
            script: 'change-child',
            rules: [],
            stage,
            paths: batch,
            more: { category, files, staged: stage.paths },
            attempt,
            usesNativeCode: true,
          },
          options,
          signal,
        );
      const result = await analyseInBatches(
        files.map(({ path }) => path),
        BATCH_SIZE,
        run,
      );
      return { ...result, diagnostics: await withTexts(result.diagnostics) };
    },
  };
}

/** The texts are loaded with the rules when there is something to tell: loading takes longer than the rules do. */
async function withTexts(diagnostics: readonly Diagnostic[]): Promise<readonly Diagnostic[]> {
  if (diagnostics.length === 0) return diagnostics;
  const { CHANGE_RULES } = await import('./change/rules.ts');
  const texts = new Map(CHANGE_RULES.map(({ rule, text }) => [rule, text]));
  return diagnostics.map((diagnostic) => {
    const text = texts.get(diagnostic.rule);
    return text === undefined ? diagnostic : { ...diagnostic, text };
  });
}
