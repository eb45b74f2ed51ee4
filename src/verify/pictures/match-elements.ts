import type { ElementBox } from '../ports.ts';

/** Head element to base element. */
export type ElementPairs = ReadonlyMap<ElementBox, ElementBox>;

/** The elements of two pages, paired, with their ancestors. */
export interface Tree {
  readonly base: readonly ElementBox[];
  readonly head: readonly ElementBox[];
  readonly pairs: ElementPairs;
  readonly parents: {
    readonly base: ReadonlyMap<ElementBox, ElementBox>;
    readonly head: ReadonlyMap<ElementBox, ElementBox>;
  };
}

/**
 * Ways to recognise an element, surest first. An empty string recognises nothing.
 *
 * The last three find elements again whose ids were renamed or that were wrapped: by what they say, where they are.
 */
const IDENTITIES: readonly ((element: ElementBox) => string)[] = [
  ({ key, name, text }) => `${key}|${name}|${text}`,
  ({ tag, role, name, text }) => (name === '' && text === '' ? '' : `${tag}|${role}|${name}|${text}`),
  ({ key }) => key,
  ({ tag, x, y, width, height }) => `${tag}|${x}|${y}|${width}|${height}`,
];

/** Finds the elements of the base on the head; each at most once, equals in document order. */
export function matchElements(base: readonly ElementBox[], head: readonly ElementBox[]): ElementPairs {
  const pairs = new Map<ElementBox, ElementBox>();
  const taken = new Set<ElementBox>();
  for (const identity of IDENTITIES) {
    const waiting = new Map<string, ElementBox[]>();
    for (const element of base.toReversed()) {
      const name = taken.has(element) ? '' : identity(element);
      if (name === '') continue;
      const list = waiting.get(name);
      if (list === undefined) waiting.set(name, [element]);
      else list.push(element);
    }
    for (const element of head) {
      if (pairs.has(element)) continue;
      const old = waiting.get(identity(element))?.pop();
      if (old === undefined) continue;
      pairs.set(element, old);
      taken.add(old);
    }
  }
  return pairs;
}

/** For each element its nearest described ancestor; by the path in the key where the list does not say. */
export function parentsOf(elements: readonly ElementBox[]): ReadonlyMap<ElementBox, ElementBox> {
  const parents = new Map<ElementBox, ElementBox>();
  const latest = new Map<string, ElementBox>();
  for (const element of elements) {
    const parent =
      element.parent === undefined ? nearestByKey(element.key, latest) : elements[element.parent];
    if (parent !== undefined && parent !== element) parents.set(element, parent);
    latest.set(element.key, element);
  }
  return parents;
}

/** Elements come in document order: the latest one with a key is the ancestor that the key means. */
function nearestByKey(key: string, latest: ReadonlyMap<string, ElementBox>): ElementBox | undefined {
  for (let end = key.lastIndexOf('>'); end > 0; end = key.lastIndexOf('>', end - 1)) {
    const parent = latest.get(key.slice(0, end));
    if (parent !== undefined) return parent;
  }
  return undefined;
}
