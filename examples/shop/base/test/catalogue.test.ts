import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchProducts, sortProducts } from '../src/catalogue.ts';
import { PRODUCTS } from '../src/products.ts';

await test('finds products that hold every word, in any case', () => {
  const names = searchProducts(PRODUCTS, 'OAK solid').map((product) => product.name);
  assert.deepEqual(names, ['Oak serving board']);
  assert.equal(searchProducts(PRODUCTS, '  ').length, PRODUCTS.length);
  assert.equal(searchProducts(PRODUCTS, 'submarine').length, 0);
});

await test('sorts by price both ways, and by name', () => {
  assert.equal(sortProducts(PRODUCTS, 'price-asc')[0]?.slug, 'everyday-mug');
  assert.equal(sortProducts(PRODUCTS, 'price-desc')[0]?.slug, 'arc-floor-lamp');
  assert.equal(sortProducts(PRODUCTS, 'name-asc')[0]?.slug, 'arc-floor-lamp');
});

await test('gives every product its own slug', () => {
  assert.equal(new Set(PRODUCTS.map((product) => product.slug)).size, PRODUCTS.length);
});
