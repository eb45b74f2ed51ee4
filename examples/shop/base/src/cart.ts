import { type Coupon, discountFor } from './coupons.ts';
import type { Cents } from './money.ts';
import type { Product } from './products.ts';

export const MAX_QUANTITY = 20;
const SHIPPING: Cents = 490;
const FREE_SHIPPING_FROM: Cents = 5000;

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
}

export interface Cart {
  readonly lines: readonly CartLine[];
  readonly coupon: Coupon | undefined;
}

export interface Totals {
  readonly subtotal: Cents;
  readonly discount: Cents;
  readonly shipping: Cents;
  readonly total: Cents;
}

export const EMPTY_CART: Cart = { lines: [], coupon: undefined };

/** Adds to the line of the product, or makes one. */
export function addToCart(cart: Cart, product: Product, quantity: number): Cart {
  const line = cart.lines.find((candidate) => candidate.product.slug === product.slug);
  if (line !== undefined) return setQuantity(cart, product.slug, line.quantity + quantity);
  return { ...cart, lines: [...cart.lines, { product, quantity: clampQuantity(quantity) }] };
}

/** Changes how many of a product are in the cart; zero takes it out. */
export function setQuantity(cart: Cart, slug: string, quantity: number): Cart {
  if (quantity <= 0) return removeFromCart(cart, slug);
  const lines = cart.lines.map((line) =>
    line.product.slug === slug ? { ...line, quantity: clampQuantity(quantity) } : line,
  );
  return { ...cart, lines };
}

export function removeFromCart(cart: Cart, slug: string): Cart {
  return { ...cart, lines: cart.lines.filter((line) => line.product.slug !== slug) };
}

export function applyCoupon(cart: Cart, coupon: Coupon | undefined): Cart {
  return { ...cart, coupon };
}

export function countItems(cart: Cart): number {
  return cart.lines.reduce((count, line) => count + line.quantity, 0);
}

/** What the customer pays. Shipping is free from €50, counted before the discount. */
export function totalsOf(cart: Cart): Totals {
  const subtotal = subtotalOf(cart);
  const discount = discountFor(cart.coupon, subtotal);
  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  return { subtotal, discount, shipping, total: subtotal - discount + shipping };
}

function subtotalOf(cart: Cart): Cents {
  return cart.lines.reduce((sum, line) => sum + line.product.price * line.quantity, 0);
}

function clampQuantity(quantity: number): number {
  return Math.min(MAX_QUANTITY, Math.max(1, Math.trunc(quantity)));
}
