import type { SyntaxNode } from '@lezer/common';
import type { Expression } from 'oxc-parser';
import { call, expression, identifier, nothing } from './estree.ts';
import { type Context, childrenOf, source } from './syntax.ts';
import { translateArguments, translateExpression } from './translate-expression.ts';

/** What stands behind the `@` of a decorator. */
export function translateDecorator(node: SyntaxNode, context: Context): Expression {
  let made: Expression | undefined;
  for (const child of childrenOf(node)) {
    if (child.name === 'VariableName')
      made =
        made === undefined
          ? translateExpression(child, context)
          : expression(
              'MemberExpression',
              { from: node.from, to: child.to },
              {
                object: made,
                computed: false,
                property: identifier(source(context, child), child),
              },
            );
    else if (child.name === 'ArgList' && made !== undefined)
      made = call(made, translateArguments(child, context), { from: node.from, to: child.to });
    else if (made === undefined && child.name !== 'At') made = translateExpression(child, context);
  }
  return made ?? nothing(node);
}
