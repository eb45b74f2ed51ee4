import type { Account } from '../accounts.ts';
import { formatDate } from '../dates.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { Order } from '../orders.ts';
import type { Session } from '../sessions.ts';
import { addressLines } from './address-fields.ts';
import { layout } from './layout.ts';

export function accountPage(session: Session, account: Account, orders: readonly Order[]): Html {
  const main = html`<h1>Your account</h1>
  <div class="columns columns-even">
    <section class="panel" aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <form class="stack" action="/account/profile" method="post">
        <div class="field">
          <label for="name">Name</label>
          <input id="name" name="name" value="${account.name}" autocomplete="name" required>
        </div>
        <p class="muted">${account.email}</p>
        <button class="button button-quiet" type="submit">Save profile</button>
      </form>
    </section>
    <section class="panel" aria-labelledby="address">
      <h2 id="address">Delivery address</h2>
      ${addressLines(account.address)}
      <p><a class="button button-quiet" href="/account/address">Change address</a></p>
    </section>
  </div>
  <section aria-labelledby="orders">
    <h2 id="orders">Orders</h2>
    ${orderTable(orders)}
  </section>
  <form action="/logout" method="post"><button class="link-button" type="submit">Log out</button></form>`;
  return layout(session, 'Account', { main });
}

function orderTable(orders: readonly Order[]): Html {
  if (orders.length === 0) return html`<p class="muted">Nothing yet. Your orders will be listed here.</p>`;
  const rows = orders.map(
    (order) => html`<tr>
      <td><a href="/orders/${order.number}">${order.number}</a></td>
      <td>${formatDate(order.placedOn)}</td>
      <td><span class="tag">${order.status === 'placed' ? 'On its way' : 'Delivered'}</span></td>
      <td class="number">${formatMoney(order.total)}</td>
    </tr>`,
  );
  return html`<div class="table-frame"><table>
    <thead><tr><th>Number</th><th>Placed on</th><th>State</th><th class="number">Total</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}
