import type { Rule } from './change-rule.ts';
import { asyncCallback } from './rules/async-callback.ts';
import { changedSignature } from './rules/changed-signature.ts';
import { contradictoryComparison } from './rules/contradictory-comparison.ts';
import { droppedAwait } from './rules/dropped-await.ts';
import { identicalBranches } from './rules/identical-branches.ts';
import { loopBound } from './rules/loop-bound.ts';
import { missingBreak } from './rules/missing-break.ts';
import { removedExport } from './rules/removed-export.ts';
import { repeatedOperand } from './rules/repeated-operand.ts';

/** Every rule over the change. A new one is a file in `rules/` and a line here. */
export const CHANGE_RULES: readonly Rule[] = [
  asyncCallback,
  changedSignature,
  contradictoryComparison,
  droppedAwait,
  identicalBranches,
  loopBound,
  missingBreak,
  removedExport,
  repeatedOperand,
];
