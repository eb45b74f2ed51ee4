import type { ArrowFunctionExpression, Function as FunctionNode, ParamPattern } from 'oxc-parser';
import type { Frame, Machine, Registration } from './machine.ts';
import { NAMED_ARGUMENTS } from './named-arguments.ts';
import { roleOf } from './roles.ts';
import { openScope } from './scope.ts';
import { addStep } from './take.ts';
import type { Scope } from './value.ts';
import { type FunctionValue, field, join, objectValue, UNKNOWN, type Value } from './value.ts';

const MAX_FRAMES = 8;
const MAX_RUNS = 40;
/** After so many steps, a function that was followed before is not followed again. */
const EASY_STEPS = 100_000;

/** A function as a value; if nobody calls it, it is followed in the end. */
export function createFunction(
  node: FunctionNode | ArrowFunctionExpression,
  scope: Scope,
  { state }: Machine,
  more: { readonly self?: Value; readonly name?: string } = {},
): Value {
  const own = 'id' in node && node.id !== null ? node.id.name : state.purpose;
  // A plugin of jQuery is known by where it is put, also when the function has a name.
  const name = more.name ?? (/\bfn\.\w+$/.test(state.purpose) ? state.purpose : own);
  const inherited = node.type === 'ArrowFunctionExpression' ? scope.self : undefined;
  const self = more.self ?? inherited;
  const fn: FunctionValue = {
    node,
    scope,
    file: state.file,
    name,
    results: new Map(),
    ...(self === undefined ? {} : { self }),
  };
  const others = state.pending.get(fn.file.path);
  if (others === undefined) state.pending.set(fn.file.path, [fn]);
  else others.push(fn);
  return { ...UNKNOWN, functions: [fn] };
}

/**
 * Follows a function with the arguments that it gets and gives what it returns.
 *
 * An argument that is missing has what its role says. What is proven about data inside holds only inside.
 */
export function callFunction(
  machine: Machine,
  fn: FunctionValue,
  given: readonly (Value | undefined)[],
  self?: Value,
): Value {
  const { state } = machine;
  const args = withNamed(fn, fn.bound === undefined ? given : [...fn.bound, ...given]);
  const isRecursive = state.frames.some((frame) => frame.fn?.node === fn.node);
  const { body } = fn.node;
  const runs = state.runs.get(fn.node) ?? 0;
  if (
    isRecursive ||
    state.frames.length > MAX_FRAMES ||
    runs >= (state.steps > EASY_STEPS ? 1 : MAX_RUNS) ||
    body === null
  )
    return UNKNOWN;
  const signature = signatureOf(args, self, state.registration);
  const known = fn.results.get(signature);
  if (known !== undefined) return known;
  state.runs.set(fn.node, runs + 1);
  const before = { file: state.file, facts: state.facts.length, purpose: state.purpose };
  const handedTo = args.length === 0 ? state.registration : undefined;
  const frame: Frame = { fn, returns: [], handedTo, tries: state.thrown.length };
  const receiver = self ?? fn.self;
  const scope = openScope(fn.scope, {
    isFunction: true,
    depth: state.depth,
    ...(receiver === undefined ? {} : { self: receiver }),
  });
  state.frames.push(frame);
  try {
    state.purpose = '';
    bindParameters(machine, fn, { args, scope, callerFile: before.file });
    state.file = fn.file;
    if (body.type === 'BlockStatement') machine.execute(body.body, scope);
    else frame.returns.push(machine.evaluate(body, scope));
    const result = join(frame.returns);
    fn.results.set(signature, result);
    return result;
  } finally {
    state.frames.pop();
    state.file = before.file;
    state.facts.length = before.facts;
    state.purpose = before.purpose;
  }
}

/** Python's named arguments, which a call gives last and together, each at the place of its parameter. */
function withNamed(fn: FunctionValue, args: readonly (Value | undefined)[]): readonly (Value | undefined)[] {
  const last = args.at(-1);
  if (last?.made?.by !== NAMED_ARGUMENTS) return args;
  return fn.node.params.map((parameter, index) => {
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const name = pattern.type === 'Identifier' ? pattern.name : '';
    return field(last, name) ?? (index < args.length - 1 ? args[index] : undefined);
  });
}

/** What of a call's arguments makes a difference to what the function does with them. */
function signatureOf(
  args: readonly (Value | undefined)[],
  self: Value | undefined,
  registration: Registration | undefined,
): string {
  const given = args.map((value) => (value === undefined ? '?' : describe(value, 0)));
  return `${given.join()}|${self === undefined ? '' : describe(self, 0)}|${args.length === 0 ? (registration?.spelled ?? '') : ''}`;
}

const MAX_DESCRIBED = 2;

function describe(
  { taints, name, text, functions, objects, classes, isNumber }: Value,
  depth: number,
): string {
  const data = taints.map(
    (taint) => `${taint.origin}${taint.key}${taint.isWhole}${taint.lead === ''}${[...taint.cleared].join()}`,
  );
  const inside =
    depth >= MAX_DESCRIBED
      ? []
      : objects.flatMap(({ fields, elements }) => [
          ...[...fields].map(([field, held]) => `${field}:${describe(held, depth + 1)}`),
          ...(elements === undefined ? [] : [describe(elements, depth + 1)]),
        ]);
  const code = [
    ...functions.map(({ node, file }) => `${file.path}${node.start}`),
    ...classes.map(({ node }) => node.start),
  ];
  return `${name};${text ?? ''};${isNumber === true};${data.join()};${code.join()};{${inside.join()}}`;
}

function bindParameters(
  machine: Machine,
  fn: FunctionValue,
  {
    args,
    scope,
    callerFile,
  }: {
    readonly args: readonly (Value | undefined)[];
    readonly scope: Scope;
    readonly callerFile: FunctionValue['file'];
  },
): void {
  machine.state.file = fn.file;
  for (const [index, parameter] of fn.node.params.entries()) {
    const given = args[index];
    if (parameter.type === 'RestElement') {
      const rest = objectValue(true);
      for (const [at, value] of args.slice(index).entries())
        if (value !== undefined) rest.fields.set(String(at), value);
      machine.bind(parameter.argument, { ...UNKNOWN, objects: [rest] }, scope, 'declare');
      continue;
    }
    const role =
      given === undefined || isBlank(given) ? roleOf(machine, parameter, { fn, index }) : undefined;
    const value = role ?? given ?? UNKNOWN;
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    machine.state.file = fn.file;
    machine.bind(
      pattern,
      callerFile === fn.file ? value : addStep(machine, value, pattern),
      scope,
      'declare',
    );
    keepAsProperty(parameter, value, scope);
  }
}

/** Of a value that a caller inside of the program gives nothing is known: it may have a role all the same. */
function isBlank(value: Value): boolean {
  return value === UNKNOWN;
}

/** `constructor(private readonly db: Database)` stores the argument in the object. */
function keepAsProperty(parameter: ParamPattern, value: Value, scope: Scope): void {
  if (parameter.type !== 'TSParameterProperty') return;
  const { parameter: inner } = parameter;
  const pattern = inner.type === 'AssignmentPattern' ? inner.left : inner;
  if (pattern.type !== 'Identifier') return;
  for (const object of scope.self?.objects ?? []) object.fields.set(pattern.name, value);
}
