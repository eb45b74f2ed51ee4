import { describeStep, type Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { templateText } from '../model/template-text.ts';
import type { StepOutcome } from '../ports.ts';

/** The divergence that a step is possible on the base and not on the head. */
export function describeImpossible(step: Step, outcome: StepOutcome): Divergence {
  const why = outcome.kind === 'impossible' ? outcome.why : '';
  const words = describeStep(step);
  return {
    kind: 'missing',
    key: `impossible|${words}|${why}`,
    cause: `impossible|${templateText(words)}`,
    category: 'flow',
    severity: 'high',
    source: 'firsthand/step-impossible',
    what: `one cannot ${words}: ${why}`,
    expected: `${words} is possible`,
    actual: why,
  };
}
