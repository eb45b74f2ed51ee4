import type { ElementBox } from '../ports.ts';
import { type ContrastChange, findUnreadable } from './contrast.ts';
import { type Box, overlaps } from './image.ts';

/** A property whose computed value differs. */
export interface StyleChange {
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

/** One thing that differs between the elements of two pages. */
export type ElementChange =
  | { readonly kind: 'added'; readonly head: ElementBox }
  | { readonly kind: 'removed'; readonly base: ElementBox }
  | {
      readonly kind: 'restyled';
      readonly base: ElementBox;
      readonly head: ElementBox;
      readonly styles: readonly StyleChange[];
      /** The text of the element, or of one inside it, that became hardest to read. */
      readonly contrast?: ContrastChange;
    }
  | { readonly kind: 'text' | 'resized' | 'moved'; readonly base: ElementBox; readonly head: ElementBox };

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
]);

/** Matches the elements of two pages and lists what differs, in document order of the head, causes before effects. */
export function listElementChanges(
  base: readonly ElementBox[],
  head: readonly ElementBox[],
): ElementChange[] {
  const pairs = matchElements(base, head);
  const unreadable = [...findUnreadable(base, head, pairs).values()];
  const matchedBase = new Set(pairs.values());
  const changes: ElementChange[] = [];
  const styleOf = new Map<string, readonly StyleChange[]>();
  for (const element of head) {
    const old = pairs.get(element);
    if (old === undefined) {
      changes.push({ kind: 'added', head: element });
      continue;
    }
    const styles = changedStyles(old, element);
    styleOf.set(element.key, styles);
    const own = withoutInherited(styles, styleOf.get(parentKey(element.key)) ?? []);
    if (own.length > 0) {
      const contrast = worstInside(element, unreadable);
      changes.push({
        kind: 'restyled',
        base: old,
        head: element,
        styles: own,
        ...(contrast === undefined ? {} : { contrast }),
      });
    }
    if (old.text !== element.text) changes.push({ kind: 'text', base: old, head: element });
    if (own.length > 0 || old.text !== element.text) continue;
    if (old.width !== element.width || old.height !== element.height) {
      changes.push({ kind: 'resized', base: old, head: element });
    } else if (old.x !== element.x || old.y !== element.y)
      changes.push({ kind: 'moved', base: old, head: element });
  }
  for (const element of base) if (!matchedBase.has(element)) changes.push({ kind: 'removed', base: element });
  return dropEffects(changes);
}

/** Head element to base element. Same place and text first, then same place in order. */
function matchElements(
  base: readonly ElementBox[],
  head: readonly ElementBox[],
): Map<ElementBox, ElementBox> {
  const pairs = new Map<ElementBox, ElementBox>();
  const taken = new Set<ElementBox>();
  for (const identity of [
    (element: ElementBox) => `${element.key}|${element.name}|${element.text}`,
    (element: ElementBox) => element.key,
  ]) {
    const waiting = new Map<string, ElementBox[]>();
    for (const element of base) {
      if (taken.has(element)) continue;
      const list = waiting.get(identity(element));
      if (list === undefined) waiting.set(identity(element), [element]);
      else list.push(element);
    }
    for (const list of waiting.values()) list.reverse();
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

/** Keys are shared by equal siblings, so what is inside is told by its place as well. */
function worstInside(outer: ElementBox, unreadable: readonly ContrastChange[]): ContrastChange | undefined {
  return unreadable
    .filter(
      ({ element }) =>
        element === outer || (element.key.startsWith(`${outer.key}>`) && overlaps(outer, element)),
    )
    .reduce<ContrastChange | undefined>(
      (worst, one) => (worst === undefined || one.head < worst.head ? one : worst),
      undefined,
    );
}

function parentKey(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf('>')));
}

function changedStyles(base: ElementBox, head: ElementBox): StyleChange[] {
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

/** Leaves out what follows from another change: moved by what grew, grown by what was added, part of what was added. */
function dropEffects(changes: readonly ElementChange[]): ElementChange[] {
  const addedKeys = new Set(changes.flatMap((change) => (change.kind === 'added' ? [change.head.key] : [])));
  const removedKeys = new Set(
    changes.flatMap((change) => (change.kind === 'removed' ? [change.base.key] : [])),
  );
  const outermost = changes.filter((change) => {
    if (change.kind === 'added') return !addedKeys.has(parentKey(change.head.key));
    if (change.kind === 'removed') return !removedKeys.has(parentKey(change.base.key));
    return true;
  });
  const restyledKeys = new Set(
    changes.flatMap((change) => (change.kind === 'restyled' ? [change.head.key] : [])),
  );
  const causes = outermost.filter((change) => {
    // What is restyled inside a restyled element belongs to the same rule more often than not: it is told once.
    if (change.kind === 'restyled') return !restyledKeys.has(parentKey(change.head.key));
    return change.kind !== 'moved' && change.kind !== 'resized';
  });
  if (causes.length > 0) return causes;
  const resized = outermost.filter((change): change is Resized => change.kind === 'resized');
  if (resized.length > 0) return [mostResized(resized)];
  return outermost.slice(0, 1);
}

type Resized = Extract<ElementChange, { kind: 'text' | 'resized' | 'moved' }>;

function mostResized(changes: readonly Resized[]): Resized {
  const growth = ({ base, head }: Resized): number =>
    Math.abs(Math.log(head.width / base.width)) + Math.abs(Math.log(head.height / base.height));
  // The first of equals is the outermost.
  return changes.reduce((best, change) => (growth(change) > growth(best) + 0.01 ? change : best));
}

/** Where the change shows: boxes on the base and on the head. */
export function boxesOf(change: ElementChange): { readonly base?: Box; readonly head?: Box } {
  if (change.kind === 'added') return { head: change.head };
  if (change.kind === 'removed') return { base: change.base };
  return { base: change.base, head: change.head };
}
