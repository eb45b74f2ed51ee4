import { type PageNode, walkNodes } from '../model/page-model.ts';
import { type Amount, readAmounts } from './amounts.ts';
import { FIELD_ROLES, fold, pageTexts, textOf } from './page-texts.ts';

/** A text with a number in it, and the words that say what the number is. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
  readonly node: PageNode;
  /** All that stands in the same row of a table; empty elsewhere. */
  readonly row: string;
}

/**
 * Every text with a number, in reading order. The label is the text's own words, else the column's head, else the words
 * before it.
 */
export function labelledTexts(nodes: readonly PageNode[]): readonly LabelledText[] {
  const found: LabelledText[] = [];
  const columns = cells(nodes);
  let before = '';
  for (const { text, node, isQuoted } of pageTexts(nodes)) {
    if (isQuoted || FIELD_ROLES.has(node.role)) continue;
    const amounts = readAmounts(text);
    const words = ownWords(text, amounts);
    if (amounts.length > 0) {
      const cell = columns.get(node);
      found.push({ label: words !== '' ? words : (cell?.head ?? before), text, node, row: cell?.row ?? '' });
    }
    if (words !== '') before = words;
  }
  return found;
}

/** The words of a text without its numbers: `Total` of `Total:$7.00`. */
export function ownWords(text: string, amounts: readonly Amount[]): string {
  let rest = text;
  for (const amount of amounts) rest = rest.replace(amount.text, ' ');
  rest = fold(rest.replace(/[:=]\s*(?:$|\s)/g, ' '));
  return /\p{L}{2}/u.test(rest) ? rest : '';
}

interface Cell {
  /** The head of its column, unless the first cell labels the whole row: when there is but one other. */
  readonly head?: string;
  readonly row: string;
}

function cells(nodes: readonly PageNode[]): ReadonlyMap<PageNode, Cell> {
  const found = new Map<PageNode, Cell>();
  for (const node of walkNodes(nodes)) {
    if (node.role !== 'table' && node.role !== 'grid') continue;
    const rows = node.children.flatMap((child) => (child.role === 'rowgroup' ? child.children : [child]));
    const heads = rows[0]?.children.every((cell) => cell.role === 'columnheader')
      ? rows[0].children.map((cell) => fold(cell.name || cell.text))
      : [];
    for (const row of rows.slice(heads.length > 0 ? 1 : 0)) {
      const said = fold(textOf(row));
      const filled = row.children.slice(1).filter((cell) => textOf(cell) !== '').length;
      for (const [index, cell] of row.children.entries()) {
        const head =
          row.children.length === heads.length && index > 0 && filled > 1 ? heads[index] : undefined;
        for (const part of walkNodes([cell])) {
          found.set(part, { row: said, ...(head === undefined || head === '' ? {} : { head }) });
        }
      }
    }
  }
  return found;
}
