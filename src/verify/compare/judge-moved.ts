import type { PageModel } from '../model/page-model.ts';
import type { Atom } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { expectOrder } from './expectations.ts';
import type { AtomPair } from './match-atoms.ts';
import { causeText, diverge, nameAtom, notBefore, type Scene, shows } from './scene.ts';
import { cut } from './text-facts.ts';

/** Judges what both sides show in another order, or in another list. A layout that was arranged anew is no fault. */
export function judgeMoved(scene: Scene): readonly Divergence[] {
  const moved = notBefore(
    scene.matching.moved,
    scene.matchingBefore?.moved ?? [],
    ({ base }) => `${base.kind}|${base.text}|${base.item?.owner ?? ''}`,
  );
  const elsewhere = moved.filter((pair) => isInOtherList(pair, scene));
  const reordered = moved.filter((pair) => !elsewhere.includes(pair) && isOutOfOrder(pair, scene));
  return [...judgeElsewhere(elsewhere, scene), ...judgeOrder(reordered, scene)];
}

function isInOtherList({ base, head }: AtomPair, { isFresh, matchingBefore }: Scene): boolean {
  if (isFresh || base.item === undefined || head.item === undefined || base.item.list === head.item.list) {
    return false;
  }
  if (base.text !== base.item.name) return false;
  // The list that the head has it in is one of the base, so the list was not just named anew.
  return (matchingBefore?.same ?? []).some(({ base: other }) => other.text === head.item?.list);
}

/** Entries in another order; or, inside a list that both sides laid out alike before, what stands in another place. */
function isOutOfOrder({ base, head }: AtomPair, scene: Scene): boolean {
  const { item } = base;
  if (item === undefined || head.item === undefined)
    return base.kind === 'press' && isNewOnBoth({ base, head }, scene);
  if (base.kind === 'option') return !scene.isFresh;
  if (base.text === item.name) return item.isRecord || !scene.isFresh;
  if (scene.isFresh || scene.matchingBefore?.moved.some((pair) => pair.base.item?.list === item.list))
    return false;
  return true;
}

function isNewOnBoth({ base, head }: AtomPair, { isFresh, before }: Scene): boolean {
  return !isFresh && !shows(before?.base, base) && !shows(before?.head, head);
}

function judgeElsewhere(pairs: readonly AtomPair[], scene: Scene): readonly Divergence[] {
  return pairs.slice(0, 1).map(({ base, head }) =>
    diverge({
      kind: 'order',
      about: `item|${causeText(scene.knowledge, base.item?.list ?? '')}`,
      severity: 'high',
      source: 'item-elsewhere',
      what: `${nameAtom(head)} stands in “${cut(head.item?.list ?? '', 40)}” instead of “${cut(base.item?.list ?? '', 40)}”`,
      expected: `in “${base.item?.list ?? ''}”`,
      actual: `in “${head.item?.list ?? ''}”`,
      base,
      head,
    }),
  );
}

function judgeOrder(pairs: readonly AtomPair[], scene: Scene): readonly Divergence[] {
  const lists = new Map<string, AtomPair[]>();
  for (const pair of pairs) {
    const list = causeText(scene.knowledge, pair.base.item?.list ?? '');
    lists.set(list, [...(lists.get(list) ?? []), pair]);
  }
  return [...lists].flatMap(([list, [first]]) => {
    if (first === undefined) return [];
    const order = compareOrders(first, scene);
    if (order.base === order.head) return [];
    return diverge({
      kind: 'order',
      about: list,
      severity: 'medium',
      source: 'order-changed',
      what: `the order is ${cut(order.head, 70)} instead of ${cut(order.base, 70)}`,
      expected: order.base,
      actual: order.head,
      expect: expectOrder(scene.after, first.base),
      base: first.base,
      head: first.head,
    });
  });
}

/** The entries of the list by name; where these are in order, everything that the list shows. */
function compareOrders({ base, head }: AtomPair, { after, isFresh }: Scene): { base: string; head: string } {
  const names = { base: namesAround(after.base, base), head: namesAround(after.head, head) };
  if (String(names.base) !== String(names.head)) return { base: show(names.base), head: show(names.head) };
  // Inside an entry the order is layout, unless something new came to stand in the wrong entry.
  if (isFresh || base.text === base.item?.name) return { base: '', head: '' };
  const texts = { base: textsAround(after.base, base), head: textsAround(after.head, head) };
  const at = texts.base.findIndex((text, index) => text !== texts.head[index]);
  const part = (list: readonly string[]): string => show(list.slice(Math.max(0, at - 1), at + 3));
  return at < 0 ? { base: '', head: '' } : { base: part(texts.base), head: part(texts.head) };
}

function namesAround(model: PageModel, atom: Atom): readonly string[] {
  if (atom.kind === 'option') return [];
  return [...new Set(atomsAround(model, atom).map(({ item, text }) => item?.name ?? text))];
}

function textsAround(model: PageModel, atom: Atom): readonly string[] {
  return atomsAround(model, atom)
    .filter(({ kind, text }) => kind === atom.kind || (text !== '' && atom.kind !== 'option'))
    .map(({ text }) => text);
}

function atomsAround(model: PageModel, { item }: Atom): readonly Atom[] {
  return readAtoms(model).filter((other) => item === undefined || other.item?.listIndex === item.listIndex);
}

function show(names: readonly string[]): string {
  return names.map((name) => `“${cut(name, 30)}”`).join(', ');
}
