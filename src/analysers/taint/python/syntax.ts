import type { SyntaxNode } from '@lezer/common';
import type { Expression } from 'oxc-parser';
import type { Span } from './estree.ts';

/** What a translation knows of where it is. */
export interface Context {
  readonly text: string;
  /** The name by which a method calls its object. */
  readonly self: string | undefined;
}

export type Translate = (node: SyntaxNode, context: Context) => Expression;

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'Comment') children.push(child);
  return children;
}

export const source = ({ text }: Context, { from, to }: Span): string => text.slice(from, to);
