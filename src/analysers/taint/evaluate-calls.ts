import type { Argument, CallExpression, Expression, NewExpression } from 'oxc-parser';
import type { Call } from './call.ts';
import { instantiate } from './classes.ts';
import type { Evaluators } from './evaluate-values.ts';
import type { Machine } from './machine.ts';
import { bare, spell, staticName } from './nodes.ts';
import { CLEAN_METHODS, MAKES_OF_ARGUMENTS, SAYS_SAFE } from './propagation.ts';
import { siteOf } from './site.ts';
import { codeOf } from './source-file.ts';
import { addStep, elementOf, harmless, nameValue, takeProperty } from './take.ts';
import { concatenate } from './text.ts';
import type { Scope } from './value.ts';
import {
  clear,
  deepTaints,
  derived,
  EVERYTHING,
  type FunctionValue,
  HOLE,
  join,
  knownText,
  literalText,
  mapTaints,
  mergeTaints,
  UNKNOWN,
  type Value,
} from './value.ts';

/** Calls, and what else runs functions. */
export const CALLS: Evaluators = {
  CallExpression: (node, scope, machine) => evaluateCall(node, scope, machine),
  NewExpression: (node, scope, machine) => evaluateCall(node, scope, machine),
  ImportExpression(node, scope, machine) {
    const source = machine.evaluate(node.source, scope);
    machine.report(siteOf(machine, 'call', { name: 'import', args: [source], node }), node);
    const specifier = knownText(source);
    return specifier === undefined ? UNKNOWN : (machine.importModule(specifier) ?? UNKNOWN);
  },
  TaggedTemplateExpression(node, scope, machine) {
    const tag = machine.evaluate(node.tag, scope);
    const args = node.quasi.expressions.map((part) => machine.evaluate(part, scope));
    const spelled = spell(node.tag);
    const name = tag.name === '' ? spelled : tag.name;
    machine.report(
      siteOf(machine, 'call', { name: `${name}\`\``, spelled: `${spelled}\`\``, args, node }),
      node,
    );
    for (const fn of tag.functions) machine.call(fn, [UNKNOWN, ...args]);
    // A tag such as that of an SQL library keeps the values apart from the text.
    return name === 'String.raw'
      ? concatenate([literalText(HOLE), ...args])
      : { ...UNKNOWN, name: `${name}()` };
  },
};

function evaluateCall(node: CallExpression | NewExpression, scope: Scope, machine: Machine): Value {
  if (node.callee.type === 'Super') {
    for (const argument of node.arguments) evaluateArgument(argument, scope, machine);
    return UNKNOWN;
  }
  const { callee, receiver, hasReceiver } = evaluateCallee(node.callee, scope, machine);
  const args = node.arguments.flatMap((argument) => evaluateArgument(argument, scope, machine));
  const spelled = spell(node.callee);
  const name = callee.name === '' ? spelled : callee.name;
  const method = spelled.slice(spelled.lastIndexOf('.') + 1);
  const [specifier] = args;
  if (name === 'require' && specifier !== undefined) {
    const known = knownText(specifier);
    const imported = known === undefined ? undefined : machine.importModule(known);
    if (imported !== undefined) return imported;
  }
  const isNew = node.type === 'NewExpression';
  const place = placeOf(node);
  machine.report(
    siteOf(machine, 'call', {
      name,
      spelled,
      args,
      receiver,
      isNew,
      ...(callee.made?.by === 'look-up' && callee.made.args[1] !== undefined
        ? { key: callee.made.args[1] }
        : {}),
      node: { start: node.start, end: node.end },
    }),
    place,
  );
  const call = { node, name, spelled, method, callee, receiver, hasReceiver, args, scope };
  const result = resultOf(machine, call);
  noteThrown(machine, call);
  const called = `${name}()`;
  const withName = {
    ...result,
    name: result.name === '' ? called : result.name,
    made: result.made ?? { by: name, args },
    ...(node.type === 'CallExpression' ? { test: result.test ?? { node, scope } } : {}),
  };
  const key = codeOf(machine.state.file, node);
  return nameValue(machine, withName, { name: withName.name, spelled: `${spelled}()`, node, key });
}

/** The exception of a function that was not read may say what the function was given. */
const NEVER_SAYS =
  /^(?:console|log|logger)\b|\.(?:log|warn|error|info|debug|test|exec|match|replace|replaceAll|split|slice|substring|substr|indexOf|includes|startsWith|endsWith|trim|push|append|html|text|val|attr|addClass|css|toLowerCase|toUpperCase|concat|join|send|end|write|json|setHeader|setAttribute|appendChild)$/;

function noteThrown({ state, rules }: Machine, { args, callee, name, spelled, node }: Call): void {
  const said = state.thrown.at(-1);
  if (said === undefined || said.length > MAX_SAID || node.type === 'NewExpression') return;
  if (NEVER_SAYS.test(spelled)) return;
  if (callee.functions.length > 0 || rules.sanitisers.find(name, spelled).length > 0) return;
  for (const { taints } of args) said.push(...taints);
}

const MAX_SAID = 20;

/** A call is where the name of its method is: in a chain over several lines, each has a place of its own. */
function placeOf(node: CallExpression | NewExpression): { readonly start: number; readonly end: number } {
  const callee = node.callee.type === 'Super' ? node.callee : bare(node.callee);
  const isChained = callee.type === 'MemberExpression' && bareCall(callee.object);
  return {
    start: isChained && callee.type === 'MemberExpression' ? callee.property.start : node.start,
    end: node.end,
  };
}

