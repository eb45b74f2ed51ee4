import type { BinaryExpression, CallExpression, Expression } from 'oxc-parser';
import { assuredByTest } from './assured-by-pattern.ts';
import { assuredByStart, assuredByText } from './assured-by-text.ts';
import { isAbsent, patternOf, positionTest, returned, startOf } from './guard-shapes.ts';
import type { Fact, Machine } from './machine.ts';
import { NAMED_ARGUMENTS } from './named-arguments.ts';
import { bare, spell, staticName } from './nodes.ts';
import { SAYS_WHETHER_FINE } from './propagation.ts';
import { lookUp, openScope } from './scope.ts';
import { codeOf } from './source-file.ts';
import type { Scope } from './value.ts';
import { deepTaints, EVERYTHING, knownText, UNKNOWN, type Value } from './value.ts';

/** Answers of functions with such names say nothing about whether data is harmless. */
const SAYS_LITTLE =
  /^(?:isEmpty|isArray|isNil|isNull|isUndefined|isDefined|isObject|isFunction|isAuth|isAdmin|isLogged|isOwner|isError|isAbsolute|isPromise|isBuffer|isPresent|isBlank|hasLength|isOpen|isReady|isConnected)/i;
/** These say whether a file is there, and throw or answer. */
export const LOOKS_FOR_FILE =
  /^(?:exists?|existsSync|pathExists|pathExistsSync|accessSync|access|stat|statSync|lstatSync|isFile|isDirectory|isfile|isdir)$/;
const MAX_DEPTH = 8;

/** What is proven about data from outside where a condition holds, or, as `outcome` says, where it does not. */
export function factsOf(
  node: Expression,
  scope: Scope,
  machine: Machine,
  outcome: boolean,
  depth = 0,
): readonly Fact[] {
  const inner = bare(node);
  if (depth > MAX_DEPTH) return [];
  const next = (part: Expression, holds: boolean): readonly Fact[] =>
    factsOf(part, scope, machine, holds, depth + 1);
  if (inner.type === 'UnaryExpression' && inner.operator === '!') return next(inner.argument, !outcome);
  if (inner.type === 'LogicalExpression' && inner.operator !== '??') {
    const [left, right] = [next(inner.left, outcome), next(inner.right, outcome)];
    // Both sides hold, or at least one of them: then only what both would prove is proven.
    return (inner.operator === '&&') === outcome ? [...left, ...right] : common(left, right);
  }
  if (inner.type === 'BinaryExpression' && inner.left.type !== 'PrivateIdentifier')
    return factsOfComparison(inner as BinaryExpression, { scope, machine, outcome });
  if (inner.type === 'CallExpression') return factsOfCall(inner, { scope, machine, outcome, depth });
  if (inner.type === 'Identifier') {
    const value = machine.evaluate(inner, scope);
    const { test } = value;
    if (test !== undefined && test.node !== inner)
      return factsOf(test.node, test.scope, machine, outcome, depth + 1);
    // What is empty does no harm.
    return outcome ? [] : about(value, [EVERYTHING]);
  }
  if (inner.type === 'MemberExpression' && !inner.computed && outcome && inner.object.type !== 'Super') {
    // `if (x.nodeType)`: what has such a property is no text.
    const object = machine.evaluate(inner.object, scope);
    const isText = Object.hasOwn(String.prototype, inner.property.name);
    return isText || !object.taints.every(({ isWhole }) => isWhole) ? [] : about(object, ['is-object']);
  }
  if (inner.type === 'MemberExpression' && inner.computed && outcome) {
    // `if (ALLOWED[x])`: a table has it.
    const table = machine.evaluate(inner.object, scope);
    return table.taints.length > 0 ? [] : about(machine.evaluate(inner.property, scope), [EVERYTHING]);
  }
  return [];
}

interface Context {
  readonly scope: Scope;
  readonly machine: Machine;
  readonly outcome: boolean;
}

function about({ taints }: Value, assures: readonly string[]): readonly Fact[] {
  return assures.length === 0 ? [] : taints.map(({ key }) => ({ key, assures }));
}

function common(left: readonly Fact[], right: readonly Fact[]): readonly Fact[] {
  return left.flatMap((fact) => {
    const other = right.filter(({ key }) => key === fact.key).flatMap(({ assures }) => assures);
    const assures = other.includes(EVERYTHING)
      ? fact.assures
      : fact.assures.includes(EVERYTHING)
        ? other
        : fact.assures.filter((one) => other.includes(one));
    return assures.length === 0 ? [] : [{ key: fact.key, assures }];
  });
}

