import type { ReviewCategory } from '../domain/finding.ts';
import type { ChangeAnalyser } from '../review/ports.ts';
import { analyseInBatches, type BatchResult } from './analyse-in-batches.ts';
import { CHANGE_RULES } from './change/rules.ts';
import type { Attempt } from './limits.ts';
import { runNodeChild } from './node-child.ts';
import type { AnalyserOptions } from './oxlint.ts';
import { SCRIPT_FILE } from './oxlint.ts';

const BATCH_SIZE = 1000;
const NAME = 'firsthand rules';

/** Our own rules over the change: what it takes away, and what no longer fits the code around it. */
export function createChangeRules(category: ReviewCategory, options: AnalyserOptions): ChangeAnalyser {
  const rules = CHANGE_RULES.filter((rule) => rule.category === category);
  const texts = new Map(rules.map(({ rule, text }) => [rule, text]));
  return {
    name: NAME,
    category,
    reads: (path) => rules.some((rule) => rule.reads(path)),
    looksInto: (path) => category === 'logic' && SCRIPT_FILE.test(path),
    analyse: async (stage, files, signal) => {
      const run = (batch: readonly string[], attempt: Attempt): Promise<BatchResult> =>
        runNodeChild(
          {
            script: 'change-child',
            rules: rules.map(({ rule }) => rule),
            stage,
            paths: batch,
            more: { files, staged: stage.paths },
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
      return {
        ...result,
        diagnostics: result.diagnostics.map((diagnostic) => {
          const text = texts.get(diagnostic.rule);
          return text === undefined ? diagnostic : { ...diagnostic, text };
        }),
      };
    },
  };
}
