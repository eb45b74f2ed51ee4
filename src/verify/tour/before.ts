import type { Action } from '../model/action.ts';
import { firstOf, kindredOf, type StateGraph } from './state-graph.ts';
import { strengthOf } from './strength.ts';

/** What changed something before, each different thing once, with what was done after it already. */
export interface Before {
  readonly action: Action;
  readonly isLast: boolean;
  readonly strength: number;
  readonly seconds: ReadonlyMap<string, number> | undefined;
  readonly kindred: ReadonlyMap<string, number> | undefined;
}

/** Prepares what many actions of one state are weighed by. */
export function whatWasBefore(graph: StateGraph, changed: readonly Action[]): readonly Before[] {
  const before = new Map<string, Before>();
  for (const [index, action] of changed.entries()) {
    const first = firstOf(action);
    before.set(first, {
      action,
      isLast: index === changed.length - 1,
      strength: strengthOf(graph, action),
      seconds: graph.pairs.get(first),
      kindred: graph.kindred.get(kindredOf(action)),
    });
  }
  return [...before.values()];
}
