import { describe, expect, it } from 'vitest';
import { isOrdered } from '../../../src/verify/invariants/order-of.ts';
import { sortHolds } from '../../../src/verify/invariants/sort-holds.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const products = (prices: readonly string[]): string =>
  `<label>Sort <select><option>Price: low to high</option><option>Price: high to low</option><option>Name A–Z</option></select></label>
  <ul>${prices.map((price) => `<li><h3>${price.split(' ')[0]}</h3><p>${price.split(' ').slice(1).join(' ')}</p></li>`).join('')}</ul>`;
const table = (rows: readonly string[]): string =>
  `<table><tr><th><button>Name</button></th><th><button>Stock</button></th></tr>${rows
    .map((row) => `<tr><td>${row.split(' ')[0]}</td><td>${row.split(' ')[1]}</td></tr>`)
    .join('')}</table>`;

const choose = (
  option: string,
): { readonly select: { field: { role: string; name: string }; option: string } } => ({
  select: { field: { role: 'combobox', name: 'Sort' }, option },
});
const clickHead = (name: string): { readonly click: { role: string; name: string } } => ({
  click: { role: 'button', name },
});

testInvariant(sortHolds, {
  buggy: [
    {
      says: 'prices sorted as words',
      step: choose('Price: low to high'),
      after: products(['Mug $100.00', 'Lamp $20.00', 'Tea $9.00']),
      repaired: products(['Tea $9.00', 'Lamp $20.00', 'Mug $100.00']),
      what: /sorted by “Price: low to high”/,
    },
    {
      says: 'the other direction',
      step: choose('Price: high to low'),
      after: products(['Tea 9,00 €', 'Lamp 20,00 €', 'Mug 1.100,00 €']),
      repaired: products(['Mug 1.100,00 €', 'Lamp 20,00 €', 'Tea 9,00 €']),
      what: /not in order/,
    },
    {
      says: 'names out of order',
      step: choose('Name A–Z'),
      after: products(['Mug $1', 'Apple $2', 'Tea $3']),
      repaired: products(['Apple $2', 'Mug $1', 'Tea $3']),
      what: /Name A–Z/,
    },
    {
      says: 'a column of numbers sorted as words',
      before: table(['Mug 9', 'Lamp 100', 'Tea 20', 'Cup 3']),
      step: clickHead('Stock'),
      after: table(['Lamp 100', 'Tea 20', 'Cup 3', 'Mug 9']),
      repaired: table(['Cup 3', 'Mug 9', 'Tea 20', 'Lamp 100']),
      what: /sorted by “Stock”/,
    },
  ],
  clean: [
    {
      says: 'a list that a choice has nothing to do with',
      step: choose('Newest'),
      after: products(['Mug $100', 'Lamp $20', 'Tea $50']),
    },
    {
      says: 'old prices beside new ones',
      step: choose('Price: low to high'),
      after: products(['Tea <del>$50.00</del> $9.00', 'Lamp $20.00', 'Mug $100.00']),
    },
    {
      says: 'a head that does not sort',
      before: table(['Mug 9', 'Lamp 100', 'Tea 20']),
      step: clickHead('Stock'),
      after: table(['Mug 9', 'Lamp 100', 'Tea 20']),
    },
    {
      says: 'words with umlauts and capitals',
      before: table(['b 1', 'Öl 2', 'apfel 3', 'Zug 4']),
      step: clickHead('Name'),
      after: table(['apfel 3', 'b 1', 'Öl 2', 'Zug 4']),
    },
    {
      says: 'states with an order of their own',
      before: table(['Mug low', 'Lamp high', 'Tea medium']),
      step: clickHead('Stock'),
      after: table(['Lamp high', 'Tea medium', 'Mug low']),
    },
    {
      says: 'equal values and gaps',
      before: table(['Mug 9', 'Lamp 9', 'Tea –', 'Cup 3']),
      step: clickHead('Stock'),
      after: table(['Cup 3', 'Mug 9', 'Lamp 9', 'Tea –']),
    },
  ],
});

describe('isOrdered', () => {
  it.each([
    [['1', '2', '10'], 'ascending', true],
    [['1', '10', '2'], 'ascending', false],
    [['1.000,00 €', '20,00 €', '3,00 €'], 'descending', true],
    [['a', 'B', 'c'], 'ascending', true],
    [['2026-01-02', '2026-01-01', '2026-03-01'], 'either', false],
    [['3 days ago', 'yesterday', '2 weeks ago'], 'either', undefined],
    [['1', '1', '1'], 'either', undefined],
    [['item 2', 'item 10', 'item 11'], 'ascending', true],
  ] as const)('says of %j, %s: %s', (values, direction, expected) => {
    expect(isOrdered(values, direction)).toBe(expected);
  });
});
