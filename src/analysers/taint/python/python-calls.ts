import { METHODS } from '../built-ins.ts';
import type { BuiltIn } from '../language.ts';
import { NAMED_ARGUMENTS } from '../named-arguments.ts';
import { assuredAfterReplacing } from '../probes.ts';
import { compileRegex, siteOf } from '../site.ts';
import { anyOf } from '../take.ts';
import { concatenate } from '../text.ts';
import {
  clear,
  deepTaints,
  derived,
  field,
  HOLE,
  join,
  knownText,
  literalText,
  mapTaints,
  mergeTaints,
  objectValue,
  UNKNOWN,
  type Value,
} from '../value.ts';
import { toRegexSource } from './python-text.ts';

const first: BuiltIn = ({ args }) => args[0];
const inside = (args: readonly Value[]): readonly Value[] =>
  args.map((value) => ({ ...value, taints: deepTaints(value) }));

/** Paths are joined with slashes; one that is absolute drops those before it. */
const joinPaths: BuiltIn = ({ args }) =>
  concatenate(args.flatMap((argument, index) => (index === 0 ? [argument] : [literalText('/'), argument])));
const resolvePath: BuiltIn = ({ args }) =>
  mapTaints(concatenate(args.slice(0, 1)), (taint) => clear(taint, ['resolved']));

/** Puts arguments where a text has `{}`, `{0}`, `{name}`, `%s` or `%(name)s`. */
function fill(
  text: string,
  slots: RegExp,
  valueOf: (slot: string, index: number) => Value | undefined,
): Value {
  const parts: Value[] = [];
  let from = 0;
  let index = 0;
  for (const match of text.matchAll(slots)) {
    const slot = match.groups?.['name'] ?? '';
    parts.push(literalText(text.slice(from, match.index)));
    parts.push(valueOf(slot, index) ?? literalText(HOLE));
    if (slot === '' || /^\d+$/.test(slot)) index++;
    from = match.index + match[0].length;
  }
  parts.push(literalText(text.slice(from)));
  return concatenate(parts.filter(({ text: part }) => part !== ''));
}

