import { describeStep, type Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import type { Moment } from '../compare/transition.ts';
import { templateText } from '../model/template-text.ts';
import type { StepOutcome } from '../ports.ts';
import { pathTemplate } from '../site.ts';

/** The divergence that a step is possible on the base and not on the head. */
export function describeImpossible(step: Step, outcome: StepOutcome, after: Moment): Divergence {
  const why = outcome.kind === 'impossible' ? outcome.why : '';
  const words = describeStep(step);
  const shared = { key: `impossible|${words}|${why}`, severity: 'high', actual: why } as const;
  if ('goto' in step) {
    return {
      ...shared,
      kind: 'place',
      cause: `page|${pathTemplate(step.goto)}`,
      category: 'flow',
      source: 'firsthand/page-broken',
      what: `the page no longer opens: ${why}`,
      expected: 'the page opens',
    };
  }
  if ('expect' in step) {
    return {
      ...shared,
      kind: 'text',
      cause: `expect|${words}`,
      category: 'state',
      source: 'firsthand/expectation',
      what: why,
      expected: words.replace(/^expect /, ''),
    };
  }
  return {
    ...shared,
    kind: 'missing',
    cause: `impossible|${templateText(words)}|${pathTemplate(pathOf(after.base.url))}`,
    category: 'flow',
    source: 'firsthand/step-impossible',
    what: `one cannot ${words}: ${why}`,
    expected: `one can ${words}`,
  };
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
