import type {
  ForInStatement,
  ForOfStatement,
  IfStatement,
  Statement,
  SwitchStatement,
  VariableDeclaration,
} from 'oxc-parser';
import { inBranch, mergeBranches, runBranch } from './branches.ts';
import { createClass } from './classes.ts';
import { truthOf } from './constant-test.ts';
import { endsServer } from './ends-server.ts';
import { createFunction } from './functions.ts';
import { factsOf, LOOKS_FOR_FILE } from './guards.ts';
import { type Fact, type Machine, withFacts } from './machine.ts';
import { bare, type NodeOf, spell } from './nodes.ts';
import { declare, openScope } from './scope.ts';
import { siteOf } from './site.ts';
import { codeOf } from './source-file.ts';
import { elementOf, exceptionOf } from './take.ts';
import type { Scope, Taint } from './value.ts';
import { deepTaints, derived, EVERYTHING, objectValue, UNDEFINED, UNKNOWN } from './value.ts';

/** What to do with each kind of statement; true when what follows is not reached. */
export type Executors = {
  readonly [Type in Statement['type']]?: (
    node: NodeOf<Statement, Type>,
    scope: Scope,
    machine: Machine,
  ) => boolean;
};

const goesOn = false;
const ends = true;

export const STATEMENTS: Executors = {
  ExpressionStatement(node, scope, machine) {
    machine.evaluate(node.expression, scope);
    machine.state.facts.push(...factsOfAssertion(node.expression, scope, machine));
    const inner = bare(node.expression);
    return inner.type === 'CallExpression' && /^process\.(?:exit|abort)$/.test(spell(inner.callee));
  },
  VariableDeclaration: (node, scope, machine) => declareVariables(node, scope, machine),
  // Both are declared before anything runs.
  FunctionDeclaration: () => goesOn,
  ClassDeclaration(node, scope, machine) {
    const value = createClass(node, scope, machine);
    if (node.id !== null) declare(scope, node.id.name, value);
    return goesOn;
  },
  ReturnStatement(node, scope, machine) {
    const value = node.argument === null ? UNKNOWN : machine.evaluate(node.argument, scope);
    const frame = machine.state.frames.at(-1);
    frame?.returns.push(value);
    if (frame?.handedTo !== undefined)
      machine.report(siteOf(machine, 'return', { ...frame.handedTo, args: [value], node }), node);
    return ends;
  },
  ThrowStatement(node, scope, machine) {
    const value = machine.evaluate(node.argument, scope);
    machine.state.thrown.at(-1)?.push(...deepTaints(value));
    if (endsServer(machine))
      machine.report(siteOf(machine, 'call', { name: 'throw', args: [value], node }), node);
    return ends;
  },
  BreakStatement: () => ends,
  ContinueStatement: () => ends,
  BlockStatement(node, scope, machine) {
    const { facts, depth } = { facts: machine.state.facts.length, depth: machine.state.depth };
    const isEnd = machine.execute(node.body, openScope(scope, { depth }));
    machine.state.facts.length = facts;
    return isEnd;
  },
  IfStatement: (node, scope, machine) => executeIf(node, scope, machine),
  SwitchStatement: (node, scope, machine) => executeSwitch(node, scope, machine),
  ForStatement(node, scope, machine) {
    const inner = openScope(scope, { depth: machine.state.depth });
    if (node.init?.type === 'VariableDeclaration') declareVariables(node.init, inner, machine);
    else if (node.init !== null) machine.evaluate(node.init, inner);
    if (node.test !== null) machine.evaluate(node.test, inner);
    loop(machine, node.body, inner);
    if (node.update !== null) machine.evaluate(node.update, inner);
    return goesOn;
  },
  ForOfStatement: (node, scope, machine) => executeForEach(node, scope, machine),
  ForInStatement: (node, scope, machine) => executeForEach(node, scope, machine),
  WhileStatement(node, scope, machine) {
    machine.evaluate(node.test, scope);
    withFacts(machine, factsOf(node.test, scope, machine, true), () => whileLoop(machine, node.body, scope));
    // Only a loop that is not left half-way ends where its test fails.
    const { text } = machine.state.file;
    if (!/\b(?:break|return)\b/.test(text.slice(node.body.start, node.body.end)))
      machine.state.facts.push(...factsOf(node.test, scope, machine, false));
    return goesOn;
  },
  DoWhileStatement(node, scope, machine) {
    whileLoop(machine, node.body, scope);
    machine.evaluate(node.test, scope);
    return goesOn;
  },
  TryStatement(node, scope, machine) {
    const { facts } = machine.state;
    const before = facts.length;
    const said: Taint[] = [];
    machine.state.thrown.push(said);
    const isEnd = machine.execute(node.block.body, openScope(scope, { depth: machine.state.depth }));
    machine.state.thrown.pop();
    const proven = facts.splice(before);
    const { handler, finalizer } = node;
    if (handler !== null) {
      const isHandlerEnd = inBranch(machine, () => {
        const inner = openScope(scope, { depth: machine.state.depth });
        if (handler.param !== null)
          machine.bind(handler.param, exceptionOf([{ ...UNKNOWN, taints: said }]), inner, 'declare');
        return machine.execute(handler.body.body, inner);
      });
      facts.length = before;
      // What goes on after a handler that ends has passed the whole block.
      if (isHandlerEnd) facts.push(...proven);
    } else facts.push(...proven);
    if (finalizer !== null) machine.execute(finalizer.body, openScope(scope, { depth: machine.state.depth }));
    return isEnd && handler === null;
  },
  LabeledStatement: (node, scope, machine) => machine.execute([node.body], scope),
  WithStatement: (node, scope, machine) => machine.execute([node.body], scope),
  ExportNamedDeclaration(node, scope, machine) {
    if (node.declaration !== null) machine.execute([node.declaration as Statement], scope); // a declaration is a statement
    return goesOn;
  },
  ExportDefaultDeclaration(node, scope, machine) {
    const { declaration } = node;
    if (declaration.type === 'FunctionDeclaration' || declaration.type === 'TSDeclareFunction') {
      const name = declaration.id?.name;
      declare(
        scope,
        '*default*',
        (name === undefined ? undefined : scope.bindings.get(name)) ??
          createFunction(declaration, scope, machine, { name: name ?? 'default' }),
      );
    } else if (declaration.type === 'ClassDeclaration') {
      const value = createClass(declaration, scope, machine);
      if (declaration.id !== null) declare(scope, declaration.id.name, value);
      declare(scope, '*default*', value);
    } else if (declaration.type !== 'TSInterfaceDeclaration') {
      const outer = machine.state.purpose;
      machine.state.purpose = 'default';
      declare(scope, '*default*', machine.evaluate(declaration, scope));
      machine.state.purpose = outer;
    }
    return goesOn;
  },
  TSExportAssignment(node, scope, machine) {
    declare(scope, '*default*', machine.evaluate(node.expression, scope));
    return goesOn;
  },
};

