import { formatDate } from '../dates.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { Order } from '../orders.ts';
import type { Session } from '../sessions.ts';
import { addressLines } from './address-fields.ts';
import { layout } from './layout.ts';
import { totalsList } from './totals.ts';

/** One order: as a thank-you when it was just placed, as a record later. */
export function orderPage(session: Session, order: Order, isNew: boolean): Html {
  const lines = order.lines.map(
    ({ name, quantity, price }) => html`<li>
      <span>${quantity} × ${name}</span> <span>${formatMoney(price * quantity)}</span>
    </li>`,
  );
  const main = html`<p class="eyebrow">Order ${order.number}</p>
  <h1>${isNew ? 'Thank you for your order' : `Your order of ${formatDate(order.placedOn)}`}</h1>
  <div class="columns">
    <section class="stack" aria-labelledby="what">
      <h2 id="what">What you get</h2>
      <ul class="plain-lines">${lines}</ul>
      ${totalsList(order)}
    </section>
    <section class="panel" aria-labelledby="where">
      <h2 id="where">Where it goes</h2>
      ${addressLines(order.address)}
      <p class="muted">${order.status === 'placed' ? `Placed on ${formatDate(order.placedOn)}.` : 'Delivered.'}</p>
      <p><a href="/account">All your orders</a></p>
    </section>
  </div>`;
  return layout(session, `Order ${order.number}`, { main });
}
