import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import type { Moment } from '../compare/transition.ts';
import type { PageModel } from '../model/page-model.ts';
import type { Pair } from '../pair.ts';
import type { Session, StepOutcome } from '../ports.ts';
import type { Run } from '../run.ts';
import type { Surroundings } from '../surroundings.ts';

/** A pair of windows that are driven in lockstep. */
export interface Walk {
  readonly run: Run;
  readonly where: Surroundings;
  readonly sessions: Pair<Session>;
  /** What was done since the last fresh start, the opening of the first page included. */
  steps: readonly Step[];
  /** The abstract state after each of them. */
  keys: readonly string[];
  /** What the base showed after each of them. */
  pages: readonly PageModel[];
  /** What both sides show. Without a base the head stands on both sides, and nothing differs. */
  moment: Moment;
  /** Something was done since the last fresh start that a product may remember. */
  hasMutated: boolean;
  /** Of that, something was sent to the servers. */
  hasSent: boolean;
  /** Base and head showed the same after the last step. */
  isAlike: boolean;
}

/** What became of one step in lockstep. */
export interface Stride {
  readonly outcomes: Pair<StepOutcome>;
  /** What the step made of both sides that it should not have. Empty where the base could not do it either. */
  readonly divergences: readonly Divergence[];
}

export interface StrideOptions {
  /** Forget everything first: nothing is stored but what the login left. The step is a `goto`. */
  readonly isFresh?: boolean;
  /** Page time for which a step that is not possible yet is tried again, in milliseconds; 0 when left out. */
  readonly patienceMs?: number;
}
