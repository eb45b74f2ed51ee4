import type { Address } from '../accounts.ts';
import { type Html, html } from '../html.ts';
import type { Session } from '../sessions.ts';
import { addressFields } from './address-fields.ts';
import { layout } from './layout.ts';

export function addressPage(session: Session, address: Address, missing: readonly string[]): Html {
  const main = html`<div class="narrow">
    <h1>Delivery address</h1>
    <p class="muted">We use it for your next order. Earlier orders keep theirs.</p>
    <form class="stack address-form" action="/account/address" method="post">
      ${addressFields(address, missing)}
      <button class="button button-wide" type="submit">Save address</button>
    </form>
    <p><a href="/account">Back to your account</a></p>
  </div>`;
  return layout(session, 'Delivery address', { main, script: 'address.js' });
}