/** Declares the functions of a block, which are there before its first statement runs. */
export function hoist(statements: readonly Statement[], scope: Scope, machine: Machine): void {
  for (const statement of statements) {
    const inner =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (inner?.type !== 'FunctionDeclaration' || inner.id === null || inner.body === null) continue;
    declare(scope, inner.id.name, createFunction(inner, scope, machine, { name: inner.id.name }));
  }
}

function declareVariables(node: VariableDeclaration, scope: Scope, machine: Machine): boolean {
  for (const { id, init } of node.declarations) {
    const outer = machine.state.purpose;
    if (id.type === 'Identifier') machine.state.purpose = id.name;
    const value = init === null ? UNDEFINED : machine.evaluate(init, scope);
    machine.state.purpose = outer;
    if (id.type === 'Identifier') {
      machine.report(siteOf(machine, 'variable', { name: id.name, args: [value], node: id }), id);
    }
    machine.bind(id, value, scope, node.kind === 'var' ? 'declare var' : 'declare');
  }
  return goesOn;
}

function whileLoop(machine: Machine, body: Statement, scope: Scope): void {
  machine.state.whiles += 1;
  loop(machine, body, scope);
  machine.state.whiles -= 1;
}

function loop(machine: Machine, body: Statement, scope: Scope): void {
  const facts = machine.state.facts.length;
  machine.state.loops += 1;
  inBranch(machine, () => machine.execute([body], scope));
  machine.state.loops -= 1;
  machine.state.facts.length = facts;
}

function executeForEach(node: ForOfStatement | ForInStatement, scope: Scope, machine: Machine): boolean {
  const inner = openScope(scope, { depth: machine.state.depth });
  const collection = machine.evaluate(node.right, scope);
  const value =
    node.type === 'ForOfStatement'
      ? elementOf(collection)
      : { ...UNKNOWN, taints: derived(collection.taints), made: { by: 'key', args: [collection] } };
  if (node.left.type === 'VariableDeclaration') {
    for (const { id } of node.left.declarations) machine.bind(id, value, inner, 'declare');
  } else machine.bind(node.left, value, inner, 'assign');
  loop(machine, node.body, inner);
  return goesOn;
}

