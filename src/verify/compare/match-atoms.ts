import { foldVolatile } from '../model/template-text.ts';
import type { Atom } from './atom.ts';
import { longestCommon } from './longest-common.ts';
import { foldNumbers, hasLetters, similarity, squash } from './text-facts.ts';

/** The same thing on both sides. */
export interface AtomPair {
  readonly base: Atom;
  readonly head: Atom;
}

/** What of two pages is the same, and what is not. */
export interface Matching {
  /** Same kind, same words. */
  readonly same: readonly AtomPair[];
  /** Same kind, same words, but not in the same order. */
  readonly moved: readonly AtomPair[];
  /** At the same place, with other words. */
  readonly changed: readonly AtomPair[];
  readonly removed: readonly Atom[];
  readonly added: readonly Atom[];
}

/** How the head words a text of the base. */
export type Wording = (atom: Atom) => string;

interface Work {
  readonly base: readonly Atom[];
  readonly head: readonly Atom[];
  readonly wording: Wording;
  /** Index on the head by index on the base, in order on both. */
  readonly anchors: Map<number, number>;
  readonly usedBase: Set<number>;
  readonly usedHead: Set<number>;
  readonly moved: AtomPair[];
  readonly others: AtomPair[];
  readonly changed: AtomPair[];
}

/**
 * Finds for every atom of the base its counterpart on the head, whatever elements they are made of.
 *
 * First what stands in the same order with the same words, entry by entry of a list; then what moved; then words that
 * were only cut into other elements; last what stands in the same gap with other words.
 */
export function matchAtoms(base: readonly Atom[], head: readonly Atom[], wording: Wording): Matching {
  const work: Work = {
    base,
    head,
    wording,
    anchors: new Map(),
    usedBase: new Set(),
    usedHead: new Set(),
    moved: [],
    others: [],
    changed: [],
  };
  anchor(
    work,
    (atom, text) => `${atom.kind}|${text}|${atom.item === undefined ? '' : 'in '}${atom.item?.owner ?? ''}`,
  );
  anchor(work, (atom, text) => `${atom.kind}|${text}|${atom.item?.name ?? ''}`);
  anchor(work, (atom, text) => `${atom.kind}|${text}`);
  const same = [...work.anchors].map(([a, b]) => pairAt(work, a, b));
  move(work, (atom, text) => `${atom.kind}|${text}|${atom.item?.owner ?? ''}`);
  move(work, (atom, text) => `${atom.kind}|${text}`);
  takeOtherKinds(work);
  for (const gap of listGaps(work)) {
    joinReflowed(work, gap);
    pairChanged(work, gap);
  }
  pairNumbersAnywhere(work);
  return {
    same: [...same, ...work.others],
    moved: work.moved,
    changed: work.changed,
    removed: base.filter((_, index) => !work.usedBase.has(index)),
    added: head.filter((_, index) => !work.usedHead.has(index)),
  };
}

function pairAt(work: Work, a: number, b: number): AtomPair {
  const [base, head] = [work.base[a], work.head[b]];
  if (base === undefined || head === undefined) throw new Error(`no atoms at ${a} and ${b}`);
  return { base, head };
}

function take(work: Work, a: number, b: number): AtomPair {
  work.usedBase.add(a);
  work.usedHead.add(b);
  return pairAt(work, a, b);
}

type KeyOf = (atom: Atom, text: string) => string;

/** Lines up equal keys in every gap between the anchors so far. */
function anchor(work: Work, keyOf: KeyOf): void {
  const { base, head, wording } = work;
  const found: (readonly [number, number])[] = [];
  let [fromBase, fromHead] = [0, 0];
  const ends = [...work.anchors].sort((a, b) => a[0] - b[0]);
  for (const [toBase, toHead] of [...ends, [base.length, head.length] as const]) {
    const keys = base.slice(fromBase, toBase).map((atom) => keyOf(atom, foldVolatile(wording(atom))));
    const others = head.slice(fromHead, toHead).map((atom) => keyOf(atom, foldVolatile(atom.text)));
    for (const [a, b] of longestCommon(keys, others)) found.push([a + fromBase, b + fromHead]);
    [fromBase, fromHead] = [toBase + 1, toHead + 1];
  }
  for (const [a, b] of found) {
    work.anchors.set(a, b);
    take(work, a, b);
  }
}

/** Pairs what has the same key but another order. */
function move(work: Work, keyOf: KeyOf): void {
  const places = new Map<string, number[]>();
  work.head.forEach((atom, index) => {
    if (work.usedHead.has(index)) return;
    const key = keyOf(atom, foldVolatile(atom.text));
    places.set(key, [...(places.get(key) ?? []), index]);
  });
  work.base.forEach((atom, index) => {
    if (work.usedBase.has(index)) return;
    const there = places.get(keyOf(atom, foldVolatile(work.wording(atom))))?.shift();
    if (there !== undefined) work.moved.push(take(work, index, there));
  });
}

/** What may stand for what with the same words: a link for a button, a heading for a picture's description. */
const STANDS_FOR: Readonly<Record<Atom['kind'], readonly Atom['kind'][]>> = {
  words: ['press', 'image', 'toggle', 'option', 'field'],
  image: ['words', 'press'],
  press: ['toggle', 'option'],
  toggle: ['press', 'option'],
  option: ['press', 'toggle'],
  field: [],
};

