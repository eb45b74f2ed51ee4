import type { Address } from '../accounts.ts';
import { totalsOf } from '../cart.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { Session } from '../sessions.ts';
import { addressFields } from './address-fields.ts';
import { layout } from './layout.ts';
import { totalsList } from './totals.ts';

export function checkoutPage(session: Session, address: Address, missing: readonly string[]): Html {
  const lines = session.cart.lines.map(
    ({ product, quantity }) => html`<li>
      <span>${quantity} × ${product.name}</span> <span>${formatMoney(product.price * quantity)}</span>
    </li>`,
  );
  const main = html`<h1>Check out</h1>
  <form class="columns" action="/checkout" method="post">
    <section class="stack" aria-labelledby="delivery">
      <h2 id="delivery">Where shall it go?</h2>
      ${addressFields(address, missing)}
    </section>
    <section class="panel" aria-labelledby="order">
      <h2 id="order">Your order</h2>
      <ul class="plain-lines">${lines}</ul>
      ${totalsList(totalsOf(session.cart))}
      <p class="muted">You pay by invoice, within thirty days of delivery.</p>
      <button class="button button-wide" type="submit">Place order</button>
    </section>
  </form>`;
  return layout(session, 'Check out', { main });
}
