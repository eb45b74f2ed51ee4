import type { PageNode } from '../model/page-model.ts';
import { readAmounts } from './amounts.ts';
import { FIELD_ROLES, fold, pageTexts } from './page-texts.ts';

/** A text with a number in it, and the words that say what the number is. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
  readonly node: PageNode;
}

/**
 * Every text with a number, in reading order. The label is the text's own words, else the column's head, else the words
 * before it.
 */
export function labelledTexts(nodes: readonly PageNode[]): readonly LabelledText[] {
  const found: LabelledText[] = [];
  const columns = columnHeads(nodes);
  let before = '';
  for (const { text, node, isQuoted } of pageTexts(nodes)) {
    if (isQuoted || FIELD_ROLES.has(node.role)) continue;
    const amounts = readAmounts(text);
    const words = ownWords(text);
    if (amounts.length > 0) {
      found.push({ label: words !== '' ? words : (columns.get(node) ?? before), text, node });
    }
    if (words !== '') before = words;
  }
  return found;
}

/** The words of a text without its numbers: `Total` of `Total:$7.00`. */
export function ownWords(text: string): string {
  let rest = text;
  for (const amount of readAmounts(text)) rest = rest.replace(amount.text, ' ');
  rest = fold(rest.replace(/[:=]\s*(?:$|\s)/g, ' '));
  return /\p{L}{2}/u.test(rest) ? rest : '';
}

/** The head of the column in which a cell stands, unless the first cell of its row labels the whole row. */
function columnHeads(nodes: readonly PageNode[]): ReadonlyMap<PageNode, string> {
  const heads = new Map<PageNode, string>();
  const visit = (node: PageNode): void => {
    if (node.role === 'table' || node.role === 'grid') {
      const rows = node.children.flatMap((child) => (child.role === 'rowgroup' ? child.children : [child]));
      const names = rows[0]?.children.every((cell) => cell.role === 'columnheader')
        ? rows[0].children.map((cell) => fold(cell.name || cell.text))
        : [];
      for (const row of rows.slice(1)) {
        if (row.children.length !== names.length) continue;
        for (const [index, cell] of row.children.entries()) {
          const head = names[index] ?? '';
          if (head !== '' && index > 0 && row.children.length > 2) heads.set(cell, head);
        }
      }
    }
    for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return heads;
}