function takeOtherKinds(work: Work): void {
  work.base.forEach((atom, index) => {
    if (work.usedBase.has(index)) return;
    const text = foldVolatile(work.wording(atom));
    const there = work.head.findIndex(
      (other, at) =>
        !work.usedHead.has(at) &&
        STANDS_FOR[atom.kind].includes(other.kind) &&
        foldVolatile(other.text) === text,
    );
    if (there >= 0) work.others.push(take(work, index, there));
  });
}

/** What is left on both sides between two anchors. */
interface Gap {
  readonly base: readonly number[];
  readonly head: readonly number[];
}

function listGaps(work: Work): readonly Gap[] {
  const gaps: Gap[] = [];
  let [fromBase, fromHead] = [0, 0];
  const ends = [...work.anchors].sort((a, b) => a[0] - b[0]);
  for (const [toBase, toHead] of [...ends, [work.base.length, work.head.length] as const]) {
    const base = range(fromBase, toBase).filter((index) => !work.usedBase.has(index));
    const head = range(fromHead, toHead).filter((index) => !work.usedHead.has(index));
    if (base.length > 0 && head.length > 0) gaps.push({ base, head });
    [fromBase, fromHead] = [toBase + 1, toHead + 1];
  }
  return gaps;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** Words that read the same when the elements they are cut into are joined are no difference. */
function joinReflowed(work: Work, gap: Gap): void {
  const isWords = (atom: Atom | undefined): boolean => atom?.kind === 'words';
  const base = gap.base.filter((index) => isWords(work.base[index]));
  const head = gap.head.filter((index) => isWords(work.head[index]));
  const textOf = (atoms: readonly Atom[], indexes: readonly number[]): string =>
    squash(foldVolatile(indexes.map((index) => atoms[index]?.text ?? '').join(' ')));
  const mark = (some: readonly number[], others: readonly number[]): void => {
    for (const index of some) work.usedBase.add(index);
    for (const index of others) work.usedHead.add(index);
  };
  if (textOf(work.base, base) === textOf(work.head, head)) {
    mark(base, head);
    return;
  }
  for (const one of base) {
    const run = findRun(head, textOf(work.base, [one]), (indexes) => textOf(work.head, indexes));
    if (run !== undefined && !run.some((index) => work.usedHead.has(index))) mark([one], run);
  }
  for (const one of head) {
    if (work.usedHead.has(one)) continue;
    const run = findRun(base, textOf(work.head, [one]), (indexes) => textOf(work.base, indexes));
    if (run !== undefined && !run.some((index) => work.usedBase.has(index))) mark(run, [one]);
  }
}

function findRun(
  indexes: readonly number[],
  text: string,
  textOf: (run: readonly number[]) => string,
): readonly number[] | undefined {
  for (let start = 0; start < indexes.length; start += 1) {
    for (let end = start + 2; end <= Math.min(indexes.length, start + 8); end += 1) {
      const run = indexes.slice(start, end);
      if (textOf(run) === text) return run;
    }
  }
  return undefined;
}

function pairChanged(work: Work, gap: Gap): void {
  const left = {
    base: gap.base.filter((index) => !work.usedBase.has(index)),
    head: gap.head.filter((index) => !work.usedHead.has(index)),
  };
  const isFew = (kind: Atom['kind']): boolean => {
    const of = (atoms: readonly Atom[], indexes: readonly number[]): number =>
      indexes.filter((index) => atoms[index]?.kind === kind).length;
    return Math.abs(of(work.base, left.base) - of(work.head, left.head)) <= 1;
  };
  const rounds: readonly ((base: Atom, head: Atom) => boolean)[] = [
    (base, head) => sameButNumbers(base, head) && base.item?.name === head.item?.name,
    sameButNumbers,
    (base, head) => similarity(base.text, head.text) >= 0.5,
    (base, head) => isFew(base.kind) && base.role === head.role && isAlikePlaced(base, head),
    (base, head) => isFew(base.kind) && isAlikePlaced(base, head),
  ];
  for (const fits of rounds) {
    for (const a of left.base) {
      const base = work.base[a];
      if (base === undefined || work.usedBase.has(a)) continue;
      const b = left.head.find((index) => {
        const head = work.head[index];
        return head !== undefined && !work.usedHead.has(index) && head.kind === base.kind && fits(base, head);
      });
      if (b !== undefined) work.changed.push(take(work, a, b));
    }
  }
}

function isAlikePlaced(base: Atom, head: Atom): boolean {
  return (base.item === undefined) === (head.item === undefined);
}

function sameButNumbers(base: Atom, head: Atom): boolean {
  return foldNumbers(base.text) === foldNumbers(head.text);
}

function pairNumbersAnywhere(work: Work): void {
  work.base.forEach((atom, a) => {
    if (work.usedBase.has(a) || !hasLetters(atom.text)) return;
    const b = work.head.findIndex(
      (other, index) => !work.usedHead.has(index) && other.kind === atom.kind && sameButNumbers(atom, other),
    );
    if (b >= 0) work.changed.push(take(work, a, b));
  });
}
