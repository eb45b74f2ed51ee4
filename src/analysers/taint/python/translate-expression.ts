import type { SyntaxNode } from '@lezer/common';
import type { Expression } from 'oxc-parser';
import { NAMED_ARGUMENTS } from '../named-arguments.ts';
import {
  assignment,
  call,
  callMethod,
  expression,
  identifier,
  literal,
  member,
  nothing,
  pattern,
  property,
  type Span,
  spread,
} from './estree.ts';
import { stringText } from './python-text.ts';
import { type Context, childrenOf, source, type Translate } from './syntax.ts';
import { operate } from './translate-operator.ts';
import { translateParameters } from './translate-parameters.ts';
import { translateStrings } from './translate-strings.ts';

/** Calls to these names have a namesake of JavaScript's, which the machine knows. */
const METHODS: Readonly<Record<string, string>> = {
  startswith: 'startsWith',
  endswith: 'endsWith',
  replace: 'replaceAll',
  lower: 'toLowerCase',
  upper: 'toUpperCase',
  strip: 'trim',
  lstrip: 'trim',
  rstrip: 'trim',
  casefold: 'toLowerCase',
};

/** An expression of Python as one of JavaScript that moves data in the same way. */
export function translateExpression(node: SyntaxNode | null | undefined, context: Context): Expression {
  if (node === null || node === undefined) return nothing({ from: 0, to: 0 });
  const translate = EXPRESSIONS[node.name];
  return translate === undefined ? nothing(node) : translate(node, context);
}

/** The expressions between commas: one as it is, several as a tuple. */
export function translateList(nodes: readonly SyntaxNode[], context: Context): Expression {
  const [only] = nodes;
  const isTuple = nodes.some(({ name }) => name === ',' || name === '*');
  if (only === undefined || !isTuple) return translateExpression(only, context);
  const at = { from: only.from, to: nodes.at(-1)?.to ?? only.to };
  return expression('ArrayExpression', at, { elements: elementsOf(nodes, context) });
}

function elementsOf(nodes: readonly SyntaxNode[], context: Context): readonly unknown[] {
  return nodes.flatMap((node, index) => {
    if (/^[,()[\]{}*]$/.test(node.name)) return [];
    const value = translateExpression(node, context);
    return nodes[index - 1]?.name === '*' ? [spread(value, node)] : [value];
  });
}

const list: Translate = (node, context) =>
  expression('ArrayExpression', node, { elements: elementsOf(childrenOf(node), context) });

const EXPRESSIONS: Readonly<Record<string, Translate>> = {
  VariableName(node, context) {
    const name = source(context, node);
    return name === context.self ? expression('ThisExpression', node) : identifier(name, node);
  },
  String: (node, context) => literal(stringText(source(context, node)), node),
  FormatString: (node, context) => translateStrings([node], context, translateExpression),
  ContinuedString: (node, context) => translateStrings(childrenOf(node), context, translateExpression),
  Number: (node, context) => literal(Number(source(context, node).replaceAll('_', '')) || 0, node),
  Boolean: (node, context) => literal(source(context, node) === 'True', node),
  None: (node) => literal(null, node),
  TupleExpression: list,
  ArrayExpression: list,
  SetExpression: list,
  ParenthesizedExpression: (node, context) => translateList(childrenOf(node).slice(1, -1), context),
  DictionaryExpression: (node, context) => dictionary(node, context),
  ArrayComprehensionExpression: (node, context) => comprehension(childrenOf(node).slice(1, -1), context),
  SetComprehensionExpression: (node, context) => comprehension(childrenOf(node).slice(1, -1), context),
  ComprehensionExpression: (node, context) => comprehension(childrenOf(node).slice(1, -1), context),
  DictionaryComprehensionExpression: (node, context) => comprehension(childrenOf(node).slice(1, -1), context),
  CallExpression: (node, context) => translateCall(node, context),
  MemberExpression: (node, context) => translateMember(node, context),
  BinaryExpression: (node, context) => binary(node, context),
  UnaryExpression(node, context) {
    const [operator, argument] = childrenOf(node);
    const inner = translateExpression(argument, context);
    return expression('UnaryExpression', node, {
      operator: operator?.name === 'not' ? '!' : '-',
      argument: inner,
    });
  },
  ConditionalExpression(node, context) {
    const [consequent, test, alternate] = childrenOf(node).filter(({ name }) => !/^(?:if|else)$/.test(name));
    return expression('ConditionalExpression', node, {
      test: translateExpression(test, context),
      consequent: translateExpression(consequent, context),
      alternate: translateExpression(alternate, context),
    });
  },
  LambdaExpression(node, context) {
    const body = translateExpression(node.lastChild, context);
    return expression('ArrowFunctionExpression', node, {
      params: translateParameters(node.getChild('ParamList'), context, translateExpression),
      body,
      expression: true,
    });
  },
  AwaitExpression: (node, context) =>
    expression('AwaitExpression', node, { argument: translateExpression(node.lastChild, context) }),
  YieldExpression: (node, context) =>
    translateList(
      childrenOf(node).filter(({ name }) => name !== 'yield' && name !== 'from'),
      context,
    ),
  NamedExpression(node, context) {
    const [name] = childrenOf(node);
    return assignment(translateExpression(name, context), translateExpression(node.lastChild, context), node);
  },
};

