import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addToCart,
  applyCoupon,
  countItems,
  EMPTY_CART,
  removeFromCart,
  setQuantity,
  totalsOf,
} from '../src/cart.ts';
import { discountFor, findCoupon } from '../src/coupons.ts';
import { findProduct, type Product } from '../src/products.ts';

await test('adds the same product to one line', () => {
  const cart = addToCart(addToCart(EMPTY_CART, product('everyday-mug'), 1), product('everyday-mug'), 2);
  assert.equal(cart.lines.length, 1);
  assert.equal(countItems(cart), 3);
});

await test('keeps quantities between one and twenty, and takes the line out at zero', () => {
  const cart = addToCart(EMPTY_CART, product('everyday-mug'), 50);
  assert.equal(countItems(cart), 20);
  assert.equal(setQuantity(cart, 'everyday-mug', 0).lines.length, 0);
});

await test('removes one product and leaves the others', () => {
  const cart = addToCart(addToCart(EMPTY_CART, product('everyday-mug'), 1), product('tall-vase'), 1);
  assert.deepEqual(
    removeFromCart(cart, 'everyday-mug').lines.map((line) => line.product.slug),
    ['tall-vase'],
  );
});

await test('charges delivery under fifty euros and none from there', () => {
  assert.equal(totalsOf(addToCart(EMPTY_CART, product('everyday-mug'), 1)).shipping, 490);
  assert.equal(totalsOf(addToCart(EMPTY_CART, product('tall-vase'), 1)).shipping, 0);
  assert.equal(totalsOf(EMPTY_CART).total, 0);
});

await test('takes the discount off the subtotal', () => {
  const cart = applyCoupon(addToCart(EMPTY_CART, product('tall-vase'), 1), findCoupon('SAVE20'));
  assert.deepEqual(totalsOf(cart), { subtotal: 5600, discount: 1120, shipping: 0, total: 4480 });
});

await test('finds a coupon however it is typed, and rounds in favour of the till', () => {
  assert.equal(findCoupon(' save20 ')?.percent, 20);
  assert.equal(findCoupon('SAVE99'), undefined);
  assert.equal(discountFor(findCoupon('SAVE20'), 1499), 299);
});

function product(slug: string): Product {
  const found = findProduct(slug);
  assert.ok(found, `no product ${slug}`);
  return found;
}
