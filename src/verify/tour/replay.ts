import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { fitStep } from './fit-step.ts';
import { isImpossible } from './perform-in-lockstep.ts';
import { stride } from './stride.ts';
import { isSuspected, isSuspectedOfOther } from './suspects.ts';
import type { Stride, Walk } from './walk.ts';

/** What a sequence showed when it was performed once more from a fresh start. */
export interface Replay {
  /** `over`: the time was up; `lost`: a step could not be done on the base. */
  readonly kind: 'shown' | 'not-shown' | 'lost' | 'over';
  readonly divergence?: Divergence;
  /** The steps up to where it showed. */
  readonly steps: readonly Step[];
}

/**
 * The same, and once more with other items of the lists where the servers no longer let the steps be done: what was sent,
 * archived or approved is so for good.
 */
export async function replayWithOthers(
  walk: Walk,
  steps: readonly Step[],
  suspected: Divergence,
): Promise<Replay> {
  const again = await replay(walk, steps, (shown) => isSuspected(suspected, shown));
  if (again.kind !== 'lost') return again;
  return replay(walk, steps, (shown) => isSuspectedOfOther(suspected, shown), 'other');
}

/** Performs `steps` afresh, as far as they fit what the servers remember, on both sides until a divergence for which `isIt` holds shows. */
export async function replay(
  walk: Walk,
  steps: readonly Step[],
  isIt: (divergence: Divergence) => boolean,
  items: 'same' | 'other' = 'same',
): Promise<Replay> {
  for (const [index, step] of steps.entries()) {
    walk.run.signal.throwIfAborted();
    if (!walk.run.budget.repeat()) return { kind: 'over', steps: [] };
    const fitted = index === 0 ? step : fitStep(step, walk.moment.base, items);
    const { outcomes, divergences }: Stride = await stride(walk, fitted, { isFresh: index === 0 });
    const divergence = divergences.find(isIt);
    if (divergence !== undefined) return { kind: 'shown', divergence, steps: walk.steps };
    if (isImpossible(outcomes.base ?? outcomes.head)) return { kind: 'lost', steps: walk.steps };
  }
  return { kind: 'not-shown', steps: walk.steps };
}
