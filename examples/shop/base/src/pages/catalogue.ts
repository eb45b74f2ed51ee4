import { SORTS } from '../catalogue.ts';
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { pictureOf } from '../pictures.ts';
import type { Product } from '../products.ts';
import type { Session } from '../sessions.ts';
import { layout } from './layout.ts';

interface Listing {
  readonly search: string;
  readonly sort: string;
  readonly products: readonly Product[];
}

export function cataloguePage(session: Session, listing: Listing): Html {
  const main = html`
    <div class="intro">
      <h1>Useful things for a calm home</h1>
      <p>Nine things we would buy again, from workshops we have visited.</p>
    </div>
    ${filterForm(listing)}
    <p class="result-count" role="status">${countLabel(listing)}</p>
    ${listing.products.length > 0 ? html`<ul class="grid">${listing.products.map(card)}</ul>` : nothingFound()}`;
  return layout(session, 'Shop', { main });
}

function filterForm({ search, sort }: Listing): Html {
  return html`<form class="filters" action="/products" method="get" role="search">
    <div class="field">
      <label for="q">Search</label>
      <input id="q" name="q" type="search" value="${search}" placeholder="Lamp, oak, wool …">
    </div>
    <div class="field">
      <label for="sort">Sort by</label>
      <select id="sort" name="sort">
        ${SORTS.map(
          ({ value, label }) =>
            html`<option value="${value}"${value === sort && html` selected`}>${label}</option>`,
        )}
      </select>
    </div>
    <button class="button button-quiet" type="submit">Show</button>
  </form>`;
}

function card(product: Product): Html {
  return html`<li class="card">
    <div class="card-picture">${pictureOf(product.slug)}</div>
    <h2 class="card-name"><a href="/products/${product.slug}">${product.name}</a></h2>
    <p class="card-maker">${product.maker}</p>
    <p class="price">${formatMoney(product.price)}</p>
  </li>`;
}

function countLabel({ search, products }: Listing): string {
  const count = products.length === 1 ? '1 thing' : `${products.length} things`;
  return search === '' ? count : `${count} for “${search}”`;
}

function nothingFound(): Html {
  return html`<div class="empty">
    <h2>Nothing here by that name</h2>
    <p>Try fewer words, or <a href="/products">look at everything</a>.</p>
  </div>`;
}
