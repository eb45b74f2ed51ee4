import type { ArrowFunctionExpression, Class, Expression, Function as FunctionNode } from 'oxc-parser';
import type { SourceFile } from './source-file.ts';

/** Who chose a value: whoever sends the request, whoever made the link or page, or whoever calls the function. */
export type Origin = 'request' | 'page' | 'parameter';

/** One place that tainted data passes, linked backwards to the one before it. */
export interface Step {
  readonly before?: Step;
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

/** Text of which only parts are known has this where the unknown parts are. */
export const HOLE = '\0';
/** The same for parts that are not known but cannot do harm, such as numbers. */
export const HARMLESS = '\u0001';
/** Stands for all weaknesses where a set of them is asked for. */
export const EVERYTHING = '*';

/** That a value holds data which someone outside chose. */
export interface Taint {
  readonly origin: Origin;
  /** The access path that it was read from, such as `req.query.id`: what a guard speaks about. */
  readonly key: string;
  /** The value is what was read, not something made of it. */
  readonly isWhole: boolean;
  /** The value begins with what was read, as where text was put behind it. */
  readonly keepsStart?: boolean;
  /** It is in the message of an exception, which says things in words of its own. */
  readonly isMessage?: boolean;
  /** The known text in front of it in the value. */
  readonly lead: string;
  /** Ids of the weaknesses that it can no longer cause; `EVERYTHING` for all. */
  readonly cleared: ReadonlySet<string>;
  readonly step: Step;
}

/** The variables of a block, function or module. */
export interface Scope {
  readonly parent?: Scope;
  readonly isFunction: boolean;
  readonly bindings: Map<string, Value>;
  /** How many branches deep the program was where the scope was entered. */
  readonly depth: number;
  readonly self?: Value;
}

/** Variables by scope and name. */
export type Variables = Map<Scope, Map<string, Value>>;

/** A function and the variables around it. */
export interface FunctionValue {
  readonly node: FunctionNode | ArrowFunctionExpression;
  readonly scope: Scope;
  readonly file: SourceFile;
  readonly self?: Value;
  readonly name: string;
  /** Arguments that were given before, in front of those of the call. */
  readonly bound?: readonly Value[];
  /** What it gave, by what it was given. */
  readonly results: Map<string, Value>;
}

export interface ClassValue {
  readonly node: Class;
  readonly scope: Scope;
  readonly file: SourceFile;
}

/** An object or array that the program makes; shared by all values that refer to it. */
export interface ObjectValue {
  readonly fields: Map<string, Value>;
  /** What is stored under names that are not known, and what arrays hold. */
  elements: Value | undefined;
  readonly isArray: boolean;
  /** It also has properties that are not known, such as those of a spread. */
  isOpen: boolean;
}

/** What is known of a value. */
export interface Value {
  readonly taints: readonly Taint[];
  /** Where it comes from: a module's path of properties and calls, such as `mysql.createPool().query`; or empty. */
  readonly name: string;
  /** The text, with `HOLE` for unknown parts. */
  readonly text?: string;
  readonly constant?: number | boolean | null | undefined | bigint;
  readonly regex?: RegExp;
  /** Made of literals only, although which may not be known. */
  readonly isLiteral: boolean;
  readonly isNumber?: boolean;
  readonly objects: readonly ObjectValue[];
  readonly functions: readonly FunctionValue[];
  readonly classes: readonly ClassValue[];
  /** Weaknesses that it was made harmless for, whatever it holds. */
  readonly safeFor: ReadonlySet<string>;
  /** The call that made it: its name and arguments. */
  readonly made?: { readonly by: string; readonly args: readonly Value[] };
  /** The test that gave it, when it is a truth value: what holds where it is true. */
  readonly test?: { readonly node: Expression; readonly scope: Scope };
}

const NONE: ReadonlySet<string> = new Set();
export const UNKNOWN: Value = {
  taints: [],
  name: '',
  isLiteral: false,
  objects: [],
  functions: [],
  classes: [],
  safeFor: NONE,
};
export const NUMBER: Value = { ...UNKNOWN, isNumber: true };
export const UNDEFINED: Value = { ...UNKNOWN, isLiteral: true, constant: undefined };

export const named = (name: string): Value => ({ ...UNKNOWN, name });
export const literalText = (text: string): Value => ({ ...UNKNOWN, text, isLiteral: true });

export function objectValue(isArray = false): ObjectValue {
  return { fields: new Map(), elements: undefined, isArray, isOpen: false };
}

const MAX_TAINTS = 6;
const MAX_PARTS = 4;

/** The taints of several values, one for each key and clearance. */
export function mergeTaints(lists: readonly (readonly Taint[])[]): readonly Taint[] {
  const all = lists.flat();
  if (all.length < 2) return all;
  const seen = new Map<string, Taint>();
  for (const taint of all) {
    const id = `${taint.origin} ${taint.key} ${taint.lead} ${taint.isMessage === true} ${[...taint.cleared].join()}`;
    if (!seen.has(id)) seen.set(id, taint);
  }
  return [...seen.values()].slice(0, MAX_TAINTS);
}

/** A value that may be either of several. */
export function join(values: readonly Value[]): Value {
  const [first, ...others] = values;
  if (first === undefined) return UNKNOWN;
  if (others.every((other) => other === first)) return first;
  const same = others.every((other) => other.text === first.text && other.constant === first.constant);
  return {
    ...UNKNOWN,
    taints: mergeTaints(values.map(({ taints }) => taints)),
    name: values.find(({ name }) => name !== '')?.name ?? '',
    isLiteral: values.every(({ isLiteral }) => isLiteral),
    isNumber: values.every(({ isNumber }) => isNumber === true),
    ...(same && first.text !== undefined ? { text: first.text } : {}),
    ...(same && 'constant' in first ? { constant: first.constant } : {}),
    objects: unique(values.flatMap(({ objects }) => objects)),
    functions: unique(values.flatMap(({ functions }) => functions)),
    classes: unique(values.flatMap(({ classes }) => classes)),
    safeFor:
      first.safeFor.size === 0
        ? NONE
        : new Set([...first.safeFor].filter((one) => others.every(({ safeFor }) => safeFor.has(one)))),
  };
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)].slice(0, MAX_PARTS);
}

