import type { Rule } from './change-rule.ts';
import { asyncCallback } from './rules/async-callback.ts';
import { changedSignature } from './rules/changed-signature.ts';
import { contradictoryComparison } from './rules/contradictory-comparison.ts';
import { copiedSlip } from './rules/copied-slip.ts';
import { dockerAddUrl } from './rules/docker-add-url.ts';
import { dockerLatest } from './rules/docker-latest.ts';
import { dockerRoot } from './rules/docker-root.ts';
import { dockerSecret } from './rules/docker-secret.ts';
import { droppedAwait } from './rules/dropped-await.ts';
import { identicalBranches } from './rules/identical-branches.ts';
import { installScript } from './rules/install-script.ts';
import { lookAlikePackage } from './rules/look-alike-package.ts';
import { loopBound } from './rules/loop-bound.ts';
import { missingBreak } from './rules/missing-break.ts';
import { newDependency } from './rules/new-dependency.ts';
import { pipedInstaller } from './rules/piped-installer.ts';
import { removedExport } from './rules/removed-export.ts';
import { removedRoute } from './rules/removed-route.ts';
import { removedTest } from './rules/removed-test.ts';
import { repeatedOperand } from './rules/repeated-operand.ts';
import { skippedTest } from './rules/skipped-test.ts';
import { swallowedError } from './rules/swallowed-error.ts';
import { unpinnedAction } from './rules/unpinned-action.ts';
import { unregisteredSource } from './rules/unregistered-source.ts';
import { unreleasedResource } from './rules/unreleased-resource.ts';
import { weakenedTest } from './rules/weakened-test.ts';
import { workflowExpression } from './rules/workflow-expression.ts';
import { workflowHeadCheckout } from './rules/workflow-head-checkout.ts';
import { workflowInjection } from './rules/workflow-injection.ts';
import { workflowMissingJob } from './rules/workflow-missing-job.ts';
import { workflowPrintedSecret } from './rules/workflow-printed-secret.ts';
import { workflowUnknownKey } from './rules/workflow-unknown-key.ts';
import { workflowWriteAll } from './rules/workflow-write-all.ts';

/** Every rule over the change. A new one is a file in `rules/` and a line here. */
export const CHANGE_RULES: readonly Rule[] = [
  asyncCallback,
  changedSignature,
  contradictoryComparison,
  copiedSlip,
  dockerAddUrl,
  dockerLatest,
  dockerRoot,
  dockerSecret,
  droppedAwait,
  identicalBranches,
  installScript,
  lookAlikePackage,
  loopBound,
  missingBreak,
  newDependency,
  pipedInstaller,
  removedExport,
  removedRoute,
  removedTest,
  repeatedOperand,
  skippedTest,
  swallowedError,
  unpinnedAction,
  unregisteredSource,
  unreleasedResource,
  weakenedTest,
  workflowExpression,
  workflowHeadCheckout,
  workflowInjection,
  workflowMissingJob,
  workflowPrintedSecret,
  workflowUnknownKey,
  workflowWriteAll,
];
