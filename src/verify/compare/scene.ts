import type { Category, Severity } from '../../domain/finding.ts';
import type { Expectation, Step } from '../../domain/flow.ts';
import type { PageModel } from '../model/page-model.ts';
import { templateText } from '../model/template-text.ts';
import type { SentRequest } from '../shrink/sent-request.ts';
import type { Site } from '../site.ts';
import type { Atom } from './atom.ts';
import { readAtoms } from './atoms.ts';
import type { Divergence, DivergenceKind } from './divergence.ts';
import { type Knowledge, wordKey } from './knowledge.ts';
import { type Matching, matchAtoms } from './match-atoms.ts';
import { cut, fillNumbers } from './text-facts.ts';
import type { Moment } from './transition.ts';

/** Everything that the rules look at when they judge one step. */
export interface Scene {
  readonly step: Step;
  readonly before?: Moment;
  readonly after: Moment;
  readonly knowledge: Knowledge;
  readonly sites: { readonly base: Site; readonly head: Site };
  /** How the pages after the step fit together. */
  readonly matching: Matching;
  /** How they did before it. */
  readonly matchingBefore?: Matching;
  /** The page was opened or left for another one: whatever the head has on top may be a new feature. */
  readonly isFresh: boolean;
}

interface Matched {
  readonly head: PageModel;
  readonly knowledge: Knowledge;
  /** How many renames were known then. */
  readonly renames: number;
  readonly matching: Matching;
}
const known = new WeakMap<PageModel, Matched>();

/** Fits two pages together, with the renames that hold so far. What follows a step was compared before it. */
export function matchMoment({ base, head }: Moment, knowledge: Knowledge): Matching {
  const renames = knowledge.renames.size;
  const before = known.get(base);
  if (before?.head === head && before.knowledge === knowledge && before.renames === renames) {
    return before.matching;
  }
  const matching = matchAtoms(readAtoms(base), readAtoms(head), (atom) => wordingOf(knowledge, atom));
  known.set(base, { head, knowledge, renames, matching });
  return matching;
}

function wordingOf(knowledge: Knowledge, atom: Pick<Atom, 'kind' | 'text'>): string {
  const key = wordKey(atom.kind, atom.text);
  const renamed = knowledge.renames.get(key);
  // A text that the head shows somewhere was not renamed after all.
  if (renamed === undefined || knowledge.head.texts.has(key)) return atom.text;
  return fillNumbers(renamed, atom.text);
}

interface Found {
  readonly kind: DivergenceKind;
  /** What names the cause behind the kind; values do not belong in it. */
  readonly about: string;
  readonly category?: Category;
  readonly severity: Severity;
  readonly source: string;
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
  readonly expect?: Expectation | undefined;
  readonly sends?: SentRequest;
  readonly base?: Atom | undefined;
  readonly head?: Atom | undefined;
}

/** Makes a divergence of what a rule found. */
export function diverge(found: Found): Divergence {
  const { base, head } = found;
  return {
    kind: found.kind,
    key: `${found.kind}|${found.about}|${found.expected}|${found.actual}`,
    cause: `${found.kind}|${found.about}`,
    category: found.category ?? 'state',
    severity: found.severity,
    source: `firsthand/${found.source}`,
    what: cut(found.what, 180),
    expected: cut(found.expected, 200),
    actual: cut(found.actual, 200),
    ...(found.expect === undefined ? {} : { expect: found.expect }),
    ...(found.sends === undefined ? {} : { sends: found.sends }),
    ...(base === undefined && head === undefined
      ? {}
      : {
          nodes: {
            ...(base === undefined ? {} : { base: base.node }),
            ...(head === undefined ? {} : { head: head.node }),
          },
        }),
  };
}

/** A text as part of a cause: without figures and without what was typed. */
export function causeText(knowledge: Knowledge, text: string): string {
  let result = text;
  for (const input of knowledge.inputs) {
    if (input.length > 2 && result.includes(input)) result = result.replaceAll(input, '…');
  }
  return templateText(result).toLowerCase().slice(0, 80);
}

/** `the button “Save”`, `the text “Hello”`. */
export function nameAtom({ kind, role, text }: Atom): string {
  const shown = text === '' ? '' : ` “${cut(text)}”`;
  if (kind === 'words') return role === 'heading' ? `the heading${shown}` : `the text${shown}`;
  if (kind === 'image') return `the image${shown}`;
  if (kind === 'option') return `the option${shown}`;
  if (kind === 'field') return `the field${shown}`;
  return role === 'generic' || role === 'text' ? `the control${shown}` : `the ${role}${shown}`;
}

/** How often each key occurs. */
export function countKeys(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Those of `things` that are not already in `before`, as often as they are there. */
export function notBefore<Thing>(
  things: readonly Thing[],
  before: readonly Thing[],
  keyOf: (thing: Thing) => string,
): readonly Thing[] {
  const counts = countKeys(before.map(keyOf));
  return things.filter((thing) => {
    const count = counts.get(keyOf(thing)) ?? 0;
    counts.set(keyOf(thing), count - 1);
    return count <= 0;
  });
}

/** Whether a page shows an atom of the same kind and words. */
export function shows(model: PageModel | undefined, atom: Atom, text = atom.text): boolean {
  return (
    model !== undefined && readAtoms(model).some((other) => other.kind === atom.kind && other.text === text)
  );
}
