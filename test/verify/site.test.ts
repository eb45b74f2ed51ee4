import { expect, test } from 'vitest';
import { addressOf, pathOn, pathTemplate, toSite } from '../../src/verify/site.ts';

test('ids in a path are folded, names and versions are not', () => {
  for (const id of ['17', '3', 'L791', 'INV-0042', 'a1b2c3d4', '2026-03-17', 'order20260317'])
    expect(pathTemplate(`/orders/${id}/items`)).toBe('/orders/:id/items');
  for (const name of ['new', 'v2', 'a11y', 'oak-table', 'step1'])
    expect(pathTemplate(`/orders/${name}`)).toBe(`/orders/${name}`);
});

test('of a query the names are kept, in their order in the alphabet', () => {
  expect(pathTemplate('/list?sort=name&page=2')).toBe('/list?page&sort');
});

test('paths hang below the folder in which a deployment starts, and never lead elsewhere', () => {
  const site = toSite('https://a.dev/pr-5/');
  expect(addressOf(site, '/cart')).toBe('https://a.dev/pr-5/cart');
  expect(addressOf(site, '//other.example/')).toBe('https://a.dev/pr-5/other.example/');
  expect(pathOn(site, 'https://a.dev/pr-5/cart?x=1')).toBe('/cart?x=1');
  expect(pathOn(site, 'https://a.dev/pr-6/cart')).toBeUndefined();
});
