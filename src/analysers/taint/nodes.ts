import type {
  Expression,
  MemberExpression,
  ObjectProperty,
  PrivateIdentifier,
  PropertyKey,
} from 'oxc-parser';

/** The members of a union of nodes that can have a type; some have one of several. */
export type NodeOf<Union, Type> = Union extends { readonly type: infer Own }
  ? Type extends Own
    ? Union
    : never
  : never;

/** The expression inside of what only types, groups or waits. */
export function bare(node: Expression): Expression {
  if (node.type === 'AwaitExpression') return bare(node.argument);
  const isWrapped =
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'TSTypeAssertion' ||
    node.type === 'TSInstantiationExpression' ||
    node.type === 'ChainExpression';
  return isWrapped ? bare(node.expression) : node;
}

const MAX_SPELLED = 12;

/** How the code spells an access path: `this.db.query`, `pool().query`; parts that have no name are `[]`. */
export function spell(node: Expression | PrivateIdentifier | { readonly type: 'Super' }, depth = 0): string {
  if (depth > MAX_SPELLED) return '[]';
  if (node.type === 'Super') return 'super';
  if (node.type === 'PrivateIdentifier') return node.name;
  const inner = bare(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type === 'MemberExpression') {
    return `${spell(inner.object, depth + 1)}.${staticName(inner) ?? '[]'}`;
  }
  const isCall = inner.type === 'CallExpression' || inner.type === 'NewExpression';
  return isCall ? `${spell(inner.callee, depth + 1)}()` : '[]';
}

/** The name of a member, when it is not computed or computed from a literal. */
export function staticName(node: MemberExpression): string | undefined {
  if (!node.computed) return node.property.name;
  return node.property.type === 'Literal' ? String(node.property.value) : undefined;
}

/** The name of a key, when it is not computed or computed from a literal. */
export function keyName(key: PropertyKey, isComputed: boolean): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  if (isComputed) return undefined;
  return key.type === 'Identifier' || key.type === 'PrivateIdentifier' ? key.name : undefined;
}

export function propertyName(property: Pick<ObjectProperty, 'key' | 'computed'>): string | undefined {
  return keyName(property.key, property.computed);
}
