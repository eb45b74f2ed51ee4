import { basket, euro } from './basket.js';
import { basketPage } from './basket-page.js';
import { checkoutPage, ordersPage } from './checkout.js';

const PAGES = [
  [/^\/$/, () => shopPage()],
  [/^\/plant\/([a-z]+)$/, (sku) => plantPage(sku)],
  [/^\/saved$/, () => savedPage()],
  [/^\/basket$/, () => basketPage()],
  [/^\/checkout$/, () => checkoutPage()],
  [/^\/orders$/, () => ordersPage()],
];

export function navigate(path) {
  history.pushState(null, '', path);
  window.scrollTo(0, 0);
  document.querySelector('sh-page').draw();
  document.querySelector('sh-header').draw();
}

class ShHeader extends HTMLElement {
  connectedCallback() {
    basket.addEventListener('change', () => this.draw());
    this.draw();
  }

  draw() {
    const link = (path, text) =>
      `<a href="${path}"${location.pathname === path ? ' aria-current="page"' : ''}>${text}</a>`;
    this.innerHTML = `<nav>
      <a class="logo" href="/">Seedhouse</a>
      ${link('/', 'Plants')}
      ${link('/saved', `Saved (${basket.saved.length})`)}
      ${link('/orders', 'Orders')}
      <a class="basket-link" href="/basket">Basket <span class="badge">${basket.count}</span></a>
    </nav>`;
  }
}

class ShPage extends HTMLElement {
  connectedCallback() {
    addEventListener('popstate', () => this.draw());
    basket.addEventListener('change', () => this.draw());
    this.innerHTML = '<p class="wait">One moment…</p>';
    fetch('/api/plants')
      .then((response) => response.json())
      .then((plants) => {
        basket.plants = plants;
        this.draw();
      });
  }

  draw() {
    if (basket.plants.length === 0) return;
    for (const [pattern, page] of PAGES) {
      const match = pattern.exec(location.pathname);
      if (match !== null) return this.replaceChildren(page(match[1]));
    }
    this.innerHTML = '<h1>Nothing grows here</h1><p><a href="/">All plants</a></p>';
  }
}

const view = { light: 'all', order: 'name', sale: false };

const ORDERS = {
  name: (a, b) => a.name.localeCompare(b.name, 'en'),
  cheap: (a, b) => a.price - b.price,
  dear: (a, b) => b.price - a.price,
};

/** Makes the elements of a template; `data-on` on an element names its click handler. */
export function fragment(html, handlers = {}) {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const element of template.content.querySelectorAll('[data-on]')) {
    element.addEventListener('click', (event) => handlers[element.dataset.on](element.dataset, event));
  }
  return template.content;
}

function shopPage() {
  const found = basket.plants
    .filter((plant) => view.light === 'all' || plant.light === view.light || plant.light === 'any')
    .filter((plant) => !view.sale || plant.was !== undefined)
    .toSorted(ORDERS[view.order]);
  const chip = (light, text) =>
    `<button class="chip" data-on="light" data-light="${light}" aria-pressed="${view.light === light}">${text}</button>`;
  const page = fragment(
    `<h1>Plants</h1>
    <p class="promo">New here? 15% off with the code <b>GROW15</b>.</p>
    <div class="filters">
      ${chip('all', 'All')} ${chip('sun', 'Sun')} ${chip('shade', 'Shade')}
      <label><input type="checkbox" name="sale" ${view.sale ? 'checked' : ''}> On offer</label>
      <label>Order <select name="order">
        <option value="name">Name</option><option value="cheap">Cheapest first</option><option value="dear">Dearest first</option>
      </select></label>
    </div>
    <p class="count">${found.length} ${found.length === 1 ? 'plant' : 'plants'}</p>
    <div class="grid">${found.map(card).join('')}</div>`,
    {
      light: ({ light }) => {
        view.light = light;
        redraw();
      },
      add: ({ sku }) => basket.add(sku),
      save: ({ sku }) => basket.toggleSaved(sku),
    },
  );
  const order = page.querySelector('select');
  order.value = view.order;
  order.addEventListener('change', () => {
    view.order = order.value;
    redraw();
  });
  page.querySelector('[name=sale]').addEventListener('change', (event) => {
    view.sale = event.target.checked;
    redraw();
  });
  return page;
}

