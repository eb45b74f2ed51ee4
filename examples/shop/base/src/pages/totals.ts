import type { Totals } from '../cart.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';

/** The sums of a cart or an order, as a list of terms. */
export function totalsList(totals: Totals): Html {
  return html`<dl class="totals">
    <div><dt>Subtotal</dt><dd>${formatMoney(totals.subtotal)}</dd></div>
    ${totals.discount > 0 && html`<div><dt>Discount</dt><dd>${formatMoney(-totals.discount)}</dd></div>`}
    <div><dt>Delivery</dt><dd>${totals.shipping === 0 ? 'Free' : formatMoney(totals.shipping)}</dd></div>
    <div class="totals-sum"><dt>Total</dt><dd>${formatMoney(totals.total)}</dd></div>
  </dl>`;
}
