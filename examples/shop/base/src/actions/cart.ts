import { addToCart, applyCoupon, removeFromCart, setQuantity } from '../cart.ts';
import { findCoupon } from '../coupons.ts';
import { page, type Reply, RequestError, redirect } from '../http.ts';
import { cartPage } from '../pages/cart.ts';
import { findProduct } from '../products.ts';
import type { Visit } from '../routes.ts';

export function showCart({ session }: Visit): Reply {
  return page(cartPage(session, {}));
}

export function addItem({ session, form }: Visit): Reply {
  const product = findProduct(form.get('product') ?? '');
  if (product === undefined) throw new RequestError(404, 'We do not sell that any more.');
  session.cart = addToCart(session.cart, product, readQuantity(form));
  session.notice = `${product.name} is in your cart.`;
  return redirect('/cart');
}

export function changeQuantity({ session, form }: Visit): Reply {
  session.cart = setQuantity(session.cart, form.get('product') ?? '', readQuantity(form));
  return redirect('/cart');
}

export function removeItem({ session, form }: Visit): Reply {
  session.cart = removeFromCart(session.cart, form.get('product') ?? '');
  return redirect('/cart');
}

export function enterCoupon({ session, form }: Visit): Reply {
  const code = form.get('code') ?? '';
  const coupon = findCoupon(code);
  if (coupon === undefined) return page(cartPage(session, { refusedCoupon: code }), 422);
  session.cart = applyCoupon(session.cart, coupon);
  return redirect('/cart');
}

export function dropCoupon({ session }: Visit): Reply {
  session.cart = applyCoupon(session.cart, undefined);
  return redirect('/cart');
}

function readQuantity(form: URLSearchParams): number {
  const quantity = Number(form.get('quantity') ?? '1');
  if (!Number.isInteger(quantity)) throw new RequestError(400, 'A quantity is a whole number.');
  return quantity;
}
