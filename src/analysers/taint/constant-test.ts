import type { Expression } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { bare, staticName } from './nodes.ts';
import { knownText, type Scope } from './value.ts';

type Constant = number | string | boolean;
const MAX_DEPTH = 8;

/**
 * Whether a test always comes out the same here, by literals and by variables that hold one at this point.
 *
 * In a loop a variable may hold another value the next time round, so there only literals count.
 */
export function truthOf(test: Expression, scope: Scope, machine: Machine): boolean | undefined {
  const constant = constantOf(test, scope, machine, 0);
  return typeof constant === 'boolean' ? constant : undefined;
}

function constantOf(node: Expression, scope: Scope, machine: Machine, depth: number): Constant | undefined {
  const inner = bare(node);
  const next = (part: Expression): Constant | undefined => constantOf(part, scope, machine, depth + 1);
  if (depth > MAX_DEPTH) return undefined;
  if (inner.type === 'Literal')
    return typeof inner.value === 'number' || typeof inner.value === 'string' ? inner.value : undefined;
  if (inner.type === 'Identifier') return heldBy(inner.name, scope, machine);
  if (inner.type === 'CallExpression') return searched(inner, next);
  if (inner.type === 'UnaryExpression') {
    const value = next(inner.argument);
    if (inner.operator === '!') return typeof value === 'boolean' ? !value : undefined;
    return inner.operator === '-' && typeof value === 'number' ? -value : undefined;
  }
  if (inner.type !== 'BinaryExpression' || inner.left.type === 'PrivateIdentifier') return undefined;
  const [left, right] = [next(inner.left), next(inner.right)];
  return left === undefined || right === undefined ? undefined : operate(inner.operator, left, right);
}

/** What a variable of the function itself holds, where nothing can have changed it. */
function heldBy(name: string, scope: Scope, machine: Machine): Constant | undefined {
  if (machine.state.loops > 0 || isCounted(name, machine.state.file.text)) return undefined;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const value = at.bindings.get(name);
    if (value !== undefined) {
      if (!value.isLiteral) return undefined;
      return typeof value.constant === 'number' ? value.constant : knownText(value);
    }
    // What lies outside of the function can change between its calls.
    if (at.isFunction) return undefined;
  }
  return undefined;
}

/** Counting up or down is not followed. */
function isCounted(name: string, text: string): boolean {
  return (
    text.includes(`${name}++`) ||
    text.includes(`${name}--`) ||
    text.includes(`++${name}`) ||
    text.includes(`--${name}`)
  );
}

/** `text.includes(part)` of two known texts. */
function searched(
  { callee, arguments: given }: Extract<Expression, { type: 'CallExpression' }>,
  constant: (node: Expression) => Constant | undefined,
): boolean | undefined {
  const [part] = given;
  if (callee.type !== 'MemberExpression' || staticName(callee) !== 'includes') return undefined;
  if (callee.object.type === 'Super' || part === undefined || part.type === 'SpreadElement') return undefined;
  const [text, sought] = [constant(callee.object), constant(part)];
  return typeof text === 'string' && typeof sought === 'string' ? text.includes(sought) : undefined;
}

function operate(operator: string, left: Constant, right: Constant): Constant | undefined {
  if (operator === '===' || operator === '==') return left === right;
  if (operator === '!==' || operator === '!=') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}
