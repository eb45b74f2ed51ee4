import type { Severity } from '../../domain/finding.ts';
import { describeStep } from '../../domain/flow.ts';
import type { PageModel } from '../model/page-model.ts';
import { foldVolatile } from '../model/template-text.ts';
import type { Atom } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { expectPresent, expectText } from './expectations.ts';
import { learnRename, learnTarget, wordKey } from './knowledge.ts';
import type { AtomPair } from './match-atoms.ts';
import { causeText, diverge, nameAtom, notBefore, type Scene } from './scene.ts';
import {
  contradict,
  cut,
  foldNumbers,
  hasLetters,
  isErrorLike,
  isMoney,
  isSameButPlural,
  isUnreadable,
  readNumbers,
} from './text-facts.ts';

/** Steps, titles and paths at which a customer commits to what the page says. */
const COMMITTING = /check.?out|pay|order|purchase|buy\b|place|confirm|invoice|receipt|billing|kasse|bezahl/i;
/** Lines that are below zero by nature. */
const DEDUCTION = /discount|coupon|saving|refund|credit|rebate|voucher|off\b|promo|adjust|change/i;

/** Judges what stands at the same place with other words: other figures, the wrong words, or another wording. */
export function judgeChanged(scene: Scene): readonly Divergence[] {
  const pairs = notBefore(
    scene.matching.changed,
    scene.matchingBefore?.changed ?? [],
    ({ base, head }) => `${base.kind}|${base.text}|${head.text}`,
  );
  return pairs.flatMap((pair) => {
    const divergence = judgePair(pair, scene);
    if (divergence === undefined) accept(pair, scene);
    return divergence ?? [];
  });
}

function accept({ base, head }: AtomPair, { knowledge }: Scene): void {
  if (base.text === head.text || foldNumbers(base.text) === foldNumbers(head.text)) return;
  learnRename(knowledge, base.kind, base.text, head.text);
  learnTarget(knowledge, base, head);
}

function judgePair(pair: AtomPair, scene: Scene): Divergence | undefined {
  const { base, head } = pair;
  const [from, to] = [foldVolatile(base.text), foldVolatile(head.text)];
  if (from === to) return undefined;
  if (isUnreadable(to) && !isUnreadable(from)) return wrongText(pair, scene, 'unreadable-text');
  if (foldNumbers(from) === foldNumbers(to)) return wrongNumber(pair, scene);
  const [figures, others] = [readNumbers(from), readNumbers(to)];
  if (figures.length > 0 && String([...figures].sort(ascending)) !== String([...others].sort(ascending))) {
    // Another wording keeps the figures.
    return others.length > 0 ? wrongNumber(pair, scene) : wrongText(pair, scene, 'wrong-text');
  }
  return isWrong(pair, scene) ? wrongText(pair, scene, 'wrong-text') : undefined;
}

/** Whether other words are wrong words: known from elsewhere, of another meaning, or somebody's data. */
function isWrong({ base, head }: AtomPair, scene: Scene): boolean {
  const { knowledge, before, isFresh } = scene;
  const known = knowledge.renamedFrom.get(wordKey(head.kind, head.text));
  if (known !== undefined) return !isSameButPlural(known, wordKey(base.kind, base.text));
  // One side changed at this step and the other did not.
  if (before && !isFresh && says(before.base, base) !== says(before.head, head)) return true;
  if (knowledge.base.texts.has(wordKey(head.kind, head.text))) return true;
  if (knowledge.head.texts.has(wordKey(base.kind, base.text))) return true;
  if (isErrorLike(base.text) !== isErrorLike(head.text)) return !isFresh || isErrorLike(head.text);
  if (contradict(base.text, head.text) || isCutOff(base, head) || isCell(base, scene)) return true;
  return [...knowledge.inputs].some(
    (input) => input.length > 1 && base.text.includes(input) && !head.text.includes(input),
  );
}

/** Whether a page shows the words of an atom, with whatever figures. */
function says(model: PageModel, { kind, text }: Atom): boolean {
  const key = wordKey(kind, text);
  return readAtoms(model).some((other) => wordKey(other.kind, other.text) === key);
}

function isCutOff(base: Atom, head: Atom): boolean {
  const start = head.text.replace(/\s?(?:…|\.{3})$/, '');
  return base.item?.isRecord === true && start.length < base.text.length && base.text.startsWith(start);
}

/** The words of one row only: data. What every row says anew is wording. */
function isCell({ kind, text, item }: Atom, { matching }: Scene): boolean {
  if (kind !== 'words' || item?.isRecord !== true || item.node.role !== 'row') return false;
  const others = [...matching.same, ...matching.changed].filter(
    ({ base }) => base.item !== undefined && base.item !== item && base.item.listIndex === item.listIndex,
  );
  return others.length > 0 && others.every(({ base }) => base.text !== text);
}

function wrongNumber({ base, head }: AtomPair, scene: Scene): Divergence {
  const { after, step, knowledge } = scene;
  const [from, to] = [readNumbers(base.text), readNumbers(head.text)];
  const label = hasLetters(base.text) ? base.text : base.item?.name || base.before;
  const goesBelow = to.some((value, index) => value < 0 && (from[index] ?? 0) >= 0) && !DEDUCTION.test(label);
  const money = isMoney(base.text) || isMoney(head.text);
  const moment = [describeStep(step), after.head.title, after.head.url].join(' ');
  const severity: Severity = goesBelow
    ? COMMITTING.test(moment)
      ? 'critical'
      : 'high'
    : money
      ? 'high'
      : 'medium';
  const named = hasLetters(base.text) || label === '' ? '' : `“${cut(label, 40)}” shows `;
  return diverge({
    kind: 'number',
    about: aboutNumber(base, knowledge, label),
    severity,
    source: 'number-changed',
    what: `${named}“${cut(head.text)}” instead of “${cut(base.text)}”`,
    expected: base.text,
    actual: head.text,
    expect: expectPresent(after, base) ?? expectText(after, base),
    base,
    head,
  });
}

function aboutNumber(base: Atom, knowledge: Scene['knowledge'], label: string): string {
  const where = base.item !== undefined && !hasLetters(base.text) ? base.item.list : label;
  return causeText(knowledge, where);
}

function wrongText({ base, head }: AtomPair, scene: Scene, source: string): Divergence {
  const isError = isErrorLike(head.text) && !isErrorLike(base.text);
  return diverge({
    kind: isError ? 'error' : 'text',
    about: `${base.item?.isRecord === true ? `in ${causeText(scene.knowledge, base.item.list)}` : causeText(scene.knowledge, base.text)}`,
    severity: isError || source === 'unreadable-text' ? 'high' : 'medium',
    source,
    what: `${nameAtom(head)} stands where the base has “${cut(base.text)}”`,
    expected: base.text,
    actual: head.text,
    expect: expectPresent(scene.after, base) ?? expectText(scene.after, base),
    base,
    head,
  });
}

function ascending(a: number, b: number): number {
  return a - b;
}