function executeIf(node: IfStatement, scope: Scope, machine: Machine): boolean {
  machine.evaluate(node.test, scope);
  const truth = truthOf(node.test, scope, machine);
  if (truth !== undefined) {
    const taken = truth ? node.consequent : node.alternate;
    const inner = openScope(scope, { depth: machine.state.depth });
    return taken === null ? goesOn : machine.execute([taken], inner);
  }
  const whenTrue = factsOf(node.test, scope, machine, true);
  const whenFalse = factsOf(node.test, scope, machine, false);
  const branch = (
    facts: readonly Fact[],
    statement: Statement | null,
  ): ReturnType<typeof runBranch<boolean>> =>
    withFacts(machine, facts, () =>
      runBranch(
        machine,
        () =>
          statement !== null &&
          machine.execute([statement], openScope(scope, { depth: machine.state.depth })),
      ),
    );
  machine.state.conditions.push(codeOf(machine.state.file, node.test));
  const [taken, other] = [branch(whenTrue, node.consequent), branch(whenFalse, node.alternate)];
  machine.state.conditions.pop();
  const [isEnd, isElseEnd] = [taken.result, other.result];
  // What a branch leaves that returns is of no use to what follows.
  const going = [
    ...(isEnd && leavesFunction(node.consequent) ? [] : [taken.left]),
    ...(isElseEnd && leavesFunction(node.alternate) ? [] : [other.left]),
  ];
  mergeBranches(machine, going);
  const { facts } = machine.state;
  if (isEnd) facts.push(...whenFalse);
  if (isElseEnd) facts.push(...whenTrue);
  // A branch that replaces the data leaves only what the test found fine.
  const { type } = bare(node.test);
  if (!isEnd && node.alternate === null && type !== 'Identifier' && type !== 'MemberExpression')
    facts.push(...whenFalse.filter(({ key }) => replaces(node.consequent, key)));
  return isEnd && isElseEnd;
}

/** Whether a statement ends with a return or throw. */
function leavesFunction(statement: Statement | null): boolean {
  if (statement?.type === 'BlockStatement') return leavesFunction(statement.body.at(-1) ?? null);
  return statement?.type === 'ReturnStatement' || statement?.type === 'ThrowStatement';
}

/** Whether a statement assigns to what was read under a key. */
function replaces(statement: Statement, key: string): boolean {
  if (statement.type === 'BlockStatement') return statement.body.some((one) => replaces(one, key));
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression')
    return false;
  const { left } = statement.expression;
  if (left.type !== 'Identifier' && left.type !== 'MemberExpression') return false;
  const target = spell(left);
  return (
    key === target || key.endsWith(`.${target}`) || key.endsWith(`:${target}`) || left.type === 'Identifier'
  );
}

function executeSwitch(node: SwitchStatement, scope: Scope, machine: Machine): boolean {
  const on = machine.evaluate(node.discriminant, scope);
  const facts = on.taints.map(({ key }): Fact => ({ key, assures: [EVERYTHING] }));
  const inner = openScope(scope, { depth: machine.state.depth });
  let isListed = true;
  for (const one of node.cases) {
    if (one.test === null) isListed = false;
    else machine.evaluate(one.test, inner);
    const isEnd = withFacts(machine, isListed ? facts : [], () =>
      inBranch(machine, () => machine.execute(one.consequent, inner)),
    );
    if (isEnd) isListed = true;
  }
  const last = node.cases.at(-1);
  // Where the default ends, only listed values go on.
  if (
    last?.test === null &&
    last.consequent.some(({ type }) => type === 'ReturnStatement' || type === 'ThrowStatement')
  )
    machine.state.facts.push(...facts);
  return goesOn;
}

const ASSERTS =
  /^(?:assert|invariant|ok|tiny-invariant|precondition|check)$|^(?:assert|ensure|validate|verify|check|require)[A-Z_]/;

/** What a statement such as `assert(allowed.has(x))` or `assertSafePath(x)` proves, by not throwing. */
function factsOfAssertion(
  expression: Parameters<Machine['evaluate']>[0],
  scope: Scope,
  machine: Machine,
): readonly Fact[] {
  const call = bare(expression);
  if (call.type !== 'CallExpression') return [];
  const name = spell(call.callee);
  const last = name.slice(name.lastIndexOf('.') + 1);
  const [condition] = call.arguments;
  if (LOOKS_FOR_FILE.test(last) && condition !== undefined && condition.type !== 'SpreadElement')
    return machine.evaluate(condition, scope).taints.map(({ key }) => ({ key, assures: ['exists'] }));
  if (!ASSERTS.test(last) || condition === undefined || condition.type === 'SpreadElement') return [];
  const facts = factsOf(condition, scope, machine, true);
  if (facts.length > 0 || /^(?:assert|invariant|ok|check|precondition)$/.test(last)) return facts;
  return machine.evaluate(condition, scope).taints.map(({ key }) => ({ key, assures: [EVERYTHING] }));
}

/** The objects that a CommonJS module exports through. */
export function moduleObjects(): {
  readonly exports: ReturnType<typeof objectValue>;
  readonly module: ReturnType<typeof objectValue>;
} {
  const [exports, module] = [objectValue(), objectValue()];
  module.fields.set('exports', { ...UNKNOWN, objects: [exports], name: 'exports' });
  return { exports, module };
}