const MAX_DEPTH = 3;

/** The taints of a value and of all that it holds. */
export function deepTaints(value: Value, depth = 0): readonly Taint[] {
  if (depth >= MAX_DEPTH || value.objects.length === 0) return value.taints;
  const inner = value.objects.flatMap(({ fields, elements }) =>
    [...fields.values(), ...(elements === undefined ? [] : [elements])].map((held) =>
      deepTaints(held, depth + 1),
    ),
  );
  return mergeTaints([value.taints, ...inner]);
}

/** What is stored under a name, or `undefined` when no object that the value may be has it. */
export function field(value: Value, name: string): Value | undefined {
  const held = value.objects.flatMap(({ fields, elements }) => fields.get(name) ?? elements ?? []);
  return held.length === 0 ? undefined : join(held);
}

/** The value at a path of names, such as `cookie.secure`. */
export function fieldAt(value: Value, path: string): Value | undefined {
  let at: Value | undefined = value;
  for (const name of path.split('.')) at = at === undefined ? undefined : field(at, name);
  return at;
}

/** Whether nobody outside chose any part of it: literals, and objects and arrays of literals. */
export function isConstant(value: Value, depth = 0): boolean {
  if (value.isLiteral || value.isNumber === true || value.functions.length > 0 || value.regex !== undefined)
    return true;
  if (value.objects.length === 0 || depth >= MAX_DEPTH) return false;
  return value.objects.every(
    ({ fields, elements, isOpen }) =>
      !isOpen &&
      [...fields.values(), ...(elements === undefined ? [] : [elements])].every((held) =>
        isConstant(held, depth + 1),
      ),
  );
}

/** The whole text, when it is known. */
export function knownText({ text }: Value): string | undefined {
  return text === undefined || text.includes(HOLE) || text.includes(HARMLESS) ? undefined : text;
}

/** The value with every taint changed. */
export function mapTaints(value: Value, change: (taint: Taint) => Taint): Value {
  return value.taints.length === 0 ? value : { ...value, taints: value.taints.map(change) };
}

/** The taint with more known about it: assurances, or weaknesses that it can no longer cause. */
export function clear(taint: Taint, weaknesses: Iterable<string>): Taint {
  return { ...taint, cleared: new Set([...taint.cleared, ...weaknesses]) };
}

export function isCleared({ cleared }: Taint, weakness: string): boolean {
  return cleared.has(EVERYTHING) || cleared.has(weakness);
}

/** The taints as they are in something made of the value, such as a longer text. */
export function derived(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.isWhole || taint.keepsStart === true ? { ...taint, isWhole: false, keepsStart: false } : taint,
  );
}
