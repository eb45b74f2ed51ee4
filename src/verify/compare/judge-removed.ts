import type { Atom, Item } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { expectItems, expectPresent } from './expectations.ts';
import { wordKey } from './knowledge.ts';
import { causeText, diverge, nameAtom, notBefore, type Scene, shows } from './scene.ts';
import { cut, hasLetters, wordsOf } from './text-facts.ts';

/** Judges what the base shows and the head does not: an entry of a list, a dialog, a control, a text. */
export function judgeRemoved(scene: Scene): readonly Divergence[] {
  const fresh = notBefore(scene.matching.removed, scene.matchingBefore?.removed ?? [], keyOf);
  const removed = fresh.filter((atom) => matters(atom, scene));
  const items = wholeItems(removed);
  const inItems = new Set(items.flatMap(({ atoms }) => atoms));
  const rest = removed.filter((atom) => !inItems.has(atom));
  return [...judgeItems(items, scene), ...judgeLoose(rest, scene)];
}

export function keyOf({ kind, text, item }: Atom): string {
  return `${kind}|${text}|${item?.list ?? ''}`;
}

/** Atoms that make up an entry, for entries of which most atoms are among them. */
export interface WholeItem {
  readonly item: Item;
  readonly atoms: readonly Atom[];
}

/** The entries of which `atoms` hold the words that name them, or most of what they show. */
export function wholeItems(atoms: readonly Atom[]): readonly WholeItem[] {
  const groups = new Map<Item, Atom[]>();
  for (const atom of atoms) {
    if (atom.item === undefined || atom.kind === 'option') continue;
    const group = groups.get(atom.item) ?? [];
    group.push(atom);
    groups.set(atom.item, group);
  }
  return [...groups]
    .filter(
      ([item, inside]) =>
        inside.length >= 0.6 * item.size ||
        (inside.length > 1 && inside.some(({ text }) => text === item.name)),
    )
    .map(([item, inside]) => ({ item, atoms: inside }));
}

/** Whether its absence says anything: not a separator, not words that only moved into a field's description. */
function matters(atom: Atom, scene: Scene): boolean {
  if (atom.kind === 'option' && atom.text === '') return false;
  if (atom.kind !== 'words') return true;
  if (!/[\p{L}\p{N}]/u.test(atom.text)) return false;
  const { base, head } = scene.after;
  const isLabel = (model: typeof base): boolean =>
    readAtoms(model).some(
      ({ kind, text, node }) =>
        (kind === 'field' || kind === 'toggle') &&
        (same(text, atom.text) || same(node.placeholder ?? '', atom.text)),
    );
  if (isLabel(head)) return false;
  return !(scene.isFresh && isSentence(atom) && isReworded(scene));
}

function isSentence({ kind, text, item }: Atom): boolean {
  return kind === 'words' && item?.isRecord !== true && wordsOf(text).length >= 4;
}

function same(name: string, label: string): boolean {
  const fold = (text: string): string => text.replace(/[\s:*]+$/, '').toLowerCase();
  return fold(name) !== '' && fold(name) === fold(label);
}

/** Paragraphs were rewritten and are fewer now: the head has about as many new words. */
function isReworded({ matching, knowledge }: Scene): boolean {
  const length = (atoms: readonly Atom[]): number =>
    atoms.reduce((sum, atom) => sum + (isSentence(atom) ? atom.text.length : 0), 0);
  const fresh = [...matching.added, ...matching.changed.map(({ head }) => head)].filter(
    ({ kind, text }) => !knowledge.base.texts.has(wordKey(kind, text)),
  );
  return length(fresh) >= 0.5 * length(matching.removed) && length(fresh) > 0;
}

function judgeItems(items: readonly WholeItem[], scene: Scene): readonly Divergence[] {
  const lists = new Map<string, WholeItem[]>();
  for (const one of items) {
    const list = causeText(scene.knowledge, one.item.list);
    lists.set(list, [...(lists.get(list) ?? []), one]);
  }
  return [...lists].flatMap(([list, group]) => {
    const [first] = group;
    const atom = first?.atoms.find(({ text }) => text === first.item.name) ?? first?.atoms[0];
    if (first === undefined || atom === undefined) return [];
    const isLost = shows(scene.before?.head, atom);
    const names = group.map(({ item }) => `“${cut(item.name, 40)}”`);
    const verb = isLost ? 'gone' : 'missing';
    return diverge({
      kind: group.length > 1 ? 'count' : 'missing',
      about: `item|${list}`,
      category: scene.isFresh ? 'flow' : 'state',
      severity: 'high',
      source: 'missing-item',
      what:
        group.length > 1
          ? `${group.length} entries are ${verb}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`
          : `the entry ${names[0]} is ${verb}`,
      expected: names.slice(0, 5).join(', '),
      actual: 'not there',
      expect: expectPresent(scene.after, atom) ?? expectItems(scene.after, atom),
      base: atom,
    });
  });
}

function judgeLoose(atoms: readonly Atom[], scene: Scene): readonly Divergence[] {
  return atoms.map((atom) => {
    const isLost = scene.before !== undefined && shows(scene.before.head, atom);
    const isControl = atom.kind !== 'words' && atom.kind !== 'image';
    const dialog = atom.dialog === undefined ? '' : ' of the dialog';
    return diverge({
      kind: 'missing',
      about: `${atom.kind}|${causeText(scene.knowledge, atom.text)}`,
      category: 'flow',
      severity: isControl ? 'high' : 'medium',
      source: 'missing-element',
      what: `${nameAtom(atom)}${dialog} ${isLost ? 'is gone' : scene.before === undefined || scene.isFresh ? 'is missing' : 'does not appear'}`,
      expected: hasLetters(atom.text) ? atom.text : nameAtom(atom),
      actual: 'not there',
      expect: expectPresent(scene.after, atom),
      base: atom,
    });
  });
}
