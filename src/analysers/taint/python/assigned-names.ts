import type { SyntaxNode } from '@lezer/common';
import { type Context, childrenOf, source } from './syntax.ts';

const OWN_SCOPE = new Set(['FunctionDefinition', 'ClassDefinition', 'LambdaExpression']);

/** The names that a body assigns to: they are variables of its function, wherever in it they are assigned. */
export function assignedNames(body: SyntaxNode, context: Context): readonly string[] {
  const found = new Set<string>();
  const outer = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    if (node.name === 'ScopeStatement') {
      for (const name of node.getChildren('VariableName')) outer.add(source(context, name));
      return;
    }
    for (const target of targetsOf(node)) namesIn(target, found, context);
    for (const child of childrenOf(node)) if (!OWN_SCOPE.has(child.name)) visit(child);
  };
  visit(body);
  return [...found].filter((name) => !outer.has(name));
}

function targetsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children = childrenOf(node);
  const before = (name: string): number => children.findIndex((child) => child.name === name);
  switch (node.name) {
    case 'AssignStatement':
      return children.slice(
        0,
        children.findLastIndex(({ name }) => name === 'AssignOp'),
      );
    case 'NamedExpression':
      return children.slice(0, 1);
    case 'ForStatement':
      return children.slice(before('for') + 1, before('in'));
    case 'WithStatement':
    case 'TryStatement':
      return children.filter((_, index) => children[index - 1]?.name === 'as');
    case 'ImportStatement':
      return children.filter(({ name }) => name === 'VariableName');
    default:
      return [];
  }
}

function namesIn(node: SyntaxNode, found: Set<string>, context: Context): void {
  if (node.name === 'VariableName') found.add(source(context, node));
  else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(node.name))
    for (const child of childrenOf(node)) namesIn(child, found, context);
}