function factsOfComparison(node: BinaryExpression, context: Context): readonly Fact[] {
  const { scope, machine, outcome } = context;
  const { operator, left, right } = node;
  if (operator === 'in') {
    const table = machine.evaluate(right, scope);
    return outcome && table.taints.length === 0 ? about(machine.evaluate(left, scope), [EVERYTHING]) : [];
  }
  const position = positionTest(node, (name) => lookUp(scope, name)?.test?.node);
  if (position !== undefined)
    return factsOfCall(position.call, {
      ...context,
      outcome: outcome === position.isFound,
      depth: 0,
      isStart: position.isStart,
    });
  if (!/^[=!]==?$/.test(operator)) return [];
  const isEqual = outcome === operator.startsWith('=');
  const starts = [startsLike(left, right, context, isEqual), startsLike(right, left, context, isEqual)];
  const isType = [left, right].find((side) => bare(side).type === 'UnaryExpression');
  if (!isEqual)
    return [...starts.flat(), ...(isType === undefined ? [] : noText(isType, [left, right], context))];
  return [...starts.flat(), ...equals(left, right, context), ...equals(right, left, context)];
}

/** `typeof data !== 'string'`. */
function noText(
  side: Expression,
  sides: readonly Expression[],
  { scope, machine }: Context,
): readonly Fact[] {
  const inner = bare(side);
  const isString = sides.some((one) => machine.evaluate(one, scope).text === 'string');
  return inner.type === 'UnaryExpression' && inner.operator === 'typeof' && isString
    ? about(machine.evaluate(inner.argument, scope), ['is-object'])
    : [];
}

/** `data[0] === known` and its like. */
function startsLike(
  data: Expression,
  known: Expression,
  { scope, machine }: Context,
  outcome: boolean,
): readonly Fact[] {
  const inner = bare(data);
  const start = startOf(inner);
  const isSecond = inner.type === 'MemberExpression' && staticName(inner) === '1';
  if (start === undefined && !isSecond) return [];
  const given = machine.evaluate(known, scope);
  const text = knownText(given);
  if (isSecond && inner.object.type !== 'Super')
    return !outcome && /^[/\\]$/.test(text ?? '')
      ? about(machine.evaluate(inner.object, scope), ['not-double-slash'])
      : [];
  if (start === undefined || (inner.type === 'MemberExpression' && text === undefined)) return [];
  const receiver = machine.evaluate(start, scope);
  return receiver.taints.length === 0
    ? []
    : about(receiver, assuredByStart(receiver, { text, given, outcome }));
}

/** `data === known`. */
function equals(data: Expression, known: Expression, { scope, machine }: Context): readonly Fact[] {
  const inner = bare(data);
  const other = machine.evaluate(known, scope);
  if (inner.type === 'UnaryExpression' && inner.operator === 'typeof') {
    return about(machine.evaluate(inner.argument, scope), assuredByTypeName(other.text));
  }
  if (other.taints.length > 0 || isAbsent(other)) return [];
  const value = machine.evaluate(inner, scope);
  const name = inner.type === 'MemberExpression' ? staticName(inner) : undefined;
  if (startOf(inner) !== undefined) return [];
  if (name === 'protocol') return about(value, ['known-scheme']);
  if (name === 'method' || name === 'length') return [];
  return about(value, [EVERYTHING]);
}

