import type { PageModel } from '../model/page-model.ts';
import type { Atom, Item } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { expectAbsent, expectItems } from './expectations.ts';
import { keyOf, type WholeItem, wholeItems } from './judge-removed.ts';
import { wordKey } from './knowledge.ts';
import { causeText, diverge, nameAtom, notBefore, type Scene, shows } from './scene.ts';
import { cut, hasLetters, isErrorLike, isUnreadable } from './text-facts.ts';

/**
 * Judges what only the head shows. New things are features; a fault is what is still there, what is there twice, an
 * error, or what the base shows in other states only.
 */
export function judgeAdded(scene: Scene): readonly Divergence[] {
  const added = notBefore(scene.matching.added, scene.matchingBefore?.added ?? [], keyOf);
  const items = wholeItems(added).filter((one) => isWrongItem(one, scene));
  const inItems = new Set(items.flatMap(({ atoms }) => atoms));
  const rest = added.filter((atom) => !inItems.has(atom));
  return [...judgeItems(items, scene), ...rest.flatMap((atom) => judgeLoose(atom, scene) ?? [])];
}

/** An entry on top in a list that the base has as well. */
function isWrongItem({ item, atoms }: WholeItem, scene: Scene): boolean {
  if (isStaleItem(item, scene) && !scene.isFresh) return true;
  const siblings = readAtoms(scene.after.base).filter(
    (other) =>
      other.item !== undefined && other.item.list === item.list && other.item.node.role === item.node.role,
  );
  if (scene.isFresh) {
    const isKnown = scene.knowledge.base.texts.has(wordKey('words', item.name));
    return item.isRecord && new Set(siblings.map((other) => other.item)).size >= (isKnown ? 1 : 2);
  }
  if (siblings.length > 0) return true;
  return atoms.some(
    ({ kind, text }) => scene.knowledge.base.texts.has(wordKey(kind, text)) && hasLetters(text),
  );
}

function wasOnBoth(atom: Atom, { before }: Scene): boolean {
  return before !== undefined && shows(before.base, atom) && shows(before.head, atom);
}

/** The base had it before the step and has it no longer. */
function isStaleItem(item: Item, { before, after }: Scene): boolean {
  if (before === undefined || countItems(before.head, item) === 0) return false;
  return countItems(before.base, item) > countItems(after.base, item);
}

function countItems(model: PageModel, { owner }: Item): number {
  return new Set(readAtoms(model).flatMap((atom) => (atom.item?.owner === owner ? [atom.item] : []))).size;
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
    const isStale = isStaleItem(first.item, scene);
    const isTwice = countItems(scene.after.base, first.item) > 0;
    const names = group.map(({ item }) => `“${cut(item.name, 40)}”`);
    const state = isStale ? 'still there' : isTwice ? 'there once too often' : 'there, on the head only';
    return diverge({
      kind: group.length > 1 ? 'count' : 'extra',
      about: `item|${list}`,
      severity: 'high',
      source: 'extra-item',
      what:
        group.length > 1
          ? `${group.length} entries are ${state}: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`
          : `the entry ${names[0]} is ${state}`,
      expected: isTwice ? 'once' : 'not there',
      actual: names.slice(0, 5).join(', '),
      expect: expectAbsent(scene.after, atom) ?? expectItems(scene.after, atom),
      head: atom,
    });
  });
}

type Wrong = { readonly state: string; readonly source: string; readonly isError?: boolean };

function judgeLoose(atom: Atom, scene: Scene): Divergence | undefined {
  const wrong = whyWrong(atom, scene);
  if (wrong === undefined) return undefined;
  return diverge({
    kind: wrong.isError === true ? 'error' : 'extra',
    about: `${atom.kind}|${causeText(scene.knowledge, atom.text)}`,
    severity: wrong.isError === true ? 'high' : 'medium',
    source: wrong.source,
    what: `${nameAtom(atom)} ${wrong.state}`,
    expected: 'not there',
    actual: atom.text,
    expect: expectAbsent(scene.after, atom),
    head: atom,
  });
}

function whyWrong(atom: Atom, scene: Scene): Wrong | undefined {
  if (atom.kind !== 'field' && isUnreadable(atom.text)) {
    return { state: 'appears', source: 'unreadable-text', isError: true };
  }
  if (isSaidAgain(atom, scene)) return undefined;
  const isMessage = atom.kind === 'words' && hasLetters(atom.text);
  if (isMessage && isErrorLike(atom.text) && (atom.live === 'alert' || !scene.isFresh)) {
    return { state: 'appears', source: 'error-message', isError: true };
  }
  if (scene.isFresh || !hasLetters(atom.text)) return undefined;
  if (wasOnBoth(atom, scene)) return { state: 'is still there', source: 'stale-element' };
  if (!scene.knowledge.base.texts.has(wordKey(atom.kind, atom.text))) return undefined;
  if (isInFeature(atom, scene)) return undefined;
  return { state: 'appears, which the base does not show here', source: 'extra-element' };
}

/** Announced besides, what the base shows as plain words. */
function isSaidAgain(atom: Atom, { after }: Scene): boolean {
  if (atom.live === undefined) return false;
  const alike = readAtoms(after.base).filter(({ kind, text }) => kind === atom.kind && text === atom.text);
  return alike.length > 0 && alike.every(({ live }) => live === undefined);
}

/** Whether what stands right before it or around it is new as well: then it is a part of something new. */
function isInFeature(atom: Atom, { after, matching, knowledge }: Scene): boolean {
  const added = new Set(matching.added);
  const atoms = readAtoms(after.head);
  const isNew = (one: Atom | undefined): boolean =>
    one !== undefined && hasLetters(one.text) && !knowledge.base.texts.has(wordKey(one.kind, one.text));
  const index = atoms.indexOf(atom);
  for (let at = index - 1; at >= 0 && added.has(atoms[at] ?? atom); at -= 1)
    if (isNew(atoms[at])) return true;
  for (let at = index + 1; at < atoms.length && added.has(atoms[at] ?? atom); at += 1) {
    if (isNew(atoms[at])) return true;
  }
  return false;
}
