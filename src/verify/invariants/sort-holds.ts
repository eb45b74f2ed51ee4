import { type Target } from '../../domain/flow.ts';
import { type PageModel, type PageNode, walkNodes } from '../model/page-model.ts';
import { findNode } from '../model/targets.ts';
import { readAmounts } from './amounts.ts';
import { collections, rowsOf } from './collections.ts';
import type { Invariant, Seen } from './invariant.ts';
import { type Direction, isOrdered } from './order-of.ts';
import { fold, keyOf, textOf } from './page-texts.ts';

const UP =
  /low(?:est)?(?:\W| to )+high|cheap\w* first|lowest first|ascending|\basc\b|aufsteigend|niedrig\w*(?:\W| bis )+h[oö]ch|günstigste/i;
const DOWN =
  /high(?:est)?(?:\W| to )+low|expensive first|highest first|descending|\bdesc\b|absteigend|h[oö]ch\w*(?:\W| bis )+niedrig|teuerste/i;
const A_TO_Z = /\ba\s?(?:-|–|to|→|bis)\s?z\b/i;
const Z_TO_A = /\bz\s?(?:-|–|to|→|bis)\s?a\b/i;
const PRICE = /price|cost|preis|günstig|teuer|cheap|expensive/i;

/** After a choice of order the list stands in that order. */
export const sortHolds: Invariant = {
  name: 'sort-holds',
  check: (seen) => {
    if (seen.step !== undefined && 'select' in seen.step)
      return afterChoice(seen.after, seen.step.select.option);
    const target = seen.step !== undefined && 'click' in seen.step ? seen.step.click : undefined;
    return target === undefined
      ? []
      : [...afterHeadClick(seen, target), ...afterChoice(seen.after, nameOf(seen, target))];
  },
};

function nameOf({ before }: Seen, target: Target): string {
  const node = before === undefined ? undefined : findNode(before, target);
  return node === undefined ? '' : fold(node.name || node.text);
}

/** `Price: low to high` and the like; what it means must be in its words. */
function afterChoice(page: PageModel, choice: string): ReturnType<Invariant['check']> {
  const isByPrice = PRICE.test(choice) && (UP.test(choice) || DOWN.test(choice));
  const isByName = A_TO_Z.test(choice) || Z_TO_A.test(choice);
  if (!isByPrice && !isByName) return [];
  const direction: Direction = (isByPrice ? UP : A_TO_Z).test(choice) ? 'ascending' : 'descending';
  const lists = collections(page.nodes).filter(({ rows }) => rows.length >= 3);
  const list = lists.filter(({ rows }) => rows.every((row) => !isByPrice || pricesOf(row).length > 0)).at(0);
  if (list === undefined) return [];
  const orders = isByPrice ? priceOrders(list.rows) : [list.rows.map(nameOfRow)];
  const results = orders.map((values) => isOrdered(values, direction));
  if (results.some((result) => result !== false)) return [];
  const shown = (orders[0] ?? []).map((value) => value.slice(0, 40));
  return [violation({ what: choice, direction, shown, node: list.node })];
}

/** An item may show what it was, what it is and what it is by the kilo: any of them may be what counts. */
function priceOrders(rows: readonly PageNode[]): readonly (readonly string[])[] {
  const prices = rows.map(pricesOf);
  const pick = (choose: (values: readonly number[]) => number): readonly string[] =>
    prices.map((values) => String(choose(values)));
  return [
    pick((values) => values[0] ?? 0),
    pick((values) => values.at(-1) ?? 0),
    pick((values) => Math.min(...values)),
    pick((values) => Math.max(...values)),
  ];
}

function pricesOf(row: PageNode): readonly number[] {
  return readAmounts(textOf(row))
    .filter((amount) => amount.currency !== '')
    .map((amount) => amount.value);
}

function nameOfRow(row: PageNode): string {
  const heading =
    [...walkNodes(row.children)].find((node) => node.role === 'heading') ??
    [...walkNodes(row.children)].find((node) => node.role === 'link');
  return fold(heading === undefined ? textOf(row) : heading.name || textOf(heading));
}

/** A click on the head of a column that put the same rows into another order: it sorts, by that column. */
function afterHeadClick({ before, after }: Seen, target: Target): ReturnType<Invariant['check']> {
  const clicked = before === undefined ? undefined : findNode(before, target);
  if (before === undefined || clicked === undefined) return [];
  for (const [index, table] of tablesOf(before).entries()) {
    const column = headsOf(table).findIndex((head) => [...walkNodes([head])].includes(clicked));
    const later = tablesOf(after)[index];
    if (column === -1 || later === undefined) continue;
    const rows = rowsOf(later);
    const width = headsOf(later).length;
    if (!isReordered(rowsOf(table), rows) || rows.some((row) => row.children.length !== width)) continue;
    const values = rows.map((row) => cellText(row.children[column]));
    if (isOrdered(values, 'either') !== false) continue;
    const name = fold(clicked.name || textOf(clicked));
    return [
      violation({ what: name, direction: 'either', shown: values, node: headsOf(later)[column] ?? later }),
    ];
  }
  return [];
}

function tablesOf(page: PageModel): readonly PageNode[] {
  return [...walkNodes(page.nodes)].filter((node) => ['table', 'grid', 'treegrid'].includes(node.role));
}

function headsOf(table: PageNode): readonly PageNode[] {
  const rows = table.children.flatMap((child) => (child.role === 'rowgroup' ? child.children : [child]));
  const heads = rows[0]?.children ?? [];
  return heads.every((head) => head.role === 'columnheader') ? heads : [];
}

function cellText(cell: PageNode | undefined): string {
  return cell === undefined ? '' : fold(textOf(cell));
}

function isReordered(before: readonly PageNode[], after: readonly PageNode[]): boolean {
  const old = before.map(textOf);
  const now = after.map(textOf);
  return (
    old.length === now.length &&
    String(old) !== String(now) &&
    String(old.toSorted()) === String(now.toSorted())
  );
}

function violation(found: {
  readonly what: string;
  readonly direction: Direction;
  readonly shown: readonly string[];
  readonly node: PageNode;
}): ReturnType<Invariant['check']>[number] {
  const { what, direction, shown, node } = found;
  return {
    key: `sort-holds|${keyOf(what)}`,
    what: `sorted by “${what}”, the rows are not in order`,
    severity: 'high',
    category: 'state',
    expected: direction === 'either' ? 'rows in ascending or descending order' : `rows in ${direction} order`,
    actual: shown.slice(0, 12).join(', ').slice(0, 300),
    node,
  };
}
