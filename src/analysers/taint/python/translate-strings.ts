import type { SyntaxNode } from '@lezer/common';
import type { Expression } from 'oxc-parser';
import { expression, literal, nothing } from './estree.ts';
import { delimiters, stringText, unescape } from './python-text.ts';
import { type Context, childrenOf, source, type Translate } from './syntax.ts';

/** Strings side by side are one; the values in them are what a template has. */
export function translateStrings(
  nodes: readonly SyntaxNode[],
  context: Context,
  translateExpression: Translate,
): Expression {
  const [first] = nodes;
  if (first === undefined) return nothing({ from: 0, to: 0 });
  const at = { from: first.from, to: nodes.at(-1)?.to ?? first.to };
  const texts = [''];
  const expressions: Expression[] = [];
  const valueOf = (part: SyntaxNode): Expression => {
    const [, inner] = childrenOf(part);
    return inner === undefined ? nothing(part) : translateExpression(inner, context);
  };
  const add = (text: string): void => {
    texts.push((texts.pop() ?? '') + text);
  };
  for (const node of nodes) {
    const whole = source(context, node);
    if (node.name !== 'FormatString') {
      add(stringText(whole));
      continue;
    }
    const { start, end, isRaw } = delimiters(whole);
    let from = node.from + start;
    for (const part of [...node.getChildren('FormatReplacement'), null]) {
      const until = part?.from ?? node.from + end;
      const text = context.text.slice(from, until).replace(/\{\{|\}\}/g, (pair) => pair.charAt(0));
      add(isRaw ? text : unescape(text));
      if (part === null) break;
      expressions.push(valueOf(part));
      texts.push('');
      from = part.to;
    }
  }
  if (expressions.length === 0) return literal(texts.join(''), at);
  const quasis = texts.map((cooked) => ({ value: { cooked, raw: cooked } }));
  return expression('TemplateLiteral', at, { quasis, expressions });
}
