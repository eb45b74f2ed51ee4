import type { Target } from '../../domain/flow.ts';
import type { PageModel } from '../model/page-model.ts';
import type { Atom, AtomKind } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence } from './divergence.ts';
import { foldNumbers, hasLetters } from './text-facts.ts';
import type { Moment } from './transition.ts';

/** Everything that one side has shown so far. */
interface Vocabulary {
  /** Kind and text, numbers folded where there are words. */
  readonly texts: Set<string>;
  readonly titles: Set<string>;
  readonly errors: Set<string>;
  readonly hosts: Set<string>;
  /** Paths that links lead to and pages were at. */
  readonly paths: Set<string>;
}

/** What has been learned about both sides during a run. It grows: one per run, in the order of the steps. */
export interface Knowledge {
  readonly base: Vocabulary;
  readonly head: Vocabulary;
  /** Wording of the base, by kind and with its figures folded, as the head has it; and the other way round. */
  readonly renames: Map<string, string>;
  readonly renamedFrom: Map<string, string>;
  /** Controls of the base, by role and name, as the head has them. */
  readonly targets: Map<string, { readonly role?: string; readonly name: string }>;
  /** What was typed or chosen. */
  readonly inputs: Set<string>;
  /** Causes that came and went without a reason. */
  readonly volatile: Set<string>;
}

export function createKnowledge(): Knowledge {
  const empty = (): Vocabulary => ({
    texts: new Set(),
    titles: new Set(),
    errors: new Set(),
    hosts: new Set(),
    paths: new Set(),
  });
  return {
    base: empty(),
    head: empty(),
    renames: new Map(),
    renamedFrom: new Map(),
    targets: new Map(),
    inputs: new Set(),
    volatile: new Set(),
  };
}

const learned = new WeakMap<Vocabulary, WeakSet<PageModel>>();

/** Takes in what both sides show, so that a later state can tell a new wording from the wrong words. */
export function learn(knowledge: Knowledge, moment: Moment): void {
  learnSide(knowledge.base, moment.base);
  learnSide(knowledge.head, moment.head);
  for (const atom of [...readAtoms(moment.base), ...readAtoms(moment.head)]) {
    if (atom.kind === 'field' && atom.role !== 'combobox' && atom.value) knowledge.inputs.add(atom.value);
  }
}

function learnSide(side: Vocabulary, model: PageModel): void {
  const seen = learned.get(side) ?? new WeakSet();
  learned.set(side, seen);
  if (seen.has(model)) return;
  seen.add(model);
  for (const atom of readAtoms(model)) side.texts.add(wordKey(atom.kind, atom.text));
  side.titles.add(foldNumbers(model.title));
  for (const { url } of model.requests) if (URL.canParse(url)) side.hosts.add(new URL(url).host);
}

/** Never reports the cause of `divergence` again: it did not come back when the steps were repeated. */
export function markVolatile(knowledge: Knowledge, divergence: Pick<Divergence, 'cause'>): void {
  knowledge.volatile.add(divergence.cause);
}

/** Names on the head what `target` names on the base, so that a step can be performed on both. */
export function translateTarget(knowledge: Knowledge, target: Target): Target {
  if (typeof target === 'string' || 'css' in target || 'testId' in target) return target;
  if (target.name === undefined) return target;
  const there = knowledge.targets.get(targetKey(target.role, target.name));
  return there === undefined ? target : { ...target, ...there };
}

export function learnTarget(knowledge: Knowledge, base: Atom, head: Atom): void {
  const key = targetKey(roleOf(base), base.text);
  if (base.role === head.role && base.text === head.text) return;
  const role = roleOf(head);
  knowledge.targets.set(key, role === undefined ? { name: head.text } : { role, name: head.text });
}

/** Remembers that the head words `from` as `to`. */
export function learnRename(knowledge: Knowledge, kind: AtomKind, from: string, to: string): void {
  knowledge.renames.set(wordKey(kind, from), foldNumbers(to));
  knowledge.renamedFrom.set(wordKey(kind, to), wordKey(kind, from));
}

/** Kind and text as vocabularies hold them. */
export function wordKey(kind: AtomKind, text: string): string {
  return `${kind}|${hasLetters(text) ? foldNumbers(text) : text}`;
}

function targetKey(role: string | undefined, name: string): string {
  return `${role ?? ''}|${name}`;
}

/** A block that is pressable without a role is named by its text alone. */
export function roleOf({ role }: Atom): string | undefined {
  return role === 'generic' || role === 'text' ? undefined : role;
}