function factsOfCall(
  node: CallExpression,
  context: Context & { readonly depth: number; readonly isStart?: boolean },
): readonly Fact[] {
  const { scope, machine, outcome, depth } = context;
  const callee = bare(
    node.callee.type === 'Super' ? ({ type: 'ThisExpression', start: 0, end: 0 } as const) : node.callee,
  );
  const [argument] = node.arguments;
  const isMethod = callee.type === 'MemberExpression' && callee.object.type !== 'Super';
  const name = isMethod ? (staticName(callee) ?? '') : spell(callee);
  const receiver =
    isMethod && callee.object.type !== 'Super' ? machine.evaluate(callee.object, scope) : UNKNOWN;
  // Python's tests of text, which take no argument.
  if (isMethod && /^is(?:digit|alnum|alpha|numeric|decimal|identifier|_integer|_valid)$/.test(name))
    return outcome ? about(receiver, [EVERYTHING]) : [];
  if (argument === undefined || argument.type === 'SpreadElement') return [];
  const local = machine.evaluate(callee, scope).functions[0];
  const body = local === undefined ? undefined : returned(local.node.body);
  if (local !== undefined && body !== undefined) {
    const inside = openScope(local.scope, { isFunction: true, depth: machine.state.depth });
    for (const [index, parameter] of local.node.params.entries()) {
      const given = node.arguments[index];
      const pattern =
        parameter.type === 'TSParameterProperty' || parameter.type === 'RestElement' ? undefined : parameter;
      if (pattern !== undefined && given !== undefined && given.type !== 'SpreadElement')
        machine.bind(pattern, machine.evaluate(given, scope), inside, 'declare');
    }
    const facts = factsOf(body, inside, machine, outcome, depth + 1);
    if (facts.length > 0) return facts;
  }
  if (/^(?:some|find|any)$/.test(name) && isMethod)
    return !outcome && /['"]\.\.['"]/.test(codeOf(machine.state.file, argument))
      ? about(receiver, ['no-dots'])
      : factsOfSearch(argument, context);
  const given = deep(machine.evaluate(argument, scope));
  const pattern = patternOf(name, receiver, given);
  if (pattern !== undefined) {
    const text = node.arguments[receiver.regex === undefined ? 1 : 0];
    const held =
      text === undefined || text.type === 'SpreadElement' ? UNKNOWN : machine.evaluate(text, scope);
    return about(held, assuredByTest(pattern, outcome));
  }
  if (name === 'isinstance') return outcome ? about(given, assuredByType(node, context)) : [];
  if (isMethod && receiver.taints.length > 0 && !/^(?:test|exec)$/.test(name)) {
    return about(
      receiver,
      assuredByText(name, { receiver, given, outcome, isStart: context.isStart === true }),
    );
  }
  return factsOfAnswer(node, { ...context, name, receiver, given, isMethod });
}

/** What the answer of a function proves about what it was asked about. */
function factsOfAnswer(
  node: CallExpression,
  {
    scope,
    machine,
    outcome,
    name,
    receiver,
    given,
    isMethod,
  }: Context & {
    readonly name: string;
    readonly receiver: Value;
    readonly given: Value;
    readonly isMethod: boolean;
  },
): readonly Fact[] {
  if (given.taints.length === 0 && node.arguments.length < 2) return [];
  if (/^(?:test|exec)$/.test(name)) return about(given, assuredByTest(receiver.regex, outcome));
  if (name === 'isAbsolute') return outcome ? [] : about(given, ['not-absolute']);
  if (LOOKS_FOR_FILE.test(name)) return outcome ? about(given, ['exists']) : [];
  if (/^(?:includes|has|indexOf|contains|hasOwnProperty|get|isMember)$/.test(name) && isMethod) {
    return outcome && receiver.taints.length === 0 ? about(given, [EVERYTHING]) : [];
  }
  const all = node.arguments.flatMap((one) =>
    one.type === 'SpreadElement' ? [] : deep(machine.evaluate(one, scope)).taints,
  );
  const value = { ...UNKNOWN, taints: all };
  if (/^(?:hasOwn|call)$/.test(name)) return outcome ? about(value, [EVERYTHING]) : [];
  if (/^isString$/.test(name)) return outcome ? about(given, ['is-string']) : [];
  if (/^(?:isNaN)$/.test(name)) return outcome ? [] : about(given, [EVERYTHING]);
  const says = isMethod ? name : machine.evaluate(node.callee as Expression, scope).name || name; // a method's callee may be super
  const isAnswer = SAYS_WHETHER_FINE.test(camelCase(says)) || SAYS_WHETHER_FINE.test(name);
  return outcome && isAnswer && !SAYS_LITTLE.test(name) ? about(value, [EVERYTHING]) : [];
}

/** The last name of a module's path as functions are named: `is-path-inside` is `isPathInside`. */
function camelCase(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return last.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What `typeof x === 'name'` proves. */
function assuredByTypeName(name = ''): readonly string[] {
  if (name === 'string' || name === 'object') return [`is-${name}`];
  return /^(?:number|boolean|bigint|undefined|function|symbol)$/.test(name) ? [EVERYTHING] : [];
}

/** Python's named arguments hold the data one level down. */
function deep(value: Value): Value {
  return value.made?.by === NAMED_ARGUMENTS ? { ...value, taints: deepTaints(value) } : value;
}

/** Numbers and the like hold no text. */
function assuredByType(node: CallExpression, { machine, scope }: Context): readonly string[] {
  const type = node.arguments[1];
  if (type === undefined || type.type === 'SpreadElement') return [];
  const { name } = machine.evaluate(type, scope);
  if (name === 'str') return ['is-string'];
  return /^(?:int|float|bool|complex|datetime.*|uuid\.UUID|.*IPv[46]Address)$/.test(name) ? [EVERYTHING] : [];
}

/** `known.some((one) => data === one)`. */
function factsOfSearch(
  argument: Expression,
  { scope, machine, outcome, depth }: Context & { readonly depth: number },
): readonly Fact[] {
  const [fn] = machine.evaluate(argument, scope).functions;
  const body = fn === undefined ? undefined : returned(fn.node.body);
  if (fn === undefined || body === undefined || !outcome) return [];
  const inside = openScope(fn.scope, { isFunction: true, depth: machine.state.depth });
  const [parameter] = fn.node.params;
  if (parameter?.type === 'Identifier') inside.bindings.set(parameter.name, UNKNOWN);
  return factsOf(body, inside, machine, true, depth + 1);
}
