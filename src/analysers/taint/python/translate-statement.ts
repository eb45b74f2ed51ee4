import type { SyntaxNode } from '@lezer/common';
import type { Statement } from 'oxc-parser';
import { assignedNames } from './assigned-names.ts';
import {
  assignment,
  block,
  call,
  callMethod,
  identifier,
  nothing,
  pattern,
  run,
  statement,
} from './estree.ts';
import { type Context, childrenOf, source } from './syntax.ts';
import { translateClass } from './translate-class.ts';
import { translateDecorator } from './translate-decorator.ts';
import { translateExpression, translateList, translatePattern } from './translate-expression.ts';
import { translateImport } from './translate-import.ts';
import { translateParameters } from './translate-parameters.ts';

type Translate = (node: SyntaxNode, context: Context) => readonly Statement[];

/** A statement of Python as those of JavaScript that move data in the same way. */
export function translateStatement(node: SyntaxNode, context: Context): readonly Statement[] {
  return STATEMENTS[node.name]?.(node, context) ?? [];
}

export function translateBody(node: SyntaxNode | null, context: Context): readonly Statement[] {
  return node === null ? [] : childrenOf(node).flatMap((child) => translateStatement(child, context));
}

const nested = (node: SyntaxNode | null | undefined, context: Context): Statement =>
  block(translateBody(node ?? null, context), node ?? { from: 0, to: 0 });

const STATEMENTS: Readonly<Record<string, Translate>> = {
  ExpressionStatement: (node, context) => [run(translateList(childrenOf(node), context))],
  AssignStatement: (node, context) => assign(node, context),
  UpdateStatement(node, context) {
    const [target, operator, ...value] = childrenOf(node);
    const right = translateList(value, context);
    const left = translateExpression(target, context);
    const sign = operator === undefined ? '=' : source(context, operator);
    return sign === '%='
      ? [run(assignment(left, callMethod(left, '__mod__', [right], node), node))]
      : [run(assignment(left, right, node, sign))];
  },
  ReturnStatement: (node, context) => [
    statement('ReturnStatement', node, { argument: translateList(childrenOf(node).slice(1), context) }),
  ],
  YieldStatement: (node, context) => [
    statement('ReturnStatement', node, { argument: translateExpression(node.lastChild, context) }),
  ],
  RaiseStatement: (node, context) => [
    statement('ThrowStatement', node, { argument: translateExpression(childrenOf(node)[1], context) }),
  ],
  AssertStatement: (node, context) => [
    run(call(identifier('assert', node), [translateExpression(childrenOf(node)[1], context)], node)),
  ],
  PrintStatement: (node, context) => [
    run(
      call(
        identifier('print', node),
        childrenOf(node)
          .slice(1)
          .map((child) => translateExpression(child, context)),
        node,
      ),
    ),
  ],
  BreakStatement: (node) => [statement('BreakStatement', node)],
  ContinueStatement: (node) => [statement('ContinueStatement', node)],
  StatementGroup: translateBody,
  IfStatement: (node, context) => branches(childrenOf(node), context),
  WhileStatement(node, context) {
    const [, test] = childrenOf(node);
    const [body, rest] = node.getChildren('Body');
    return [
      statement('WhileStatement', node, {
        test: translateExpression(test, context),
        body: nested(body, context),
      }),
      ...translateBody(rest ?? null, context),
    ];
  },
  ForStatement(node, context) {
    const children = childrenOf(node);
    const [start, middle, end] = [
      children.findIndex(({ name }) => name === 'for'),
      children.findIndex(({ name }) => name === 'in'),
      children.findIndex(({ name }) => name === 'Body'),
    ];
    const [body, rest] = node.getChildren('Body');
    return [
      statement('ForOfStatement', node, {
        left: translatePattern(children.slice(start + 1, middle), context),
        right: translateList(children.slice(middle + 1, end), context),
        body: nested(body, context),
      }),
      ...translateBody(rest ?? null, context),
    ];
  },
  WithStatement: (node, context) => withStatement(node, context),
  TryStatement: (node, context) => tryStatement(node, context),
  MatchStatement: (node, context) => matchStatement(node, context),
  FunctionDefinition: (node, context) => [functionDeclaration(node, context)],
  ClassDefinition: (node, context) => [translateClass(node, context, functionParts)],
  DecoratedStatement: (node, context) => decorated(node, context),
  ImportStatement: (node, context) => translateImport(node, context),
};

/** `a = b = value`: the targets from left to right. */
function assign(node: SyntaxNode, context: Context): readonly Statement[] {
  const children = childrenOf(node).filter(({ name }) => name !== 'TypeDef');
  const parts: SyntaxNode[][] = [[]];
  for (const child of children) {
    if (child.name === 'AssignOp') parts.push([]);
    else parts.at(-1)?.push(child);
  }
  const value = parts.pop() ?? [];
  if (parts.length === 0) return [];
  const right = translateList(value, context);
  return parts.map((target) => run(assignment(translatePattern(target, context), right, node)));
}

