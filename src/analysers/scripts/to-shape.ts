import type { Expression, JSXChild, JSXElement, JSXElementName, Node } from 'oxc-parser';
import type { Shape } from '../../affected/ports.ts';
import { walk } from '../change/source.ts';
import { bare, propertyName, spell } from '../taint/nodes.ts';

const MAX_DEPTH = 24;
const MAX_ITEMS = 2000;
const MAX_TEXT = 500;
const MAX_CALLS = 40;
const SENDS = /^(?:render|view|renderFile|sendFile|sendfile)$/;

/** Reduces a piece of code to what it says as data; see `Shape`. */
export function toShape(node: Node | null | undefined, depth = 0): Shape {
  if (node === null || node === undefined || depth > MAX_DEPTH) return null;
  const deeper = (inner: Node | null | undefined): Shape => toShape(inner, depth + 1);
  const inner = isExpression(node) ? bare(node) : node;
  if (inner.type === 'Literal') return typeof inner.value === 'string' ? toText(inner.value) : null;
  if (inner.type === 'TemplateLiteral')
    return toText(inner.quasis.map(({ value }) => value.cooked ?? value.raw).join(':part'));
  if (inner.type === 'Identifier') return { kind: 'name', name: inner.name };
  if (inner.type === 'MemberExpression') return { kind: 'name', name: spell(inner) };
  if (inner.type === 'ArrayExpression')
    return { kind: 'list', items: inner.elements.slice(0, MAX_ITEMS).map(deeper) };
  if (inner.type === 'SpreadElement') return { kind: 'spread', of: deeper(inner.argument) };
  if (inner.type === 'ObjectExpression') return objectShape(inner, depth);
  if (inner.type === 'ImportExpression') return importShape(inner.source);
  if (isFunction(inner)) return functionShape(inner, depth);
  if (inner.type === 'CallExpression' || inner.type === 'NewExpression') return callShape(inner, depth);
  if (inner.type === 'JSXElement') return elementShape(inner, depth);
  if (inner.type === 'JSXFragment') return element('', {}, children(inner.children, depth));
  if (inner.type === 'JSXExpressionContainer') return deeper(inner.expression);
  if (inner.type === 'ClassDeclaration' || inner.type === 'ClassExpression') return classShape(inner, depth);
  if (inner.type === 'ConditionalExpression') return deeper(inner.consequent) ?? deeper(inner.alternate);
  return inner.type === 'LogicalExpression' ? deeper(inner.right) : null;
}

function isExpression(node: Node): node is Expression {
  return node.type.endsWith('Expression') || node.type.startsWith('TS');
}

function toText(text: string): Shape {
  return text.length > MAX_TEXT ? null : { kind: 'text', text };
}

function objectShape(node: Extract<Node, { type: 'ObjectExpression' }>, depth: number): Shape {
  const fields: Record<string, Shape> = {};
  const spreads: Shape[] = [];
  for (const property of node.properties.slice(0, MAX_ITEMS)) {
    if (property.type === 'SpreadElement') {
      spreads.push(toShape(property.argument, depth + 1));
      continue;
    }
    const name = propertyName(property);
    if (name !== undefined && name !== '__proto__') fields[name] = toShape(property.value, depth + 1);
  }
  return { kind: 'object', fields, spreads };
}

function importShape(source: Expression): Shape {
  const specifier = toShape(source);
  return specifier?.kind === 'text' ? { kind: 'import', specifier: specifier.text } : null;
}

type FunctionLike = Extract<
  Node,
  { type: 'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration' }
>;

function isFunction(node: Node): node is FunctionLike {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration'
  );
}