function dictionary(node: SyntaxNode, context: Context): Expression {
  const properties: unknown[] = [];
  const children = childrenOf(node).slice(1, -1);
  for (const [index, child] of children.entries()) {
    const [before, after] = [children[index - 1], children[index + 1]];
    if (before?.name === '**') properties.push(spread(translateExpression(child, context), child));
    if (after?.name !== ':') continue;
    const value = children[index + 2];
    properties.push(
      property(translateExpression(child, context), translateExpression(value, context), {
        from: child.from,
        to: value?.to ?? child.to,
      }),
    );
  }
  return expression('ObjectExpression', node, { properties });
}

/** `[f(x) for x in xs if x]` is `xs.map((x) => x ? f(x) : undefined)`. */
function comprehension(children: readonly SyntaxNode[], context: Context): Expression {
  const loop = children.findIndex(({ name }) => name === 'for');
  const at = { from: children[0]?.from ?? 0, to: children.at(-1)?.to ?? 0 };
  if (loop < 0) return translateList(children, context);
  // Of `key: value`, the value is what the result holds.
  const colon = children.slice(0, loop).findIndex(({ name }) => name === ':');
  return loops(
    children.slice(loop),
    (): Expression => translateList(children.slice(colon + 1, loop), context),
    {
      at,
      context,
    },
  );
}

function loops(
  children: readonly SyntaxNode[],
  element: () => Expression,
  place: { readonly at: Span; readonly context: Context },
): Expression {
  const { at, context } = place;
  const start = children.findIndex(({ name }) => name === 'for');
  if (start < 0) return element();
  const middle = children.findIndex(({ name }, index) => index > start && name === 'in');
  const next = children.findIndex(
    ({ name }, index) => index > middle && (name === 'for' || name === 'if' || name === 'async'),
  );
  const end = next < 0 ? children.length : next;
  const rest = children.slice(end);
  const isTested = rest[0]?.name === 'if';
  const inner = loops(rest, element, place);
  const body = isTested
    ? expression('ConditionalExpression', at, {
        test: translateExpression(rest[1], context),
        consequent: inner,
        alternate: nothing(at),
      })
    : inner;
  const each = expression('ArrowFunctionExpression', at, {
    params: [translatePattern(children.slice(start + 1, middle), context)],
    body,
    expression: true,
  });
  return callMethod(translateList(children.slice(middle + 1, end), context), 'map', [each], at);
}

