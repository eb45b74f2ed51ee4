import type { Action } from '../model/action.ts';
import { WAY } from './effect.ts';
import type { StateGraph } from './state-graph.ts';

/** Something of the product that several controls change, such as what is stored of a basket. */
export interface Topic {
  /** As `touchedBy` names it; the first of those that the same controls change. */
  readonly name: string;
  /** By `kindOf`. */
  readonly controls: ReadonlySet<string>;
  readonly weight: number;
}

const MIN_CONTROLS = 2;
const SENT = /^sent:/;
const ONE_WAY = 0.5;
/** What is stored and sent lasts; what a list or a number shows follows from it. */
const LASTING = /^(?:local|session|cookie|sent):/;
/** What all other topics weigh together, beside those that last. */
const OTHERS_SHARE = 0.4;
const PLACE_IN_LIST = /:(?:first|middle|last)(?=\/|$)|\|last(?=\|)/g;

/** The sort of an action, wherever in a list it is. */
export function kindOf({ sort }: Pick<Action, 'sort'>): string {
  return sort.replace(PLACE_IN_LIST, '');
}

/** What was seen to be changed by more than one control; the more they are, the more may come of their meeting. */
export function findTopics({ controls }: Pick<StateGraph, 'controls'>): readonly Topic[] {
  const byName = new Map<string, Set<string>>();
  const ways = new Map<string, Set<string>>();
  for (const [control, { touched, sort }] of controls) {
    if (control !== sort) continue;
    const own = [...touched].filter((name) => name.startsWith(WAY));
    for (const name of touched) {
      if (name.startsWith(WAY)) continue;
      byName.set(name, (byName.get(name) ?? new Set()).add(kindOf({ sort })));
      if (SENT.test(name)) ways.set(name, new Set([...(ways.get(name) ?? []), ...own]));
    }
  }
  const topics = new Map<string, Topic>();
  const lastingFirst = [...byName].sort(([a], [b]) => Number(LASTING.test(b)) - Number(LASTING.test(a)));
  for (const [name, those] of lastingFirst) {
    const key = [...those].sort().join('\n');
    // A form that can be sent in many ways is one thing to do.
    const weight = ways.get(name)?.size === 1 ? ONE_WAY : Math.sqrt(those.size);
    if (new Set([...those].map(targetOf)).size >= MIN_CONTROLS && !topics.has(key))
      topics.set(key, { name, controls: those, weight });
  }
  return balanced([...topics.values()]);
}

function balanced(topics: readonly Topic[]): readonly Topic[] {
  const sum = (some: readonly Topic[]): number => some.reduce((all, { weight }) => all + weight, 0);
  const lasting = topics.filter(({ name }) => LASTING.test(name));
  const others = topics.filter(({ name }) => !LASTING.test(name));
  const share = lasting.length === 0 ? 1 : Math.min(1, (OTHERS_SHARE * sum(lasting)) / sum(others));
  return [...lasting, ...others.map((topic) => ({ ...topic, weight: topic.weight * share }))];
}

/** The control of a kind of action, however it is used: typing, sending and leaving a field are one. */
function targetOf(kind: string): string {
  return kind.split('|').slice(1, 3).join('|');
}
