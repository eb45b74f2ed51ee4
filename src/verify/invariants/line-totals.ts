import type { PageNode } from '../model/page-model.ts';
import { readAmounts } from './amounts.ts';
import { collections } from './collections.ts';
import type { Invariant } from './invariant.ts';
import { keyOf, textOf } from './page-texts.ts';

const PRICE = /^(?:unit )?price(?: \/ unit)?$|^(?:unit cost|rate|(?:stück|einzel)?preis)$/i;
const COUNT = /^(?:qty|quantity|units|hours|menge|anzahl|stück)\.?$/i;
const TOTAL = /^(?:(?:line |row )?total(?: price)?|amount|sum|line amount|gesamt(?:preis)?|summe|betrag)$/i;
/** Columns that change what price times quantity makes. */
const OTHER = /discount|tax|vat|mwst|rabatt|fee|shipping|%/i;

/** In a table with a price, a quantity and a total, each row's price times its quantity is its total. */
export const lineTotals: Invariant = {
  name: 'line-totals',
  check: ({ after }) =>
    collections(after.nodes)
      .filter(({ node }) => node.role === 'table' || node.role === 'grid')
      .flatMap(({ node, rows }) => {
        const columns = columnsOf(node);
        if (columns === undefined) return [];
        return rows.flatMap((row) => {
          const [price, count, total] = columns.places.map((index) => cellValue(row.children[index]));
          if (row.children.length !== columns.width) return [];
          if (price === undefined || count === undefined || total === undefined) return [];
          // Prices are shown rounded: each piece may be off by half a cent.
          const slack = 0.006 + Math.abs(count) * 0.005;
          if (Math.abs(price * count - total) <= slack) return [];
          const name = textOf(row.children[0] ?? row).slice(0, 60);
          const cell = row.children[columns.places[2] ?? 0];
          return [
            {
              key: `line-totals|${keyOf(name)}`,
              what: `the line “${name}” shows ${count} × ${price} = ${total}`,
              severity: 'high' as const,
              category: 'state' as const,
              expected: (price * count).toFixed(2),
              actual: String(total),
              ...(cell === undefined ? {} : { node: cell }),
            },
          ];
        });
      }),
};

function columnsOf(
  table: PageNode,
): { readonly places: readonly number[]; readonly width: number } | undefined {
  const rows = table.children.flatMap((child) => (child.role === 'rowgroup' ? child.children : [child]));
  const heads = rows[0]?.children ?? [];
  if (!heads.every((head) => head.role === 'columnheader')) return undefined;
  const names = heads.map((head) => textOf(head));
  if (names.some((name) => OTHER.test(name))) return undefined;
  const places = [PRICE, COUNT, TOTAL].map((pattern) => {
    const found = names.flatMap((name, index) => (pattern.test(name) ? [index] : []));
    return found.length === 1 ? (found[0] ?? -1) : -1;
  });
  return places.includes(-1) ? undefined : { places, width: heads.length };
}

function cellValue(cell: PageNode | undefined): number | undefined {
  if (cell === undefined) return undefined;
  const amounts = readAmounts(textOf(cell));
  return amounts.length === 1 ? amounts[0]?.value : undefined;
}