/** What is assigned to: a name, a place, or several of them. */
export function translatePattern(nodes: readonly SyntaxNode[], context: Context): unknown {
  const inner = nodes.length === 1 && /^(?:Tuple|Array|Parenthesized)Expression$/.test(nodes[0]?.name ?? '');
  const parts = inner ? childrenOf(nodes[0] as SyntaxNode).slice(1, -1) : nodes;
  const isSeveral =
    parts.some(({ name }) => name === ',' || name === '*') ||
    (inner && nodes[0]?.name !== 'ParenthesizedExpression');
  const [first] = parts;
  if (first === undefined) return nothing({ from: 0, to: 0 });
  if (!isSeveral) return inner ? translatePattern(parts, context) : translateExpression(first, context);
  const elements = parts.flatMap((part, index) => {
    if (part.name === ',' || part.name === '*') return [];
    const one = translatePattern([part], context);
    return parts[index - 1]?.name === '*' ? [pattern('RestElement', part, { argument: one })] : [one];
  });
  return pattern('ArrayPattern', { from: first.from, to: parts.at(-1)?.to ?? first.to }, { elements });
}

export function translateArguments(node: SyntaxNode | null, context: Context): readonly unknown[] {
  if (node === null) return [];
  const children = childrenOf(node).slice(1, -1);
  const given: unknown[] = [];
  const namedOnes: unknown[] = [];
  for (let index = 0; index < children.length; index++) {
    const child = children[index];
    if (child === undefined || child.name === ',') continue;
    if (child.name === '*' || child.name === '**') {
      const value = children[++index];
      if (value !== undefined)
        (child.name === '*' ? given : namedOnes).push(spread(translateExpression(value, context), value));
    } else if (children[index + 1]?.name === 'AssignOp') {
      const value = children[index + 2];
      namedOnes.push(
        property(literal(source(context, child), child), translateExpression(value, context), {
          from: child.from,
          to: value?.to ?? child.to,
        }),
      );
      index += 2;
    } else if (children[index + 1]?.name === 'for' || children[index + 1]?.name === 'async') {
      given.push(comprehension(children.slice(index), context));
      break;
    } else given.push(translateExpression(child, context));
  }
  if (namedOnes.length > 0)
    given.push(
      call(
        identifier(NAMED_ARGUMENTS, node),
        [expression('ObjectExpression', node, { properties: namedOnes })],
        node,
      ),
    );
  return given;
}

function translateCall(node: SyntaxNode, context: Context): Expression {
  const [callee, list] = childrenOf(node);
  const args = translateArguments(list ?? null, context);
  const inner = translateExpression(callee, context);
  const name = callee === undefined ? '' : source(context, callee);
  // Classes begin with a capital, and are called as functions are.
  const isClass = /(?:^|\.)_*[A-Z]\w*$/.test(name) && /[a-z]/.test(name.slice(name.lastIndexOf('.') + 1));
  return call(inner, args, node, isClass);
}

function translateMember(node: SyntaxNode, context: Context): Expression {
  const [object, ...rest] = childrenOf(node);
  const inner = translateExpression(object, context);
  const name = node.getChild('PropertyName');
  if (name !== null) {
    const spelled = source(context, name);
    const isCalled = node.parent?.name === 'CallExpression' && node.parent.from === node.from;
    // `re.match` and the like are no methods of text.
    const isText =
      isCalled &&
      !(object?.name === 'VariableName' && /^(?:re|regex|os|shutil)$/.test(source(context, object)));
    const known = isText && Object.hasOwn(METHODS, spelled) ? METHODS[spelled] : undefined;
    return member(inner, known ?? spelled, node);
  }
  const index = rest.filter(({ name: kind }) => kind !== '[' && kind !== ']');
  if (index.some(({ name: kind }) => kind === ':'))
    return callMethod(
      inner,
      'slice',
      index
        .filter(({ name: kind }) => kind !== ':' && kind !== ',')
        .map((one) => translateExpression(one, context)),
      node,
    );
  return expression('MemberExpression', node, {
    object: inner,
    computed: true,
    property: translateList(index, context),
  });
}

function binary(node: SyntaxNode, context: Context): Expression {
  const children = childrenOf(node);
  const left = translateExpression(children[0], context);
  const right = translateExpression(children.at(-1), context);
  const operator = children
    .slice(1, -1)
    .map((child) => source(context, child))
    .join(' ');
  return operate(operator, { left, right }, node);
}
