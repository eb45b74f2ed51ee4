import type { BindingPattern, Expression, Statement } from 'oxc-parser';

/** Offsets of a piece of the source. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/*
 * Nodes as the JavaScript parser would make them. They have the fields that the machine reads and no others, which is
 * why their types are asserted here, in one place, and not where they are made.
 */
function node(type: string, { from, to }: Span, fields: object): unknown {
  return { type, start: from, end: to, ...fields };
}

export const expression = (type: Expression['type'], at: Span, fields: object = {}): Expression =>
  node(type, at, fields) as Expression;
export const statement = (type: Statement['type'], at: Span, fields: object = {}): Statement =>
  node(type, at, fields) as Statement;
export const pattern = (type: string, at: Span, fields: object = {}): BindingPattern =>
  node(type, at, fields) as BindingPattern;

export const identifier = (name: string, at: Span): Expression => expression('Identifier', at, { name });
export const literal = (value: string | number | boolean | null, at: Span): Expression =>
  expression('Literal', at, { value });
export const nothing = (at: Span): Expression => identifier('undefined', at);

export const member = (object: Expression, name: string, at: Span): Expression =>
  expression('MemberExpression', at, {
    object,
    computed: false,
    property: node('Identifier', { from: at.to - name.length, to: at.to }, { name }),
  });

export const call = (callee: Expression, args: readonly unknown[], at: Span, isNew = false): Expression =>
  expression(isNew ? 'NewExpression' : 'CallExpression', at, { callee, arguments: args });

/** A method called on a value. */
export const callMethod = (
  object: Expression,
  name: string,
  args: readonly unknown[],
  at: Span,
): Expression => call(member(object, name, { from: object.start, to: object.end }), args, at);

export const spread = (argument: Expression, at: Span): unknown => node('SpreadElement', at, { argument });

/** A property of an object literal; its key is computed unless it is a literal. */
export const property = (key: Expression, value: Expression, at: Span): unknown =>
  node('Property', at, { key, value, computed: key.type !== 'Literal', method: false, kind: 'init' });

export const run = (inner: Expression): Statement =>
  statement('ExpressionStatement', { from: inner.start, to: inner.end }, { expression: inner });

export const block = (body: readonly Statement[], at: Span): Statement =>
  statement('BlockStatement', at, { body });

export const assignment = (left: unknown, right: Expression, at: Span, operator = '='): Expression =>
  expression('AssignmentExpression', at, { left, right, operator });