function bareCall(node: Expression | { readonly type: 'Super' }): boolean {
  return node.type !== 'Super' && bare(node).type === 'CallExpression';
}

function evaluateCallee(
  node: Expression,
  scope: Scope,
  machine: Machine,
): Pick<Call, 'callee' | 'receiver' | 'hasReceiver'> {
  const inner = bare(node);
  if (inner.type !== 'MemberExpression' || inner.object.type === 'Super') {
    return { callee: machine.evaluate(node, scope), receiver: UNKNOWN, hasReceiver: false };
  }
  const receiver = machine.evaluate(inner.object, scope);
  const name = staticName(inner);
  const key = name === undefined && inner.computed ? machine.evaluate(inner.property, scope) : undefined;
  const found = takeProperty(machine, receiver, {
    name: name ?? (key === undefined ? undefined : knownText(key)),
    spelled: spell(inner),
    node: inner,
  });
  const callee =
    key !== undefined && key.taints.length > 0
      ? { ...found, made: { by: 'look-up', args: [receiver, key] } }
      : found;
  return { callee: { ...callee, taints: [] }, receiver, hasReceiver: true };
}

function evaluateArgument(argument: Argument, scope: Scope, machine: Machine): readonly Value[] {
  if (argument.type !== 'SpreadElement') return [machine.evaluate(argument, scope)];
  const spread = machine.evaluate(argument.argument, scope);
  const [array] = spread.objects;
  if (array?.isArray === true && array.elements === undefined && !array.isOpen)
    return [...array.fields.values()];
  return [elementOf(spread)];
}

const MAX_TARGETS = 3;

function resultOf(machine: Machine, call: Call): Value {
  const { callee, args, receiver, method, name, spelled, node } = call;
  const assures = machine.rules.sanitisers.find(name, spelled).flat();
  if (assures.includes(EVERYTHING)) return harmless(UNKNOWN);
  if (assures.length > 0) {
    const value = propagate(machine, call) ?? concatenate(args);
    const safe = mapTaints(value, (taint) => clear(taint, assures));
    return { ...safe, name: '', safeFor: new Set([...assures, ...value.safeFor]) };
  }
  if (callee.functions.length > 0) {
    const results = callee.functions
      .slice(0, MAX_TARGETS)
      .map((fn) => machine.call(fn, args, call.hasReceiver ? receiver : undefined));
    const result = addStep(machine, join(results), node);
    return SAYS_SAFE.test(method) ? harmless(result) : result;
  }
  const [made] = callee.classes;
  if (made !== undefined) return node.type === 'NewExpression' ? instantiate(machine, made, args) : UNKNOWN;
  const known = machine.builtIn(call);
  if (known !== undefined) return known;
  handOver(machine, call);
  if (SAYS_SAFE.test(method) || (!call.hasReceiver && SAYS_SAFE.test(spelled))) return harmless(UNKNOWN);
  return propagate(machine, call) ?? UNKNOWN;
}

/** How often a function is followed that is handed to unknown code. */
const MAX_HANDED = 3;

/** Follows functions that are handed to code that was not read, with what that code is known to give them. */
function handOver(machine: Machine, { args, name, spelled }: Call): void {
  const { state } = machine;
  const outer = state.registration;
  state.registration = { name, spelled, given: args };
  for (const fn of args.flatMap(functionsIn))
    if ((state.runs.get(fn.node) ?? 0) < MAX_HANDED) machine.call(fn, []);
  state.registration = outer;
}

function functionsIn(value: Value): readonly FunctionValue[] {
  const inside = value.objects.filter(({ isArray }) => isArray).flatMap(({ fields }) => [...fields.values()]);
  return [...value.functions, ...inside.flatMap(({ functions }) => functions)];
}

/** What is read from the result was in the argument under the same name. */
const KEEPS_PARTS = /^(?:JSON\.parse|structuredClone|Object\.(?:freeze|create)|Promise\.|qs\.|querystring\.)/;

/** What a call to unknown code makes of its receiver and arguments; `undefined` when nothing of them. */
export function propagate(
  machine: Machine,
  { name, spelled, method, args, receiver, hasReceiver, node }: Call,
): Value | undefined {
  if (machine.rules.propagators.find(name, spelled).length > 0) {
    const [only] = args;
    if (args.length === 1 && only !== undefined) {
      const taints = KEEPS_PARTS.test(name) ? deepTaints(only) : derived(deepTaints(only));
      return { ...only, name: '', taints, functions: [] };
    }
    return { ...UNKNOWN, taints: derived(mergeTaints(args.map((argument) => deepTaints(argument)))) };
  }
  if (hasReceiver && receiver.taints.length > 0) {
    if (CLEAN_METHODS.has(method)) return undefined;
    return {
      ...UNKNOWN,
      taints: derived(mergeTaints([receiver.taints, ...args.map(({ taints }) => taints)])),
    };
  }
  if (hasReceiver && receiver.text !== undefined && args.some(({ taints }) => taints.length > 0)) {
    return CLEAN_METHODS.has(method) ? undefined : concatenate([receiver, ...args]);
  }
  if (MAKES_OF_ARGUMENTS.test(method) && node.type === 'CallExpression') {
    return concatenate([literalText(HOLE), ...args]);
  }
  return undefined;
}
