import type { Step, Target } from '../../domain/flow.ts';
import type { PageModel } from '../model/page-model.ts';
import { findNode } from '../model/targets.ts';
import type { Trace } from '../shrink/short-cuts.ts';
import { effectOf, isMutation, touchedBy } from './effect.ts';

/** What the steps of a walk did, from what the base showed after each of them; `pages` is as long as `steps`. */
export function traceOf(steps: readonly Step[], pages: readonly PageModel[]): Trace {
  return {
    length: steps.length,
    touched(index) {
      const [step, before, after] = [steps[index], pages[index - 1], pages[index]];
      if (step === undefined || before === undefined || after === undefined || 'goto' in step)
        return undefined;
      const touched = touchedBy(before, after, [step]);
      const isChange = isInput(step) || 'go' in step || isMutation(effectOf(before, after));
      return isChange ? touched : undefined;
    },
    isPossible(index, after) {
      const [step, page] = [steps[index], pages[after]];
      const target = step === undefined ? undefined : targetOf(step);
      if (page === undefined || target === undefined) return false;
      const node = findNode(page, target);
      return node !== undefined && node.states.disabled !== true;
    },
  };
}

function isInput(step: Step): boolean {
  return 'fill' in step || 'select' in step || 'press' in step;
}

/** What a step acts upon; undefined for keys and history, which mean what comes before them. */
function targetOf(step: Step): Target | undefined {
  if ('click' in step) return step.click;
  if ('doubleClick' in step) return step.doubleClick;
  if ('hover' in step) return step.hover;
  if ('fill' in step) return step.fill.field;
  return 'select' in step ? step.select.field : undefined;
}