function functionShape(node: FunctionLike, depth: number): Shape {
  const { body } = node;
  const parameters = node.params.map((one) => (one.type === 'Identifier' ? one.name : ''));
  if (body === null) return null;
  if (body.type !== 'BlockStatement')
    return { kind: 'function', parameters, returns: toShape(body, depth + 1), ...calledIn(body) };
  const last = body.body.findLast((one) => one.type === 'ReturnStatement');
  const returns = last?.type === 'ReturnStatement' ? toShape(last.argument, depth + 1) : null;
  return { kind: 'function', parameters, returns, ...calledIn(body) };
}

/** What a function calls by the last part of the name, and the templates and files that it sends so. */
function calledIn(body: Node): { readonly calls: readonly string[]; readonly sends: readonly string[] } {
  const calls = new Set<string>();
  const sends = new Set<string>();
  walk(body, (node) => {
    if (node.type !== 'CallExpression' || calls.size > MAX_CALLS) return;
    const name = spell(node.callee).split('.').at(-1) ?? '';
    calls.add(name);
    const first = SENDS.test(name) ? toShape(node.arguments[0]) : null;
    if (first?.kind === 'text') sends.add(first.text);
  });
  return { calls: [...calls], sends: [...sends] };
}

function callShape(node: Extract<Node, { type: 'CallExpression' | 'NewExpression' }>, depth: number): Shape {
  const callee = bare(node.callee as Expression);
  const values = node.arguments.slice(0, 60);
  if (callee.type === 'Identifier' && callee.name === 'require') {
    const [first] = values;
    return first === undefined || first.type === 'SpreadElement' ? null : importShape(first);
  }
  const name = spell(callee);
  const on = callee.type === 'MemberExpression' ? toShape(callee.object, depth + 1) : null;
  // `import('./a').then((m) => m.B)` is B of './a'.
  if (name.endsWith('.then') && on?.kind === 'import') {
    const [first] = values;
    const picked = toShape(first, depth + 1);
    const member =
      picked?.kind === 'function' && picked.returns?.kind === 'name'
        ? picked.returns.name.split('.').at(-1)
        : undefined;
    return member === undefined ? on : { ...on, member };
  }
  const given = values.map((one) => toShape(one, depth + 1));
  const keepsReceiver = on?.kind === 'call' || on?.kind === 'import';
  return { kind: 'call', callee: name, ...(keepsReceiver ? { on } : {}), arguments: given };
}

function element(name: string, attributes: Readonly<Record<string, Shape>>, inner: readonly Shape[]): Shape {
  return { kind: 'element', name, attributes, children: inner };
}

function elementShape(node: JSXElement, depth: number): Shape {
  const attributes: Record<string, Shape> = {};
  for (const attribute of node.openingElement.attributes) {
    if (attribute.type !== 'JSXAttribute' || attribute.name.type !== 'JSXIdentifier') continue;
    attributes[attribute.name.name] =
      attribute.value === null ? { kind: 'text', text: '' } : toShape(attribute.value, depth + 1);
  }
  return element(elementName(node.openingElement.name), attributes, children(node.children, depth));
}

function elementName(name: JSXElementName): string {
  if (name.type === 'JSXIdentifier') return name.name;
  if (name.type === 'JSXMemberExpression') return `${elementName(name.object)}.${name.property.name}`;
  return '';
}

function children(nodes: readonly JSXChild[], depth: number): readonly Shape[] {
  return nodes.slice(0, MAX_ITEMS).flatMap((node) => {
    const shape = node.type === 'JSXText' ? null : toShape(node, depth + 1);
    return shape === null ? [] : [shape];
  });
}

function classShape(
  node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>,
  depth: number,
): Shape {
  const decorators = (of: readonly { readonly expression: Expression }[]): readonly Shape[] =>
    of.map(({ expression }) => toShape(expression, depth + 1));
  const members = node.body.body.flatMap((member) =>
    member.type === 'MethodDefinition' && member.decorators.length > 0
      ? [{ name: propertyName(member) ?? '', decorators: decorators(member.decorators) }]
      : [],
  );
  return { kind: 'class', name: node.id?.name ?? '', decorators: decorators(node.decorators), members };
}
