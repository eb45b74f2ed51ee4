import type { Action } from '../model/action.ts';
import type { Before } from './before.ts';
import type { StateGraph } from './state-graph.ts';

/** Where an action would be done. */
export interface Situation {
  readonly graph: StateGraph;
  /** The actions that changed something since the last fresh start. */
  readonly changed: readonly Action[];
  /** The same, prepared by `whatWasBefore`. */
  readonly before: readonly Before[];
  /** Actions since the last fresh start. */
  readonly depth: number;
  /** Only what was never used counts. */
  readonly isFirstRound?: boolean;
  /** It would be done in a state that shows little of what its page can. */
  readonly isPoor: boolean;
  /** How much more an action is worth because of what it touches; 1 for most. */
  readonly interest: (action: Action) => number;
  /** Keys of the actions that were not there before the last step; absent where that is not known. */
  readonly appeared?: ReadonlySet<string>;
  /** Keys of the actions that came up here since the last fresh start and are still possible. */
  readonly recent?: ReadonlySet<string>;
}

/** How much likelier something is tried that has only just come up, such as “Undo” or the buttons of a dialog. */
const JUST_APPEARED = 6;
/** One who has opened something tries what is in it before going elsewhere. */
const RECENT = 2.5;
/** Actions after which a fresh start is far. */
export const NEAR = 6;

/** How pressing an action is: more when the last step brought it. */
export function urgencyOf({ appeared }: Situation, { key, kind }: Action): number {
  return kind !== 'key' && appeared?.has(key) === true ? JUST_APPEARED : 1;
}

/** The same of a first use, for which all that has come up on the way counts. */
export function freshUrgencyOf(there: Situation, action: Action): number {
  const isRecent = there.recent?.has(action.key) === true;
  return Math.max(urgencyOf(there, action), isRecent ? RECENT : 1);
}
