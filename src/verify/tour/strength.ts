import type { Action } from '../model/action.ts';
import type { Effect } from './effect.ts';
import type { StateGraph } from './state-graph.ts';

/** What an effect counts in a pair of actions. */
export const STRENGTH: Readonly<Record<Effect, number>> = { none: 0.2, moved: 1, shown: 1.6, kept: 3 };
/** Of a control that was not used yet. */
const UNKNOWN_STRENGTH = 1.5;

/** As strong as it was seen to be, or else one of its sort. */
export function strengthOf(graph: StateGraph, action: Action): number {
  const effect = effectOn(graph, action);
  return effect === undefined ? UNKNOWN_STRENGTH : STRENGTH[effect];
}

/** The most that it was seen to do, or else one of its sort; undefined when neither was used. */
export function effectOn({ controls }: StateGraph, { control, sort }: Action): Effect | undefined {
  return controls.get(control)?.effect ?? controls.get(sort)?.effect;
}
