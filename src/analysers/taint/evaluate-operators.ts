import type { AssignmentExpression, AssignmentTarget, Expression } from 'oxc-parser';
import { assign, inBranch, mergeBranches, runBranch } from './branches.ts';
import { truthOf } from './constant-test.ts';
import type { Evaluators } from './evaluate-values.ts';
import { factsOf } from './guards.ts';
import { type Fact, type Machine, withFacts } from './machine.ts';
import { bare, spell, staticName } from './nodes.ts';
import { siteOf } from './site.ts';
import { addStep, nameValue, takeProperty } from './take.ts';
import { concatenate, textOf } from './text.ts';
import type { Scope } from './value.ts';
import { EVERYTHING, join, NUMBER, UNDEFINED, UNKNOWN, type Value } from './value.ts';

const COMPARISONS: ReadonlySet<string> = new Set('== === != !== < > <= >= in instanceof'.split(' '));

/** Operators, and what only wraps another expression. */
export const OPERATORS: Evaluators = {
  BinaryExpression(node, scope, machine) {
    const left = node.left.type === 'PrivateIdentifier' ? UNKNOWN : machine.evaluate(node.left, scope);
    const right = machine.evaluate(node.right, scope);
    if (node.operator === '+') {
      if (left.isNumber === true && right.isNumber === true) return NUMBER;
      const value = addStep(machine, concatenate([left, right]), node);
      machine.report(siteOf(machine, 'text', { name: '', args: [value], node }), node);
      return value;
    }
    if (!COMPARISONS.has(node.operator)) return NUMBER;
    if (node.operator.endsWith('==')) {
      const name = node.left.type === 'PrivateIdentifier' ? '' : `${spell(node.left)} ${spell(node.right)}`;
      machine.report(siteOf(machine, 'test', { name, args: [left, right], node }), node);
    }
    return { ...UNKNOWN, test: { node, scope } };
  },
  UnaryExpression(node, scope, machine) {
    const value = machine.evaluate(node.argument, scope);
    if (node.operator === '!') return { ...UNKNOWN, test: { node, scope } };
    if (node.operator === 'typeof') return UNKNOWN;
    if (node.operator === 'void') return UNDEFINED;
    return value.isLiteral && typeof value.constant === 'number'
      ? { ...value, constant: -value.constant }
      : NUMBER;
  },
  UpdateExpression: () => NUMBER,
  LogicalExpression(node, scope, machine) {
    const left = machine.evaluate(node.left, scope);
    const facts = node.operator === '??' ? [] : factsOf(node.left, scope, machine, node.operator === '&&');
    const right = withFacts(machine, facts, () =>
      inBranch(machine, () => machine.evaluate(node.right, scope)),
    );
    const test = { node, scope };
    // `a && b` is b, or a falsy a: nothing that does harm.
    if (node.operator === '&&') return { ...right, test };
    return { ...join([left, right]), test };
  },
  ConditionalExpression(node, scope, machine) {
    machine.evaluate(node.test, scope);
    const branch = (outcome: boolean, expression: Expression): ReturnType<typeof runBranch<Value>> =>
      withFacts(machine, factsOf(node.test, scope, machine, outcome), () =>
        runBranch(machine, () => machine.evaluate(expression, scope)),
      );
    const truth = truthOf(node.test, scope, machine);
    if (truth !== undefined) return machine.evaluate(truth ? node.consequent : node.alternate, scope);
    const taken = [branch(true, node.consequent), branch(false, node.alternate)];
    mergeBranches(
      machine,
      taken.map(({ left }) => left),
    );
    return join(taken.map(({ result }) => result));
  },
  SequenceExpression: (node, scope, machine) =>
    node.expressions.map((part) => machine.evaluate(part, scope)).at(-1) ?? UNKNOWN,
  AssignmentExpression: (node, scope, machine) => evaluateAssignment(node, scope, machine),
  AwaitExpression: (node, scope, machine) => machine.evaluate(node.argument, scope),
  YieldExpression: (node, scope, machine) =>
    node.argument === null ? UNKNOWN : machine.evaluate(node.argument, scope),
  ChainExpression: (node, scope, machine) => machine.evaluate(node.expression, scope),
  ParenthesizedExpression: (node, scope, machine) => machine.evaluate(node.expression, scope),
  TSAsExpression: (node, scope, machine) => machine.evaluate(node.expression, scope),
  TSSatisfiesExpression: (node, scope, machine) => machine.evaluate(node.expression, scope),
  TSNonNullExpression: (node, scope, machine) => machine.evaluate(node.expression, scope),
  TSTypeAssertion: (node, scope, machine) => machine.evaluate(node.expression, scope),
  TSInstantiationExpression: (node, scope, machine) => machine.evaluate(node.expression, scope),
  MemberExpression(node, scope, machine) {
    const object =
      node.object.type === 'Super' ? (scope.self ?? UNKNOWN) : machine.evaluate(node.object, scope);
    const name = staticName(node);
    if (name !== undefined) return takeProperty(machine, object, { name, spelled: spell(node), node });
    const key = node.computed ? machine.evaluate(node.property, scope) : UNKNOWN;
    const known = key.isLiteral ? textOf(key) : undefined;
    const taken = takeProperty(machine, object, { name: known, spelled: spell(node), node });
    // What is looked up in a table is the table's, whoever chose the key.
    return key.taints.length > 0 ? { ...taken, made: { by: 'look-up', args: [object, key] } } : taken;
  },
};

