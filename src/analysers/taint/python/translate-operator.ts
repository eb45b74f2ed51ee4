import type { Expression } from 'oxc-parser';
import { callMethod, expression, type Span } from './estree.ts';

/** An operator of Python between two operands, as one of JavaScript or a call of the method that it stands for. */
export function operate(
  operator: string,
  { left, right }: { readonly left: Expression; readonly right: Expression },
  node: Span,
): Expression {
  const compare = (sign: string): Expression =>
    expression('BinaryExpression', node, { operator: sign, left, right });
  const not = (argument: Expression): Expression =>
    expression('UnaryExpression', node, { operator: '!', argument });
  if (operator === 'and' || operator === 'or')
    return expression('LogicalExpression', node, { operator: operator === 'and' ? '&&' : '||', left, right });
  if (operator === 'in') return callMethod(right, 'includes', [left], node);
  if (operator === 'not in') return not(callMethod(right, 'includes', [left], node));
  if (operator === '==' || operator === 'is') return compare('===');
  if (operator === '!=' || operator === 'is not') return compare('!==');
  if (operator === '%') return callMethod(left, '__mod__', [right], node);
  if (operator === '/') return callMethod(left, '__truediv__', [right], node);
  return compare(operator);
}
