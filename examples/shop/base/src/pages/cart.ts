import { type Cart, type CartLine, MAX_QUANTITY, totalsOf } from '../cart.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { pictureOf } from '../pictures.ts';
import type { Session } from '../sessions.ts';
import { layout } from './layout.ts';
import { totalsList } from './totals.ts';

/** The cart; `refusedCoupon` is what the customer typed when no coupon has that code. */
export function cartPage(session: Session, options: { readonly refusedCoupon?: string }): Html {
  const { cart } = session;
  const main = html`<h1>Your cart</h1>${cart.lines.length === 0 ? emptyCart() : filledCart(cart, options)}`;
  return layout(session, 'Cart', { main, script: 'cart.js' });
}

function emptyCart(): Html {
  return html`<div class="empty">
    <h2>It is empty, which is calm too</h2>
    <p>When you find something you like, it waits for you here.</p>
    <p><a class="button" href="/products">Look around the shop</a></p>
  </div>`;
}

function filledCart(cart: Cart, options: { readonly refusedCoupon?: string }): Html {
  return html`<div class="columns">
    <ul class="lines">${cart.lines.map(lineItem)}</ul>
    <section class="panel" aria-labelledby="summary">
      <h2 id="summary">Summary</h2>
      ${cart.coupon === undefined ? couponForm(options.refusedCoupon) : appliedCoupon(cart.coupon)}
      ${totalsList(totalsOf(cart))}
      <a class="button button-wide" href="/checkout">Check out</a>
    </section>
  </div>`;
}

function lineItem({ product, quantity }: CartLine): Html {
  return html`<li class="line">
    <div class="line-picture">${pictureOf(product.slug)}</div>
    <div class="line-text">
      <h2><a href="/products/${product.slug}">${product.name}</a></h2>
      <p class="muted">${formatMoney(product.price)} each</p>
    </div>
    <form class="quantity-form" action="/cart/quantity" method="post">
      <input type="hidden" name="product" value="${product.slug}">
      <input class="quantity" name="quantity" type="number" value="${quantity}" min="1" max="${MAX_QUANTITY}" aria-label="Quantity of ${product.name}">
      <button class="button button-small button-quiet" type="submit">Update</button>
    </form>
    <p class="line-total">${formatMoney(product.price * quantity)}</p>
    <form action="/cart/remove" method="post">
      <input type="hidden" name="product" value="${product.slug}">
      <button class="link-button" type="submit" aria-label="Remove ${product.name}">Remove</button>
    </form>
  </li>`;
}

function couponForm(refused: string | undefined): Html {
  return html`<form class="coupon-form" action="/cart/coupon" method="post">
    <div class="field">
      <label for="code">Coupon</label>
      <input id="code" name="code" autocomplete="off" value="${refused ?? ''}" ${refused !== undefined && html`aria-invalid="true" aria-describedby="code-error"`}>
    </div>
    <button class="button button-quiet" type="submit">Apply</button>
    ${refused !== undefined && html`<p class="field-error" id="code-error">We know no coupon with that code.</p>`}
  </form>`;
}

function appliedCoupon(coupon: { readonly code: string; readonly label: string }): Html {
  return html`<form class="coupon-applied" action="/cart/coupon/remove" method="post">
    <p><strong>${coupon.code}</strong> ${coupon.label}</p>
    <button class="link-button" type="submit">Remove coupon</button>
  </form>`;
}
