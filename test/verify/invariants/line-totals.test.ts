import { lineTotals } from '../../../src/verify/invariants/line-totals.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

testInvariant(lineTotals, {
  buggy: [
    {
      says: 'a line that forgets its quantity',
      after: table(
        ['Item', 'Price', 'Qty', 'Total'],
        [
          ['Mug', '$8.00', '3', '$‹8|24›.00'],
          ['Lamp', '$20.00', '1', '$20.00'],
        ],
      ),
      what: /“Mug” shows 3 × 8 = 8/,
    },
    {
      says: 'a German line',
      after: table(
        ['Artikel', 'Einzelpreis', 'Menge', 'Gesamt'],
        [['Tasse', '1.008,50 €', '2', '‹1.008,50|2.017,00› €']],
      ),
      what: /2 × 1008\.5/,
    },
  ],
  clean: [
    {
      says: 'a discount column',
      after: table(['Item', 'Price', 'Qty', 'Discount', 'Total'], [['Mug', '$8.00', '3', '$4.00', '$20.00']]),
    },
    {
      says: 'rounded prices',
      after: table(['Item', 'Price', 'Qty', 'Total'], [['Screw', '$0.33', '100', '$33.33']]),
    },
    {
      says: 'cells with more than a number',
      after: table(['Item', 'Price', 'Qty', 'Total'], [['Mug', '$9.00 $8.00', '3', '$24.00']]),
    },
    {
      says: 'other columns of those names',
      after: table(['Team', 'Played', 'Won', 'Total'], [['A', '8', '3', '9']]),
    },
  ],
});