const SLOTS = /\{(?<name>\w*)(?:[.[][^{}]*)?(?:![a-z])?(?::[^{}]*)?\}/g;
const PERCENT_SLOTS = /%(?:\((?<name>\w+)\))?[-+ #0-9.]*[a-zA-Z]/g;

const formatted: BuiltIn = (call, machine) => {
  const { receiver, args, node } = call;
  if (receiver.text === undefined) return undefined;
  const named = args.find(({ made }) => made?.by === NAMED_ARGUMENTS);
  const value = fill(receiver.text, SLOTS, (slot, index) => {
    if (slot === '') return args[index];
    return /^\d+$/.test(slot) ? args[Number(slot)] : named === undefined ? undefined : field(named, slot);
  });
  const all = { ...value, taints: mergeTaints([receiver.taints, value.taints]) };
  machine.report(siteOf(machine, 'text', { name: '', args: [all], node }), node);
  return all;
};

const percent: BuiltIn = ({ receiver, args, node }, machine) => {
  const [given = UNKNOWN] = args;
  if (receiver.text === undefined || receiver.text === '')
    return receiver.taints.length === 0 && given.taints.length === 0
      ? { ...UNKNOWN, isNumber: true }
      : undefined;
  const [tuple] = given.objects;
  const value = fill(receiver.text, PERCENT_SLOTS, (slot, index) => {
    if (slot !== '') return field(given, slot);
    return tuple?.isArray === true ? tuple.fields.get(String(index)) : given;
  });
  const all = { ...value, taints: mergeTaints([receiver.taints, value.taints]) };
  machine.report(siteOf(machine, 'text', { name: '', args: [all], node }), node);
  return all;
};

const regexOf = (pattern: Value | undefined): RegExp | undefined => {
  if (pattern === undefined) return undefined;
  if (pattern.regex !== undefined) return pattern.regex;
  const text = knownText(pattern);
  return text === undefined ? undefined : compileRegex(toRegexSource(text), '').regex;
};

const substituted = (pattern: Value | undefined, replacement: Value | undefined, text: Value): Value => {
  const regex = regexOf(pattern);
  const into = replacement === undefined ? '' : (knownText(replacement) ?? '');
  const whole = /^\[\^[^\]]*\][+*]?$|^\\[WD][+*]?$/.test(regex?.source ?? '');
  const assures = regex === undefined ? [] : whole ? ['*'] : assuredAfterReplacing(regex, into);
  const taints = mergeTaints([text.taints, replacement?.taints ?? []]);
  return mapTaints({ ...UNKNOWN, taints: derived(taints), text: HOLE }, (taint) => clear(taint, assures));
};

/** Functions of the language and its library whose results are known. */
export const PYTHON_FUNCTIONS: Readonly<Record<string, BuiltIn>> = {
  [NAMED_ARGUMENTS]: ({ args }) => ({ ...(args[0] ?? UNKNOWN), made: { by: NAMED_ARGUMENTS, args } }),
  str: first,
  list: first,
  tuple: first,
  set: first,
  sorted: first,
  reversed: first,
  iter: first,
  frozenset: first,
  'copy.copy': first,
  'copy.deepcopy': first,
  'typing.cast': ({ args }) => args[1],
  dict: ({ args }) => args.at(-1) ?? { ...UNKNOWN, objects: [objectValue()] },
  next: ({ args }) =>
    args[0] === undefined ? undefined : { ...(anyOf(args[0]) ?? UNKNOWN), taints: deepTaints(args[0]) },
  'os.path.join': joinPaths,
  'posixpath.join': joinPaths,
  'pathlib.Path': joinPaths,
  'pathlib.PurePath': joinPaths,
  'os.path.abspath': resolvePath,
  'os.path.realpath': resolvePath,
  'os.path.normpath': resolvePath,
  're.compile': ({ args }) => {
    const regex = regexOf(args[0]);
    return regex === undefined ? undefined : { ...UNKNOWN, isLiteral: true, regex, text: regex.source };
  },
  're.sub': ({ args }) => substituted(args[0], args[1], args[2] ?? UNKNOWN),
  're.subn': ({ args }) => substituted(args[0], args[1], args[2] ?? UNKNOWN),
  'string.Template': first,
};

const added: BuiltIn = ({ receiver, args }) => {
  if (receiver.objects.length === 0) return undefined;
  const value = join(args.slice(-1));
  const more = value.objects.some(({ isArray }) => isArray) ? (anyOf(value) ?? value) : value;
  for (const object of receiver.objects)
    object.elements = object.elements === undefined ? more : join([more, object.elements]);
  return UNKNOWN;
};

const stripped: BuiltIn = ({ receiver }) =>
  receiver.taints.length === 0 && receiver.text === undefined
    ? undefined
    : { ...receiver, name: '', objects: [] };

/** Methods of text and collections. Those that have a namesake in JavaScript are called by that. */
export const PYTHON_METHODS: Readonly<Record<string, BuiltIn>> = {
  map: METHODS['map'] ?? first,
  trim: stripped,
  toLowerCase: stripped,
  toUpperCase: stripped,
  encode: stripped,
  decode: stripped,
  replaceAll: METHODS['replaceAll'] ?? first,
  title: stripped,
  capitalize: stripped,
  format: formatted,
  format_map: ({ receiver, args }) =>
    receiver.text === undefined
      ? undefined
      : fill(receiver.text, SLOTS, (slot) => (args[0] === undefined ? undefined : field(args[0], slot))),
  __mod__: percent,
  __truediv__: (call, machine) =>
    call.receiver.taints.length === 0 &&
    call.receiver.text === undefined &&
    (call.args[0]?.taints.length ?? 0) === 0
      ? { ...UNKNOWN, isNumber: call.receiver.isNumber === true, name: call.receiver.name }
      : joinPaths({ ...call, args: [call.receiver, ...call.args] }, machine),
  resolve: ({ receiver }) => mapTaints(receiver, (taint) => clear(taint, ['resolved'])),
  join: ({ receiver, args }) => {
    const [parts] = args;
    if (parts === undefined) return undefined;
    const [array] = parts.objects;
    const separator = literalText(knownText(receiver) ?? HOLE);
    const values =
      array?.elements === undefined && array !== undefined ? [...array.fields.values()] : inside([parts]);
    return concatenate(values.flatMap((value, index) => (index === 0 ? [value] : [separator, value])));
  },
  get: ({ receiver, args }) => {
    if (receiver.objects.length === 0) return undefined;
    const name = args[0] === undefined ? undefined : knownText(args[0]);
    const held = name === undefined ? anyOf(receiver) : field(receiver, name);
    return join([held ?? UNKNOWN, ...args.slice(1, 2)]);
  },
  pop: ({ receiver }) => (receiver.objects.length > 0 ? anyOf(receiver) : undefined),
  items: ({ receiver }) => {
    if (receiver.objects.length === 0 && receiver.taints.length === 0) return undefined;
    const pair = objectValue(true);
    const data = { ...UNKNOWN, taints: derived(receiver.taints) };
    pair.fields.set('0', data);
    pair.fields.set('1', receiver.objects.length > 0 ? (anyOf(receiver) ?? UNKNOWN) : data);
    const pairs = objectValue(true);
    pairs.elements = { ...UNKNOWN, objects: [pair] };
    return { ...UNKNOWN, objects: [pairs] };
  },
  append: added,
  extend: added,
  insert: added,
  add: added,
  update: ({ receiver, args }) => {
    for (const object of receiver.objects)
      for (const { objects, taints } of args) {
        for (const { fields } of objects) for (const [name, value] of fields) object.fields.set(name, value);
        if (taints.length > 0) object.elements = { ...UNKNOWN, taints: derived(taints) };
      }
    return receiver.objects.length > 0 ? UNKNOWN : undefined;
  },
  copy: ({ receiver }) => (receiver.objects.length > 0 ? receiver : undefined),
  slice: ({ receiver }) => (receiver.objects.length > 0 ? { ...receiver, name: '' } : undefined),
  sub: ({ receiver, args }) =>
    receiver.regex === undefined ? undefined : substituted(receiver, args[0], args[1] ?? UNKNOWN),
  substitute: ({ receiver, args }) => ({
    ...UNKNOWN,
    taints: mergeTaints([receiver.taints, ...args.map((value) => derived(deepTaints(value)))]),
  }),
};