/** `if`, `elif` and `else`, as nested conditions. */
function branches(children: readonly SyntaxNode[], context: Context): readonly Statement[] {
  const [word, test] = children;
  if (word === undefined) return [];
  const body = children.findIndex(({ name }) => name === 'Body');
  const then = children[body];
  if (then === undefined) return [];
  if (word.name === 'else') return translateBody(then, context);
  const rest = branches(children.slice(body + 1), context);
  return [
    statement(
      'IfStatement',
      { from: word.from, to: then.to },
      {
        test: translateExpression(test, context),
        consequent: nested(then, context),
        alternate:
          rest.length === 0 ? null : block(rest, { from: then.to, to: children.at(-1)?.to ?? then.to }),
      },
    ),
  ];
}

function withStatement(node: SyntaxNode, context: Context): readonly Statement[] {
  const children = childrenOf(node);
  const opened = children.flatMap((child, index): readonly Statement[] => {
    if (/^(?:async|with|as|,|Body|\(|\))$/.test(child.name) || children[index - 1]?.name === 'as') return [];
    const value = translateExpression(child, context);
    const target = children[index + 1]?.name === 'as' ? children[index + 2] : undefined;
    return [
      run(target === undefined ? value : assignment(translatePattern([target], context), value, child)),
    ];
  });
  return [...opened, ...translateBody(node.getChild('Body'), context)];
}

function tryStatement(node: SyntaxNode, context: Context): readonly Statement[] {
  const children = childrenOf(node);
  const bodies = children.flatMap((child, index) => {
    if (child.name !== 'Body') return [];
    const word = children
      .slice(0, index)
      .findLast(({ name }) => /^(?:try|except|else|finally)$/.test(name))?.name;
    return [{ word, child }];
  });
  const all = (word: string): readonly Statement[] =>
    bodies.filter((body) => body.word === word).flatMap(({ child }) => translateBody(child, context));
  const handlers = bodies.filter(({ word }) => word === 'except');
  // One of them runs, or the exception goes on.
  const handled = handlers.reduceRight<Statement | undefined>(
    (others, { child }) =>
      others === undefined
        ? nested(child, context)
        : statement('IfStatement', child, {
            test: nothing(child),
            consequent: nested(child, context),
            alternate: others,
          }),
    undefined,
  );
  return [
    statement('TryStatement', node, {
      block: block([...all('try'), ...all('else')], node),
      handler: handled === undefined ? null : { param: null, body: block([handled], node) },
      finalizer: all('finally').length === 0 ? null : block(all('finally'), node),
    }),
  ];
}

function matchStatement(node: SyntaxNode, context: Context): readonly Statement[] {
  const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
  const isListed = clauses.every(
    (clause) => /^(?:LiteralPattern|OrPattern)$/.test(kindOf(clause)) || isDefault(clause, context),
  );
  const bodyOf = (clause: SyntaxNode): readonly Statement[] =>
    translateBody(clause.getChild('Body'), context);
  const subject = translateExpression(childrenOf(node)[1], context);
  if (!isListed)
    return [
      run(subject),
      ...clauses.map((clause) =>
        statement('IfStatement', clause, {
          test: nothing(clause),
          consequent: block(bodyOf(clause), clause),
          alternate: null,
        }),
      ),
    ];
  return [
    statement('SwitchStatement', node, {
      discriminant: subject,
      cases: clauses.map((clause) => ({
        test: isDefault(clause, context)
          ? null
          : translateExpression(childrenOf(clause)[1]?.firstChild, context),
        consequent: [...bodyOf(clause), statement('BreakStatement', clause)],
      })),
    }),
  ];
}

const kindOf = (clause: SyntaxNode): string => childrenOf(clause)[1]?.name ?? '';
const isDefault = (clause: SyntaxNode, context: Context): boolean => {
  const [, subject] = childrenOf(clause);
  return subject !== undefined && source(context, subject) === '_';
};

function functionDeclaration(node: SyntaxNode, context: Context): Statement {
  const name = node.getChild('VariableName');
  return statement('FunctionDeclaration', node, {
    id:
      name === null
        ? null
        : { type: 'Identifier', name: source(context, name), start: name.from, end: name.to },
    ...functionParts(node, context),
  });
}

/** The parameters and the body of a function; a method has its object's name left out of them. */
function functionParts(node: SyntaxNode, context: Context, skipped = 0): object {
  const body = node.getChild('Body');
  const params = translateParameters(node.getChild('ParamList'), context, translateExpression).slice(skipped);
  const names = body === null ? [] : assignedNames(body, context);
  const parameters = new Set(
    (node.getChild('ParamList')?.getChildren('VariableName') ?? []).map((one) => source(context, one)),
  );
  const declarations = names
    .filter((name) => !parameters.has(name))
    .map((name) => ({ id: pattern('Identifier', node, { name }), init: null }));
  const declared =
    declarations.length === 0 ? [] : [statement('VariableDeclaration', node, { kind: 'let', declarations })];
  return {
    params,
    body: block([...declared, ...translateBody(body, context)], body ?? node),
    language: 'python',
  };
}

/** `@decorator def f` declares `f` and hands it to what the decorator is. */
function decorated(node: SyntaxNode, context: Context): readonly Statement[] {
  const inner = node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition');
  const name = inner?.getChild('VariableName');
  if (inner === null || name === null || name === undefined) return [];
  const uses = node
    .getChildren('Decorator')
    .map((decorator) =>
      run(call(translateDecorator(decorator, context), [identifier(source(context, name), name)], decorator)),
    );
  return [...translateStatement(inner, context), ...uses.toReversed()];
}
