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
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
      return bare(node.expression);
    case 'AwaitExpression':
      return bare(node.argument);
    default:
      return node;
  }
}

const MAX_SPELLED = 12;

/** How the code spells an access path: `this.db.query`, `pool().query`; parts that have no name are `[]`. */
export function spell(node: Expression | PrivateIdentifier | { readonly type: 'Super' }, depth = 0): string {
  if (depth > MAX_SPELLED) return '[]';
  if (node.type === 'Super') return 'super';
  if (node.type === 'PrivateIdentifier') return node.name;
  const inner = bare(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'MemberExpression':
      return `${spell(inner.object, depth + 1)}.${staticName(inner) ?? '[]'}`;
    case 'CallExpression':
    case 'NewExpression':
      return `${spell(inner.callee, depth + 1)}()`;
    default:
      return '[]';
  }
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
