import { type Html, html } from '../html.ts';
import type { Session } from '../sessions.ts';
import { layout } from './layout.ts';

export function errorPage(session: Session, status: number, message: string): Html {
  const main = html`<div class="narrow">
    <p class="eyebrow">${status}</p>
    <h1>${message}</h1>
    <p><a href="/products">Back to the shop</a></p>
  </div>`;
  return layout(session, 'Not found', { main });
}
