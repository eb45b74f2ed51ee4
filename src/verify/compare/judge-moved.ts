import type { PageModel } from '../model/page-model.ts';
import { type Atom, readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
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
  if (base.text !== base.item.owner) return false;
  // The list that the head has it in is one of the base, so the list was not just named anew.
  return (matchingBefore?.same ?? []).some(({ base: other }) => other.text === head.item?.list);
}

function isOutOfOrder({ base, head }: AtomPair, scene: Scene): boolean {
  const { item } = base;
  if (item === undefined || head.item === undefined) {
    return (
      !scene.isFresh &&
      base.kind === 'press' &&
      !shows(scene.before?.base, base) &&
      !shows(scene.before?.head, head)
    );
  }
  if (base.kind === 'option') return !scene.isFresh;
  return item.isRecord || !scene.isFresh;
}

function judgeElsewhere(pairs: readonly AtomPair[], scene: Scene): readonly Divergence[] {
  return pairs.slice(0, 1).map(({ base, head }) =>
    diverge({
      kind: 'place',
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
    const order = {
      base: orderOf(scene.after.base, first.base),
      head: orderOf(scene.after.head, first.head),
    };
    if (order.base === order.head) return [];
    return diverge({
      kind: 'order',
      about: list,
      severity: 'medium',
      source: 'order-changed',
      what: `the order is ${cut(order.head, 70)} instead of ${cut(order.base, 70)}`,
      expected: order.base,
      actual: order.head,
      base: first.base,
      head: first.head,
    });
  });
}

/** The entries of the list that an atom stands in, by the words that name them. */
function orderOf(model: PageModel, atom: Atom): string {
  const inside = readAtoms(model).filter(
    ({ kind, item }) => kind === atom.kind && item?.listIndex === atom.item?.listIndex,
  );
  const names = inside.map(({ item, text }) => (goesByText(atom) ? text : (item?.owner ?? text)));
  return [...new Set(names)].map((name) => `“${cut(name, 30)}”`).join(', ');
}

/** Options, and controls outside lists, go by their own text. */
function goesByText({ kind, item, text }: Atom): boolean {
  return kind === 'option' || item === undefined || text !== item.owner;
}
