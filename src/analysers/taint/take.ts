import type { Machine } from './machine.ts';
import { CLEAN_PROPERTIES } from './propagation.ts';
import { codeOf } from './source-file.ts';
import {
  clear,
  derived,
  EVERYTHING,
  field,
  join,
  mergeTaints,
  NUMBER,
  type Taint,
  UNKNOWN,
  type Value,
} from './value.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A value with a name, tainted when data from outside is found under that name or spelling. */
export function nameValue(
  machine: Machine,
  value: Value,
  {
    name,
    spelled,
    node,
    key = spelled,
  }: { readonly name: string; readonly spelled: string; readonly node: Place; readonly key?: string },
): Value {
  const [source] = machine.rules.sources.find(name, spelled);
  const withName = value.name === name ? value : { ...value, name };
  if (source === undefined || withName.taints.length > 0) return withName;
  const taint: Taint = {
    origin: source.origin,
    key,
    isWhole: true,
    lead: '',
    cleared: new Set(),
    step: stepAt(machine, node),
  };
  return { ...withName, taints: [taint] };
}

export function stepAt({ state: { file } }: Machine, node: Place): Taint['step'] {
  return { path: file.path, line: file.lineAt(node.start), code: codeOf(file, node) };
}

/** Adds a step to the way of all taints in a value, unless it is on the line of the step before. */
export function addStep(machine: Machine, value: Value, node: Place): Value {
  if (value.taints.length === 0) return value;
  const step = stepAt(machine, node);
  return {
    ...value,
    taints: value.taints.map((taint) =>
      taint.step.line === step.line && taint.step.path === step.path
        ? taint
        : { ...taint, step: { ...step, before: taint.step } },
    ),
  };
}

/** What is proven of an object says nothing about its parts. */
const ONLY_WHOLE: ReadonlySet<string> = new Set(['is-object', 'is-string', 'exists']);

/** The property of a value; `undefined` as the name stands for one that is not known. */
export function takeProperty(
  machine: Machine,
  object: Value,
  {
    name,
    spelled,
    node,
  }: { readonly name: string | undefined; readonly spelled: string; readonly node: Place },
): Value {
  if (name !== undefined && CLEAN_PROPERTIES.has(name) && object.objects.length === 0) {
    return { ...NUMBER, name: `${object.name}.${name}` };
  }
  // The program itself and its script are not what someone typed behind them.
  if (object.name === 'process.argv' && (name === '0' || name === '1')) return UNKNOWN;
  const held = name === undefined ? anyOf(object) : field(object, name);
  const isPiece = name === undefined || /^\d+$/.test(name);
  const pieces = isPiece ? assuredBySplitting(object) : [];
  const taints = object.taints.map((given): Taint => {
    const taint = pieces.length === 0 ? given : clear(given, pieces);
    if (!taint.isWhole) return taint;
    const isFirst =
      taint.step.before === undefined && taint.step.line === machine.state.file.lineAt(node.start);
    return {
      ...taint,
      key: `${taint.key}.${name ?? '[]'}`,
      cleared: [...ONLY_WHOLE].some((one) => taint.cleared.has(one))
        ? new Set([...taint.cleared].filter((one) => !ONLY_WHOLE.has(one)))
        : taint.cleared,
      ...(isFirst ? { step: stepAt(machine, node) } : {}),
    };
  });
  const qualified = qualify(object.name, name);
  const value: Value = {
    ...(held ?? UNKNOWN),
    taints: [...(held?.taints ?? []), ...taints],
    safeFor: object.safeFor,
  };
  const called = held !== undefined && held.name !== '' ? held.name : qualified;
  return applyFacts(machine, nameValue(machine, value, { name: called, spelled, node }));
}

/** What the pieces of a text are assured of that was split: they hold no separator. */
function assuredBySplitting({ made }: Value): readonly string[] {
  const separator = made !== undefined && /(?:^|\.)split$/.test(made.by) ? made.args[0] : undefined;
  if (separator?.text === '/' || separator?.name === 'path.sep') return ['base-name', 'no-dots'];
  return separator?.text === '.' || separator?.text === '..' ? ['no-dots'] : [];
}

/** Every value that an object or array holds, as one. */
export function anyOf({ objects }: Value): Value | undefined {
  const held = objects.flatMap(({ fields, elements }) => [
    ...fields.values(),
    ...(elements === undefined ? [] : [elements]),
  ]);
  return held.length === 0 ? undefined : join(held);
}

/** What one element of a collection is. */
export function elementOf(collection: Value): Value {
  const held = anyOf(collection) ?? UNKNOWN;
  return { ...held, taints: [...held.taints, ...derived(collection.taints)] };
}

const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['window', 'globalThis', 'self', 'global']);
const MAX_NAME = 160;

function qualify(object: string, name: string | undefined): string {
  if (object === '' || object.length > MAX_NAME) return '';
  if (GLOBAL_OBJECTS.has(object)) return name ?? '';
  if (name === 'default') return object;
  return `${object}.${name ?? '[]'}`;
}

/** The value with what is known at this place about the data in it. */
export function applyFacts({ state: { facts } }: Machine, value: Value): Value {
  if (facts.length === 0 || value.taints.length === 0) return value;
  return {
    ...value,
    taints: value.taints.map((taint) => {
      const assured = facts.flatMap(({ key, assures }) =>
        taint.key === key
          ? assures
          : taint.key.startsWith(`${key}.`)
            ? assures.filter((one) => !ONLY_WHOLE.has(one))
            : [],
      );
      return assured.length === 0 ? taint : clear(taint, assured);
    }),
  };
}

/** An exception whose message may say what these values hold. */
export function exceptionOf(values: readonly Value[]): Value {
  const said = mergeTaints(values.map(({ taints }) => taints));
  return {
    ...UNKNOWN,
    name: 'exception',
    taints: derived(said).map((taint) => ({ ...taint, isMessage: true })),
  };
}

/** A value of which nothing harmful is left. */
export function harmless(value: Value): Value {
  return { ...UNKNOWN, name: value.name, safeFor: new Set([EVERYTHING]) };
}
