import { type PageNode, walkNodes } from '../model/page-model.ts';
import { readAmounts } from './amounts.ts';
import { FIELD_ROLES, fold, textOf } from './page-texts.ts';

/** Like things that the page shows one after the other: a list's items, a table's rows, a column of cards. */
export interface Collection {
  readonly node: PageNode;
  readonly rows: readonly PageNode[];
}

const LISTS: ReadonlySet<string> = new Set([
  'list',
  'listbox',
  'feed',
  'tree',
  'grid',
  'table',
  'treegrid',
  'rowgroup',
]);
const HEADS: ReadonlySet<string> = new Set(['columnheader']);
const TOTAL_ROW = /^(?:grand |sub)?-?\s?(?:total|sum|gesamt\w*|summe|zwischensumme)\b/i;

/** Every collection of at least one row, outermost first. */
export function collections(nodes: readonly PageNode[]): readonly Collection[] {
  const found: Collection[] = [];
  for (const node of walkNodes(nodes)) {
    const rows = LISTS.has(node.role) ? rowsOf(node) : likeChildren(node);
    if (rows.length > 0) found.push({ node, rows });
  }
  return found;
}

/** The data rows of a table or list: without its heading and total rows. */
export function rowsOf(node: PageNode): readonly PageNode[] {
  const rows = node.children.flatMap((child) => (child.role === 'rowgroup' ? child.children : [child]));
  return rows.filter(
    (row) =>
      ['listitem', 'row', 'option', 'article', 'treeitem'].includes(row.role) &&
      !(row.role === 'row' && (row.children.every((cell) => HEADS.has(cell.role)) || isTotalRow(row))),
  );
}

export function isTotalRow(row: PageNode): boolean {
  return TOTAL_ROW.test(fold(textOf(row)));
}

/** Cards without a list around them: at least two neighbours of one shape that contain more than a text. */
function likeChildren(node: PageNode): readonly PageNode[] {
  const shapes = new Map<string, PageNode[]>();
  for (const child of node.children) {
    if (child.children.length === 0 && child.role !== 'article') continue;
    const key = child.role === 'article' ? 'article' : `${child.role}:${child.children[0]?.role ?? ''}`;
    shapes.set(key, [...(shapes.get(key) ?? []), child]);
  }
  const largest = [...shapes.values()].sort((a, b) => b.length - a.length)[0] ?? [];
  return largest.length >= 2 ? largest : [];
}

const MORE =
  /\b(?:next|previous|older|newer|(?:show|load|see|view|read)\s(?:all|more)|view \d+ more|more results|page \d+|weiter|nächste|vorherige|mehr (?:anzeigen|laden)|alle anzeigen|seite \d+)\b|^(?:›|»|→|>)$|\b\d+\s(?:more|weitere)\b/i;

/** Whether there may be more rows than the page shows. */
export function mayHaveMore(nodes: readonly PageNode[]): boolean {
  for (const node of walkNodes(nodes)) {
    if (MORE.test(node.name) || MORE.test(node.text)) return true;
    const isPager = /^(?:pagination|pager|seiten\w*)/i.test(node.name);
    if (isPager) return true;
  }
  return false;
}

const REMOVE = /\b(?:remove|delete|entfernen|löschen)\b|^(?:[×x✕✖]|🗑️?)$/iu;
const QUANTITY = /\b(?:qty|quantity|menge|anzahl|stück)\b/i;

/** Whether a row is a line of a shopping cart: it can be removed, or counts pieces. */
export function isCartLine(row: PageNode): boolean {
  if (readAmounts(textOf(row)).every((one) => one.currency === '')) return false;
  return (
    [...walkNodes([row])].some((node) => REMOVE.test(node.name) || isQuantityField(node)) ||
    pieces(row) !== undefined
  );
}

/** How many pieces a line says, such as `× 2`, `Qty: 2` or a number field; absent when it says nothing. */
export function pieces(row: PageNode): number | undefined {
  for (const node of walkNodes([row])) {
    if (isQuantityField(node) && /^\d+$/.test(node.text)) return Number(node.text);
  }
  const text = textOf(row);
  const said =
    /(?:^|\s)[×x]\s?(\d+)\b/i.exec(text) ??
    /(?:^|\s)(\d+)\s?[×x](?:\s|$)/i.exec(text) ??
    /\b(?:qty|quantity|menge|anzahl)\W{0,3}(\d+)\b/i.exec(text);
  return said === null ? undefined : Number(said[1]);
}

function isQuantityField(node: PageNode): boolean {
  if (node.role === 'spinbutton') return true;
  return FIELD_ROLES.has(node.role) && QUANTITY.test(`${node.name} ${node.field?.hint ?? ''}`);
}
