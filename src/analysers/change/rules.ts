import type { Rule } from './change-rule.ts';
import { asyncCallback } from './rules/async-callback.ts';
import { changedSignature } from './rules/changed-signature.ts';
import { contradictoryComparison } from './rules/contradictory-comparison.ts';
import { droppedAwait } from './rules/dropped-await.ts';
import { identicalBranches } from './rules/identical-branches.ts';
import { loopBound } from './rules/loop-bound.ts';
import { missingBreak } from './rules/missing-break.ts';
import { removedExport } from './rules/removed-export.ts';
import { removedRoute } from './rules/removed-route.ts';
import { removedTest } from './rules/removed-test.ts';
import { repeatedOperand } from './rules/repeated-operand.ts';
import { skippedTest } from './rules/skipped-test.ts';
import { swallowedError } from './rules/swallowed-error.ts';
import { unreleasedResource } from './rules/unreleased-resource.ts';
import { weakenedTest } from './rules/weakened-test.ts';

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
  removedRoute,
  removedTest,
  repeatedOperand,
  skippedTest,
  swallowedError,
  unreleasedResource,
  weakenedTest,
];
