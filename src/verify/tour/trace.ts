import type { Step } from '../../domain/flow.ts';
import type { PageModel } from '../model/page-model.ts';
import { findNode, targetOf } from '../model/targets.ts';
import type { Trace } from '../shrink/short-cuts.ts';
import { effectOf, isMutation, touchedBy } from './effect.ts';

/** What the steps of a walk did, from what the base showed after each of them; `pages` is as long as `steps`. */
export function traceOf(steps: readonly Step[], pages: readonly PageModel[]): Trace {
  const touched = steps.map((step, index) => {
    const [before, after] = [pages[index - 1], pages[index]];
    if (before === undefined || after === undefined || 'goto' in step) return undefined;
    const isChange = isInput(step) || 'go' in step || isMutation(effectOf(before, after));
    return isChange ? touchedBy(before, after, [step]) : undefined;
  });
  return {
    length: steps.length,
    touched: (index) => touched[index],
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
