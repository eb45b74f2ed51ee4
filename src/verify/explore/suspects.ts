import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';

/** A divergence that showed again in a replay, with the steps of the first time. */
export interface Suspect {
  readonly divergence: Divergence;
  readonly steps: readonly Step[];
  /** The abstract state after each step, to cut loops. */
  readonly keys: readonly string[];
}

/** What became of every cause that was met. */
export interface Suspects {
  readonly confirmed: Map<string, Suspect>;
  /** Causes that did not show again, and what follows from a cause that is known. */
  readonly dismissed: Set<string>;
}

export function createSuspects(): Suspects {
  return { confirmed: new Map(), dismissed: new Set() };
}

export function isKnown({ confirmed, dismissed }: Suspects, { cause }: Divergence): boolean {
  return confirmed.has(cause) || dismissed.has(cause);
}
