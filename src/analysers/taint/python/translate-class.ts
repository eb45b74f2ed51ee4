import type { SyntaxNode } from '@lezer/common';
import type { Statement } from 'oxc-parser';
import { statement } from './estree.ts';
import { type Context, childrenOf, source } from './syntax.ts';
import { translateExpression } from './translate-expression.ts';

/** The parameters, without the first so many, and the body of a function. */
export type FunctionParts = (node: SyntaxNode, context: Context, skipped: number) => object;

/** A class whose methods call their object by their first parameter. */
export function translateClass(node: SyntaxNode, context: Context, functionParts: FunctionParts): Statement {
  const name = node.getChild('VariableName');
  const outer = { ...context, self: undefined };
  const parents = childrenOf(node.getChild('ArgList') ?? node).filter(
    (child, index, all) =>
      /^(?:VariableName|MemberExpression)$/.test(child.name) &&
      child !== name &&
      all[index - 1]?.name !== 'AssignOp' &&
      all[index + 1]?.name !== 'AssignOp',
  );
  const [parent] = node.getChild('ArgList') === null ? [] : parents;
  const members = childrenOf(node.getChild('Body') ?? node).flatMap((child) =>
    memberOf(child, outer, functionParts),
  );
  return statement('ClassDeclaration', node, {
    id:
      name === null
        ? null
        : { type: 'Identifier', name: source(context, name), start: name.from, end: name.to },
    superClass: parent === undefined ? null : translateExpression(parent, outer),
    decorators: [],
    body: { body: members },
  });
}

function memberOf(node: SyntaxNode, context: Context, functionParts: FunctionParts): readonly unknown[] {
  if (node.name === 'AssignStatement') {
    const [target] = childrenOf(node);
    if (target?.name !== 'VariableName') return [];
    return [
      {
        type: 'PropertyDefinition',
        start: node.from,
        end: node.to,
        static: false,
        computed: false,
        key: keyOf(target, context),
        value: translateExpression(node.lastChild, context),
      },
    ];
  }
  const definition = node.name === 'DecoratedStatement' ? node.getChild('FunctionDefinition') : node;
  const name = definition?.getChild('VariableName');
  if (definition?.name !== 'FunctionDefinition' || name === null || name === undefined) return [];
  const decorators = node.getChildren('Decorator').map((one) => source(context, one));
  const isStatic = decorators.some((one) => /^@staticmethod\b/.test(one));
  const self = isStatic ? undefined : definition.getChild('ParamList')?.getChild('VariableName');
  const inner = { ...context, self: self === null || self === undefined ? undefined : source(context, self) };
  return [
    {
      type: 'MethodDefinition',
      start: node.from,
      end: node.to,
      kind: source(context, name) === '__init__' ? 'constructor' : 'method',
      static: isStatic || decorators.some((one) => /^@classmethod\b/.test(one)),
      computed: false,
      key: keyOf(name, context),
      value: {
        type: 'FunctionExpression',
        start: definition.from,
        end: definition.to,
        id: null,
        ...functionParts(definition, inner, isStatic || self === null || self === undefined ? 0 : 1),
      },
    },
  ];
}

function keyOf(name: SyntaxNode, context: Context): object {
  return { type: 'Identifier', name: source(context, name), start: name.from, end: name.to };
}
