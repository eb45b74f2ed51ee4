import { MAX_QUANTITY } from '../cart.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { pictureOf } from '../pictures.ts';
import type { Product } from '../products.ts';
import type { Session } from '../sessions.ts';
import { layout } from './layout.ts';

export function productPage(session: Session, product: Product): Html {
  const main = html`<article class="product">
    <div class="product-picture">${pictureOf(product.slug)}</div>
    <div class="product-text">
      <p class="eyebrow">${product.maker}</p>
      <h1>${product.name}</h1>
      <p class="lead">${product.summary}</p>
      <div class="offer">
        <p class="offer-price">${formatMoney(product.price)}</p>
        <p class="offer-note">Including VAT. In stock, with you in three days.</p>
      </div>
      <form class="add-form" action="/cart/add" method="post">
        <input type="hidden" name="product" value="${product.slug}">
        <div class="field">
          <label for="quantity">Quantity</label>
          <input id="quantity" name="quantity" type="number" value="1" min="1" max="${MAX_QUANTITY}">
        </div>
        <button class="button" type="submit">Add to cart</button>
      </form>
      <h2>Details</h2>
      <ul class="details">${product.details.map((detail) => html`<li>${detail}</li>`)}</ul>
    </div>
  </article>`;
  return layout(session, product.name, { main });
}
