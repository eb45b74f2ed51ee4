import { countItems } from '../cart.ts';
import { type Html, html } from '../html.ts';
import type { Session } from '../sessions.ts';

const LOGO = html`<svg class="logo-mark" viewBox="0 0 32 32" aria-hidden="true">
  <circle cx="16" cy="16" r="15" fill="#2f4a3d" />
  <path d="M5 20c4-7 8-9 13-8 3 .6 5-.6 7-3-.4 6-4 11-11 12-4 .6-6-.4-9-1z" fill="#f0c9a0" />
  <circle cx="21.5" cy="11.6" r="1" fill="#2f4a3d" />
</svg>`;

/** The frame of every page. `script` names a file that adds comfort; pages work without it. */
export function layout(
  session: Session,
  title: string,
  content: { readonly main: Html; readonly script?: string },
): Html {
  const { notice } = session;
  session.notice = undefined;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Larkmoor</title>
  <link rel="icon" href="/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/shop.css">
  ${content.script !== undefined && html`<script src="/${content.script}" defer></script>`}
</head>
<body>
  <a class="skip-link" href="#main">Skip to the content</a>
  <header class="site-header">
    <a class="logo" href="/">${LOGO}<span>Larkmoor</span></a>
    <nav class="site-nav" aria-label="Main">
      <a href="/products">Shop</a>
      <a href="/account">${session.account === undefined ? 'Log in' : 'Account'}</a>
      <a class="cart-link" href="/cart">Cart <span class="cart-count">${countItems(session.cart)}</span></a>
    </nav>
  </header>
  ${notice !== undefined && html`<p class="notice" role="status">${notice}</p>`}
  <main id="main">${content.main}</main>
  <footer class="site-footer">
    <p>Larkmoor sends useful things for a calm home from a former rope works in Rye.</p>
    <p>Delivery in three days, free from €50. Thirty days to change your mind.</p>
  </footer>
</body>
</html>`;
}
