import type { Call } from './call.ts';
import { formatText } from './format-text.ts';
import type { BuiltIn } from './language.ts';
import { assigned, markdown, setsContent, setsProperty } from './library-calls.ts';
import type { Machine } from './machine.ts';
import { lastPiece, parsePath, readUrl, separatorOf } from './paths-and-pieces.ts';
import { assuredByReplacing, replaced } from './replacing.ts';
import { compileRegex, siteOf } from './site.ts';
import { anyOf, elementOf, exceptionOf } from './take.ts';
import { concatenate } from './text.ts';
import {
  clear,
  deepTaints,
  derived,
  type FunctionValue,
  HOLE,
  join,
  knownText,
  literalText,
  mapTaints,
  NUMBER,
  objectValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value.ts';

const first = ({ args }: Call): Value => args[0] ?? UNKNOWN;
const arrayOf = (elements: Value): Value => {
  const array = objectValue(true);
  array.elements = elements;
  return { ...UNKNOWN, objects: [array] };
};

/** Paths are joined with slashes, and can no longer be told apart from what they resolve to. */
const joinPaths: BuiltIn = ({ args }) => {
  const parts = args.flatMap((argument, index) => (index === 0 ? [argument] : [literalText('/'), argument]));
  return mapTaints(concatenate(parts), (taint) =>
    clear(taint, /^[/\\]+$/.test(taint.lead) ? ['resolved', 'inside-folder'] : ['resolved']),
  );
};

/** A part that is absolute takes the place of those before it. */
const resolvePaths: BuiltIn = (call, machine) => {
  const joined = joinPaths(call, machine) ?? UNKNOWN;
  return mapTaints(joined, (taint) => (taint.cleared.has('not-absolute') ? taint : { ...taint, lead: '' }));
};
const relativePath: BuiltIn = ({ args }) => ({
  ...UNKNOWN,
  taints: derived(args[1]?.taints ?? []).map((taint) => clear(taint, ['resolved'])),
});

export const FUNCTIONS: Readonly<Record<string, BuiltIn>> = {
  'util.promisify': first,
  'util.format': formatText,
  printf: formatText,
  'sprintf-js.sprintf': formatText,
  'format-util': formatText,
  'markdown-it().render': markdown,
  'markdown-it().renderInline': markdown,
  'path.join': joinPaths,
  'path.resolve': resolvePaths,
  'path.relative': relativePath,
  'path.normalize': joinPaths,
  'path.parse': parsePath,
  URL: readUrl,
  'path.posix.join': joinPaths,
  'path.posix.normalize': joinPaths,
  'path.posix.resolve': resolvePaths,
  'fs.realpathSync': joinPaths,
  'Object.assign': assigned,
  '$.extend': assigned,
  'jQuery.extend': assigned,
  'jquery.extend': assigned,
  'Object.keys': (call) => arrayOf({ ...UNKNOWN, taints: derived(first(call).taints) }),
  'Object.values': (call) => arrayOf(elementOf(first(call))),
  'Object.entries': (call) => {
    const pair = objectValue(true);
    pair.fields.set('0', { ...UNKNOWN, taints: derived(first(call).taints) });
    pair.fields.set('1', elementOf(first(call)));
    return arrayOf({ ...UNKNOWN, objects: [pair] });
  },
  'Array.isArray': () => UNKNOWN,
  'Promise.all': (call) => first(call),
  'Promise.resolve': (call) => first(call),
  'Promise.allSettled': (call) => first(call),
  'Object.freeze': (call) => first(call),
  RegExp: ({ args, node }, machine) => {
    const source = args[0] === undefined ? undefined : (args[0].regex?.source ?? knownText(args[0]));
    if (source === undefined) return undefined;
    const flags = args[1] === undefined ? (args[0]?.regex?.flags ?? '') : (knownText(args[1]) ?? '');
    const value = { ...UNKNOWN, isLiteral: true, ...compileRegex(source, flags) };
    machine.report(siteOf(machine, 'regex', { name: '', args: [value], node }), node);
    return value;
  },
  Promise: (call, machine) => {
    if (call.node.type !== 'NewExpression') return undefined;
    const settled = objectValue(true);
    const settle = { ...UNKNOWN, name: 'Promise.settle', objects: [settled] };
    for (const fn of first(call).functions) machine.call(fn, [settle]);
    return settled.elements ?? UNKNOWN;
  },
  'Promise.settle': ({ args, callee }) => {
    for (const object of callee.objects)
      object.elements = join([
        args[0] ?? UNKNOWN,
        ...(object.elements === undefined ? [] : [object.elements]),
      ]);
    return UNDEFINED;
  },
  Map: (call) => (call.node.type === 'NewExpression' ? arrayOf(elementOf(first(call))) : undefined),
  Set: (call) => (call.node.type === 'NewExpression' ? arrayOf(elementOf(first(call))) : undefined),
};

/** Calls each function among the arguments. */
function callBack(machine: Machine, { args }: Call, given: readonly Value[]): Value {
  const [callback] = args;
  if (callback === undefined || callback.functions.length === 0) return UNKNOWN;
  return join(callback.functions.map((fn) => machine.call(fn, given)));
}

/** Whether a receiver is a collection as far as known, so that its methods are those of arrays. */
const hasCallback = ({ args }: Call): boolean => (args[0]?.functions.length ?? 0) > 0;

const each: BuiltIn = (call, machine) => {
  if (!hasCallback(call)) return undefined;
  callBack(machine, call, [elementOf(call.receiver), UNKNOWN, call.receiver]);
  return UNDEFINED;
};
const chosen: BuiltIn = (call, machine) => {
  if (!hasCallback(call)) return undefined;
  callBack(machine, call, [elementOf(call.receiver), UNKNOWN, call.receiver]);
  return { ...call.receiver, name: '' };
};
const mapped: BuiltIn = (call, machine) =>
  hasCallback(call)
    ? arrayOf(callBack(machine, call, [elementOf(call.receiver), UNKNOWN, call.receiver]))
    : undefined;
/** Outside of loops, what is put behind a list whose length is known has a place of its own. */
const pushed: BuiltIn = (call, machine) => {
  const { receiver, args } = call;
  const [only, ...others] = receiver.objects;
  const isOrdered = only !== undefined && others.length === 0 && only.isArray && !only.isOpen;
  if (!isOrdered || only.elements !== undefined || machine.state.loops > 0) return added(call, machine);
  for (const value of args) only.fields.set(String(only.fields.size), value);
  return NUMBER;
};
const added: BuiltIn = ({ receiver, args }) => {
  if (receiver.objects.length === 0) return undefined;
  const value = join(args.slice(-1));
  for (const object of receiver.objects) {
    object.elements = object.elements === undefined ? value : join([value, object.elements]);
  }
  return receiver;
};
const same: BuiltIn = ({ receiver }) => (receiver.objects.length > 0 ? { ...receiver, name: '' } : undefined);
const one: BuiltIn = ({ receiver }) => (receiver.objects.length > 0 ? elementOf(receiver) : undefined);
/** A promise is taken for what it resolves to. */
export const settled: BuiltIn = (call, machine) => {
  if (!hasCallback(call)) return undefined;
  const result = callBack(machine, call, [call.receiver]);
  for (const fn of call.args[1]?.functions ?? []) machine.call(fn, [UNKNOWN]);
  return result;
};
/** `text.split(a).join(b)` replaces each a by b. */
function rejoined(receiver: Value, [glue]: readonly Value[]): Value | undefined {
  const separator = separatorOf(receiver);
  const into = glue === undefined ? ',' : knownText(glue);
  if (separator === undefined || into === undefined) return undefined;
  const assures = assuredByReplacing(literalText(separator), into, true);
  return mapTaints({ ...UNKNOWN, taints: derived(receiver.taints) }, (taint) => clear(taint, assures));
}
const joined: BuiltIn = ({ receiver, args }) => {
  const [array] = receiver.objects;
  if (array === undefined) return rejoined(receiver, args);
  const separator = literalText(args[0] === undefined ? ',' : (knownText(args[0]) ?? HOLE));
  const values = array.elements === undefined ? [...array.fields.values()] : [anyOf(receiver) ?? UNKNOWN];
  return concatenate(values.flatMap((value, index) => (index === 0 ? [value] : [separator, value])));
};

export const METHODS: Readonly<Record<string, BuiltIn>> = {
  forEach: each,
  some: each,
  every: each,
  map: mapped,
  flatMap: mapped,
  filter: chosen,
  sort: same,
  slice: same,
  reverse: same,
  flat: same,
  find: (call, machine) => {
    if (!hasCallback(call)) return undefined;
    callBack(machine, call, [elementOf(call.receiver)]);
    return elementOf(call.receiver);
  },
  reduce: (call, machine) => {
    if (!hasCallback(call)) return undefined;
    const start = call.args[1] ?? elementOf(call.receiver);
    return join([callBack(machine, call, [start, elementOf(call.receiver)]), start]);
  },
  push: pushed,
  unshift: added,
  add: added,
  set: added,
  append: added,
  pop: (call, machine) => one(call, machine) ?? lastPiece(call),
  shift: one,
  at: one,
  catch: (call, machine) => {
    if (!hasCallback(call)) return undefined;
    callBack(machine, call, [exceptionOf(call.receiver.made?.args ?? [])]);
    return call.receiver;
  },
  finally: (call, machine) => {
    if (!hasCallback(call)) return undefined;
    callBack(machine, call, []);
    return call.receiver;
  },
  join: joined,
  attr: setsProperty,
  prop: setsProperty,
  data: setsProperty,
  css: setsProperty,
  val: setsContent,
  text: setsContent,
  exec: ({ receiver, args }) =>
    receiver.regex === undefined ? undefined : { ...UNKNOWN, taints: derived(args[0]?.taints ?? []) },
  call: ({ receiver, args }, machine) =>
    receiver.functions.length === 0
      ? undefined
      : join(receiver.functions.map((fn) => machine.call(fn, args.slice(1), args[0]))),
  apply: ({ receiver, args }, machine) => {
    if (receiver.functions.length === 0) return undefined;
    const given = [...(args[1]?.objects[0]?.fields.values() ?? [])];
    return join(receiver.functions.map((fn) => machine.call(fn, given, args[0])));
  },
  bind: ({ receiver, args }) => {
    if (receiver.functions.length === 0) return receiver.name === '' ? undefined : receiver;
    const bound = args.slice(1);
    return bound.length === 0
      ? receiver
      : { ...receiver, functions: receiver.functions.map((fn) => bind(fn, bound)) };
  },
  replace: replaced,
  replaceAll: replaced,
  concat: ({ receiver, args }: Call) =>
    receiver.objects.length > 0 ? join([receiver, ...args]) : concatenate([receiver, ...args]),
  toString: ({ receiver }: Call) => ({ ...receiver, taints: derived(deepTaints(receiver)), name: '' }),
  trim: trimmed,
  toLowerCase: trimmed,
  toUpperCase: trimmed,
};

/** A function whose first arguments are given. */
function bind(fn: FunctionValue, more: readonly Value[]): FunctionValue {
  return { ...fn, bound: [...(fn.bound ?? []), ...more], results: new Map() };
}

function trimmed({ receiver }: Call): Value {
  return { ...receiver, name: '', objects: [] };
}
