import type { SyntaxNode } from '@lezer/common';
import { nothing, pattern } from './estree.ts';
import { type Context, childrenOf, source, type Translate } from './syntax.ts';

/** The parameters of a function as the patterns that they are bound to; what collects the rest stands last. */
export function translateParameters(
  list: SyntaxNode | null,
  context: Context,
  translateExpression: Translate,
): readonly unknown[] {
  if (list === null) return [];
  const children = childrenOf(list);
  const found: unknown[] = [];
  const last: unknown[] = [];
  for (const [index, child] of children.entries()) {
    if (child.name !== 'VariableName') continue;
    const before = children[index - 1]?.name;
    if (before === 'AssignOp') continue;
    const name = source(context, child);
    const type = children[index + 1]?.name === 'TypeDef' ? children[index + 1] : undefined;
    const equals = children[index + (type === undefined ? 1 : 2)];
    const inner = pattern('Identifier', child, { name, typeAnnotation: typeOf(type, context) });
    if (before === '*') last.push(pattern('RestElement', child, { argument: inner }));
    else if (equals?.name === 'AssignOp') {
      const value = children[index + (type === undefined ? 2 : 3)];
      const right = value === undefined ? nothing(child) : translateExpression(value, context);
      found.push(pattern('AssignmentPattern', child, { left: inner, right }));
    } else if (before !== '**') found.push(inner);
  }
  return [...found, ...last];
}

/** A name as a type, for the roles that a type tells. */
function typeOf(type: SyntaxNode | undefined, context: Context): object | undefined {
  const name = type?.lastChild;
  if (name === undefined || name === null) return undefined;
  const last = /(\w+)\]*$/.exec(source(context, name))?.[1];
  return last === undefined
    ? undefined
    : { typeAnnotation: { type: 'TSTypeReference', typeName: { type: 'Identifier', name: last } } };
}
