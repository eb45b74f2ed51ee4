import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { startAfresh, stride, type Walk } from './walk.ts';

/** What a sequence showed when it was performed once more from a fresh start. */
export interface Replay {
  /** `over`: the time was up; `lost`: a step could not be done on the base. */
  readonly kind: 'shown' | 'not-shown' | 'lost' | 'over';
  readonly divergence?: Divergence;
  /** The steps up to where it showed. */
  readonly steps: readonly Step[];
}

/** Performs `steps` afresh on both sides until a divergence for which `isIt` holds shows. */
export async function replay(
  walk: Walk,
  steps: readonly Step[],
  isIt: (divergence: Divergence) => boolean,
): Promise<Replay> {
  const [first, ...rest] = steps;
  if (first === undefined || !('goto' in first)) return { kind: 'lost', steps: [] };
  if (!walk.run.budget.repeat()) return { kind: 'over', steps: [] };
  const opened = await startAfresh(walk, first.goto);
  const early = opened.divergences.find(isIt);
  if (early !== undefined) return { kind: 'shown', divergence: early, steps: walk.steps };
  if (opened.kind === 'impossible') return { kind: 'lost', steps: [] };
  for (const step of rest) {
    walk.run.signal.throwIfAborted();
    if (!walk.run.budget.repeat()) return { kind: 'over', steps: [] };
    const { kind, divergences } = await stride(walk, step);
    const found = divergences.find(isIt);
    if (found !== undefined) return { kind: 'shown', divergence: found, steps: walk.steps };
    if (kind === 'impossible') return { kind: 'lost', steps: walk.steps };
  }
  return { kind: 'not-shown', steps: walk.steps };
}