function evaluateAssignment(node: AssignmentExpression, scope: Scope, machine: Machine): Value {
  const outer = machine.state.purpose;
  const target = node.left;
  const isPlace = target.type === 'Identifier' || target.type === 'MemberExpression';
  if (isPlace) machine.state.purpose = spell(target);
  const right = machine.evaluate(node.right, scope);
  machine.state.purpose = outer;
  const isAdded = node.operator === '+=';
  const isMaybe = node.operator === '||=' || node.operator === '??=' || node.operator === '&&=';
  const old = (isAdded || isMaybe) && isPlace ? machine.evaluate(target, scope) : UNKNOWN;
  const value = isAdded
    ? concatenate([old, right])
    : isMaybe
      ? join([old, right])
      : node.operator === '='
        ? right
        : NUMBER;
  assignTo(target, addStep(machine, value, node), { scope, machine, node });
  return value;
}

/** Stores a value where an assignment says: in a variable, a property, or the parts of a pattern. */
export function assignTo(
  target: AssignmentTarget,
  value: Value,
  {
    scope,
    machine,
    node,
  }: {
    readonly scope: Scope;
    readonly machine: Machine;
    readonly node: { readonly start: number; readonly end: number };
  },
): void {
  if (target.type === 'Identifier') {
    assign(machine.state, scope, target.name, value);
    reportWrite(value, { machine, node, name: target.name, spelled: target.name, receiver: UNKNOWN });
  } else if (target.type === 'MemberExpression') {
    const object = target.object.type === 'Super' ? UNKNOWN : machine.evaluate(target.object, scope);
    const key = target.computed ? machine.evaluate(target.property, scope) : undefined;
    const name = staticName(target) ?? (key?.isLiteral === true ? textOf(key) : undefined);
    store(object, name, { value, depth: machine.state.depth });
    if (name !== undefined && value.taints.length === 0) machine.state.facts.push(...replaced(object, name));
    const spelled = spell(target);
    const qualified = nameValue(machine, UNKNOWN, {
      name: object.name === '' ? '' : `${object.name}.${name ?? '[]'}`,
      spelled: '',
      node,
    });
    const windowless = qualified.name.replace(/^(?:window|globalThis|self|top|parent|opener)\./, '');
    const isLookedUp = object.made?.by === 'look-up';
    const receiver =
      key === undefined || isLookedUp ? object : { ...object, made: { by: 'key', args: [key] } };
    reportWrite(value, { machine, node, name: windowless === '' ? spelled : windowless, spelled, receiver });
  } else if (target.type === 'ArrayPattern' || target.type === 'ObjectPattern') {
    machine.bind(target, value, scope, 'assign');
  } else {
    const inner = bare(target);
    if (inner.type === 'Identifier' || inner.type === 'MemberExpression')
      assignTo(inner, value, { scope, machine, node });
  }
}

/** From here on, the property is what the program put there, and no longer what came from outside. */
function replaced({ taints }: Value, name: string): readonly Fact[] {
  return taints
    .filter(({ isWhole }) => isWhole)
    .map(({ key }) => ({ key: `${key}.${name}`, assures: [EVERYTHING] }));
}

function reportWrite(
  value: Value,
  about: {
    readonly machine: Machine;
    readonly node: { readonly start: number; readonly end: number };
    readonly name: string;
    readonly spelled: string;
    readonly receiver: Value;
  },
): void {
  const { machine, node, name, spelled, receiver } = about;
  machine.report(siteOf(machine, 'write', { name, spelled, args: [value], node, receiver }), node);
}

/** Stores a value under a name of the objects that a value may be. */
export function store(
  object: Value,
  name: string | undefined,
  { value, depth }: { readonly value: Value; readonly depth: number },
): void {
  for (const held of object.objects) {
    if (name === undefined)
      held.elements = held.elements === undefined ? value : join([value, held.elements]);
    else {
      const old = held.fields.get(name);
      held.fields.set(
        name,
        old !== undefined && (depth > 0 || object.objects.length > 1) ? join([value, old]) : value,
      );
    }
  }
}
