import type { BinaryExpression, CallExpression, Expression } from 'oxc-parser';
import type { Machine } from './machine.ts';
import { bare, spell, staticName } from './nodes.ts';
import { knownText, type Value } from './value.ts';

/** The text of which `text.slice(0, n)`, `text.charAt(0)`, `text[0]` or `text.split(s)[0]` takes the beginning. */
export function startOf(node: Expression): Expression | undefined {
  if (node.type === 'MemberExpression') {
    const isFirst = node.computed && staticName(node) === '0' && node.object.type !== 'Super';
    if (!isFirst || node.object.type === 'Super') return undefined;
    return receiverOf(node.object, /^split$/) ?? node.object;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const [from] = node.arguments;
  if (from?.type !== 'Literal' || from.value !== 0) return undefined;
  return receiverOf(node, node.arguments.length === 2 ? /^(?:slice|substring|substr)$/ : /^(?:charAt|at)$/);
}

/** What a method with such a name is called on. */
function receiverOf(node: Expression, names: RegExp): Expression | undefined {
  const call = bare(node);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const { object } = call.callee;
  return object.type !== 'Super' && names.test(staticName(call.callee) ?? '') ? object : undefined;
}

export function isAbsent(value: Value): boolean {
  return (
    value.isLiteral &&
    (value.text === '' ||
      ('constant' in value &&
        (value.constant === null || value.constant === undefined || typeof value.constant === 'boolean')))
  );
}

/** `x.indexOf(y) === -1` and its like: whether it says that y is found, and found at the start. */
export function positionTest(
  node: BinaryExpression,
  testOf: (variable: string) => Expression | undefined,
): { readonly call: CallExpression; readonly isFound: boolean; readonly isStart: boolean } | undefined {
  const left = bare(node.left);
  const call = left.type === 'Identifier' ? testOf(left.name) : left;
  if (
    call === undefined ||
    call.type !== 'CallExpression' ||
    !/(?:^|\.)(?:indexOf|lastIndexOf|search)$/.test(spell(call.callee))
  )
    return undefined;
  const right = bare(node.right);
  const number =
    right.type === 'Literal'
      ? right.value
      : right.type === 'UnaryExpression' && right.argument.type === 'Literal'
        ? -Number(right.argument.value)
        : undefined;
  if (number === 0 && /^[=!]==?$/.test(node.operator))
    return { call, isFound: node.operator.startsWith('='), isStart: true };
  const says = `${node.operator.slice(0, 2)}${String(number)}`;
  if (['!=-1', '>-1', '>=0'].includes(says)) return { call, isFound: true, isStart: false };
  return ['==-1', '<0', '<=-1'].includes(says) ? { call, isFound: false, isStart: false } : undefined;
}

/** The pattern that Python's functions `match`, `fullmatch` and `search` hold a text against, as anchored as they do. */
export function patternOf(name: string, receiver: Value, given: Value): RegExp | undefined {
  if (!/^(?:match|fullmatch|search)$/.test(name)) return undefined;
  const source =
    receiver.regex?.source ??
    (receiver.name === 're' || receiver.name === 'regex' ? knownText(given) : undefined);
  if (source === undefined) return undefined;
  const begin = name !== 'search' && !source.startsWith('^') ? '^' : '';
  const end = name === 'fullmatch' && !source.endsWith('$') ? '$' : '';
  try {
    return new RegExp(`${begin}${source}${end}`);
  } catch {
    // Not a pattern that JavaScript knows.
    return undefined;
  }
}

/** The expression that a function consists of. */
export function returned(
  body: Expression | { readonly type: string; readonly body?: unknown } | null,
): Expression | undefined {
  if (body === null) return undefined;
  if (body.type !== 'BlockStatement' && body.type !== 'FunctionBody') return body as Expression; // an arrow's expression
  const { body: statements } = body as Extract<
    Parameters<Machine['execute']>[0][number],
    { type: 'BlockStatement' }
  >;
  const last = statements.at(-1);
  return statements.length === 1 && last?.type === 'ReturnStatement' && last.argument !== null
    ? last.argument
    : undefined;
}
