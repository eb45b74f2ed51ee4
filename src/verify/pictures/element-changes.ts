import type { ElementBox } from '../ports.ts';
import { type ContrastChange, findUnreadable } from './contrast.ts';
import type { ElementChange, StyleChange } from './element-change.ts';
import { explainLayout } from './explain-layout.ts';
import { type ElementPairs, matchElements, parentsOf, type Tree } from './match-elements.ts';

/** What differs between the elements of two pages. */
export interface ElementDiff {
  /** Causes in document order of the head, then what is gone. Effects are left out. */
  readonly causes: readonly ElementChange[];
  /** Elements that moved or grew because of the causes. */
  readonly displaced: number;
  readonly pairs: ElementPairs;
}

/** Properties that children take over; a change of theirs is told once, of the outermost element. */
const INHERITED = new Set([
  'color',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'line-height',
  'letter-spacing',
  'text-align',
  'text-transform',
  'visibility',
  'white-space',
]);

/** Matches the elements of two pages and tells what changed from what only follows from it. */
export function diffElements(base: readonly ElementBox[], head: readonly ElementBox[]): ElementDiff {
  const pairs = matchElements(base, head);
  const tree: Tree = { base, head, pairs, parents: { base: parentsOf(base), head: parentsOf(head) } };
  const roots = [...listSurplus(tree), ...listOwnChanges(tree)];
  const { unexplained, displaced } = explainLayout(tree, roots);
  const order = new Map(head.map((element, index) => [element, index]));
  const placeOf = (change: ElementChange): number =>
    change.kind === 'removed' ? head.length : (order.get(change.head) ?? 0);
  return {
    causes: [...roots.filter(isOutermost(roots, tree)), ...unexplained].sort(
      (a, b) => placeOf(a) - placeOf(b),
    ),
    displaced,
    pairs,
  };
}

/** The causes of what differs between two pages. */
export function listElementChanges(
  base: readonly ElementBox[],
  head: readonly ElementBox[],
): readonly ElementChange[] {
  return diffElements(base, head).causes;
}

function listSurplus({ base, head, pairs, parents }: Tree): ElementChange[] {
  const matched = new Set(pairs.values());
  const siblings = new Set(
    base.map((element) => siblingName(element, parents.base.get(element))).filter((name) => name !== ''),
  );
  const added = head.filter((element) => !pairs.has(element));
  const isNew = new Set(added);
  const removed = base.filter((element) => !matched.has(element));
  const isGone = new Set(removed);
  const isInside = (element: ElementBox, side: 'base' | 'head', set: ReadonlySet<ElementBox>): boolean => {
    const parent = parents[side].get(element);
    return parent !== undefined && set.has(parent);
  };
  return [
    ...added
      .filter((element) => !isInside(element, 'head', isNew))
      .map((element): ElementChange => {
        const parent = parents.head.get(element);
        const old = parent === undefined ? undefined : pairs.get(parent);
        return { kind: 'added', head: element, isRepeated: siblings.has(siblingName(element, old)) };
      }),
    ...removed
      .filter((element) => !isInside(element, 'base', isGone))
      .map((element): ElementChange => ({ kind: 'removed', base: element })),
  ];
}

/** Equal for children of one parent that say the same; empty for those that say nothing. */
function siblingName({ tag, name, text }: ElementBox, parent: ElementBox | undefined): string {
  if (parent === undefined || (name === '' && text === '')) return '';
  return JSON.stringify([tag, name, text, parent.key, parent.x, parent.y]);
}

function listOwnChanges({ base, head, pairs, parents }: Tree): ElementChange[] {
  const unreadable = [...findUnreadable(base, head, pairs).values()];
  const styleOf = new Map<ElementBox, readonly StyleChange[]>();
  const changes: ElementChange[] = [];
  for (const element of head) {
    const old = pairs.get(element);
    if (old === undefined) continue;
    const styles = changedStyles(old, element);
    styleOf.set(element, styles);
    const parent = parents.head.get(element);
    const own = withoutInherited(styles, parent === undefined ? [] : (styleOf.get(parent) ?? []));
    if (own.length > 0 || (old.isInteractive && !element.isInteractive)) {
      const contrast = worstInside(element, unreadable, parents.head);
      changes.push({
        kind: 'restyled',
        base: old,
        head: element,
        styles: own,
        ...(contrast === undefined ? {} : { contrast }),
      });
    }
    if (old.text !== element.text) changes.push({ kind: 'text', base: old, head: element });
  }
  return changes;
}

function worstInside(
  outer: ElementBox,
  unreadable: readonly ContrastChange[],
  parents: ReadonlyMap<ElementBox, ElementBox>,
): ContrastChange | undefined {
  const isInside = (element: ElementBox): boolean => {
    for (let one: ElementBox | undefined = element; one !== undefined; one = parents.get(one)) {
      if (one === outer) return true;
    }
    return false;
  };
  return unreadable
    .filter(({ element }) => isInside(element))
    .reduce<ContrastChange | undefined>(
      (worst, one) => (worst === undefined || one.head < worst.head ? one : worst),
      undefined,
    );
}

function changedStyles(base: ElementBox, head: ElementBox): StyleChange[] {
  if (base.styles === head.styles) return [];
  const changes: StyleChange[] = [];
  for (const [property, to] of Object.entries(head.styles)) {
    const from = base.styles[property];
    if (from !== undefined && from !== to) changes.push({ property, from, to });
  }
  const color = changes.find((change) => change.property === 'color');
  // A border colour that nobody set follows the text colour.
  return changes.filter(
    (change) => change.property !== 'border-color' || change.from !== color?.from || change.to !== color.to,
  );
}

function withoutInherited(
  own: readonly StyleChange[],
  parent: readonly StyleChange[],
): readonly StyleChange[] {
  return own.filter(
    (change) =>
      !INHERITED.has(change.property) ||
      !parent.some(
        (other) => other.property === change.property && other.from === change.from && other.to === change.to,
      ),
  );
}

/** What is restyled inside a restyled element belongs to the same rule more often than not: it is told once. */
function isOutermost(roots: readonly ElementChange[], { parents }: Tree): (change: ElementChange) => boolean {
  const restyled = new Set(roots.flatMap((change) => (change.kind === 'restyled' ? [change.head] : [])));
  return (change) => {
    const parent = change.kind === 'restyled' ? parents.head.get(change.head) : undefined;
    return parent === undefined || !restyled.has(parent);
  };
}