function redraw() {
  document.querySelector('sh-page').draw();
}

function card(plant) {
  const isSaved = basket.saved.includes(plant.sku);
  return `<article class="card">
    <div class="picture ${plant.light}">${plant.was === undefined ? '' : '<span class="flag">Offer</span>'}</div>
    <h2><a href="/plant/${plant.sku}">${plant.name}</a></h2>
    <p class="latin">${plant.latin}</p>
    <p class="price">${euro(plant.price)} ${plant.was === undefined ? '' : `<s>${euro(plant.was)}</s>`}</p>
    <div class="actions">
      ${plant.stock === 0 ? '<button disabled>Sold out</button>' : `<button class="buy" data-on="add" data-sku="${plant.sku}">Add</button>`}
      <button class="heart" data-on="save" data-sku="${plant.sku}" aria-label="Save ${plant.name}" aria-pressed="${isSaved}">${isSaved ? '♥' : '♡'}</button>
    </div>
  </article>`;
}

function plantPage(sku) {
  const plant = basket.plant(sku);
  if (plant === undefined)
    return fragment('<h1>We do not have that plant</h1><p><a href="/">All plants</a></p>');
  const inBasket = basket.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  const also = basket.plants.filter((one) => one.light === plant.light && one.sku !== sku).slice(0, 2);
  return fragment(
    `<p><a href="/">Plants</a> › ${plant.name}</p>
    <div class="plant">
      <div class="picture ${plant.light}"></div>
      <div>
        <h1>${plant.name}</h1>
        <p class="latin">${plant.latin}</p>
        <p class="price">${euro(plant.price)} ${plant.was === undefined ? '' : `<s>${euro(plant.was)}</s>`}</p>
        <p>${plant.text}</p>
        <p class="stock">${plant.stock === 0 ? 'Sold out' : plant.stock < 4 ? `Only ${plant.stock} left` : 'In stock'}</p>
        ${plant.stock === 0 ? '' : '<button class="buy" data-on="add">Add to basket</button>'}
        ${inBasket === 0 ? '' : `<p class="in-basket">${inBasket} in your basket. <a href="/basket">Go to basket</a></p>`}
        <details><summary>Delivery and care</summary><p>Packed in straw. Water it when it arrives.</p></details>
      </div>
    </div>
    <h2>Likes the same place</h2>
    <ul>${also.map((one) => `<li><a href="/plant/${one.sku}">${one.name}</a>, ${euro(one.price)}</li>`).join('')}</ul>`,
    { add: () => basket.add(sku) },
  );
}

function savedPage() {
  const saved = basket.saved.map((sku) => basket.plant(sku));
  if (saved.length === 0)
    return fragment('<h1>Saved</h1><p>You have saved nothing yet. <a href="/">All plants</a></p>');
  return fragment(
    `<h1>Saved</h1><ul class="saved">${saved
      .map(
        (plant) => `<li><a href="/plant/${plant.sku}">${plant.name}</a> ${euro(plant.price)}
        <button data-on="move" data-sku="${plant.sku}"${plant.stock === 0 ? ' disabled' : ''}>Move to basket</button>
        <button data-on="forget" data-sku="${plant.sku}">Forget</button></li>`,
      )
      .join('')}</ul>`,
    {
      move: ({ sku }) => {
        basket.add(sku);
        basket.toggleSaved(sku);
      },
      forget: ({ sku }) => basket.toggleSaved(sku),
    },
  );
}

// Links of our own stay in the page.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="/"]');
  if (link === null || event.metaKey || event.ctrlKey || event.button !== 0) return;
  event.preventDefault();
  navigate(link.getAttribute('href'));
});

customElements.define('sh-header', ShHeader);
customElements.define('sh-page', ShPage);
