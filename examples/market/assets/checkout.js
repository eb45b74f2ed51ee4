import { basket, euro } from './basket.js';
import { sums } from './basket-page.js';
import { fragment, navigate } from './market.js';

/** Tells the server that two presses mean one order. */
let orderKey = crypto.randomUUID();

export function checkoutPage() {
  if (basket.lines.length === 0)
    return fragment('<h1>Check out</h1><p>There is nothing to pay for. <a href="/">All plants</a></p>');
  const page = fragment(
    `<p><a href="/basket">Back to the basket</a></p>
    <h1>Check out</h1>
    <form class="checkout" novalidate>
      <label>Name <input name="name" autocomplete="name"></label>
      <label>Address <textarea name="address" rows="2"></textarea></label>
      <fieldset><legend>Delivery day</legend>
        <label><input type="radio" name="day" value="Monday" checked> Monday</label>
        <label><input type="radio" name="day" value="Wednesday"> Wednesday</label>
      </fieldset>
      <label class="terms"><input type="checkbox" name="terms"> I know that plants are living things</label>
      <p class="refused" hidden></p>
      ${sums()}
      <button class="button" id="order">Order and pay</button>
    </form>`,
  );
  page.querySelector('form').addEventListener('submit', order);
  return page;
}

async function order(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const { name, address, terms } = form.elements;
  const problem =
    name.value.trim() === ''
      ? 'Tell us who it is for.'
      : address.value.trim() === ''
        ? 'Tell us where it goes.'
        : terms.checked
          ? undefined
          : 'Please tick the box.';
  const refused = form.querySelector('.refused');
  refused.hidden = problem === undefined;
  refused.textContent = problem ?? '';
  if (problem !== undefined) return;
  const button = form.querySelector('#order');
  button.disabled = true;
  const response = await fetch('/api/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      key: orderKey,
      name: name.value,
      lines: basket.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      total: basket.totals().total,
    }),
  });
  const answer = await response.json();
  button.disabled = false;
  if (!response.ok) {
    refused.hidden = false;
    refused.textContent = answer.error;
    return;
  }
  orderKey = crypto.randomUUID();
  basket.clear();
  navigate('/orders');
}

export function ordersPage() {
  const page = fragment('<h1>Orders</h1><div id="orders"><p class="wait">One moment…</p></div>');
  const box = page.querySelector('#orders');
  fetch('/api/orders')
    .then((response) => response.json())
    .then((list) => {
      box.innerHTML =
        list.length === 0
          ? '<p>You have not ordered yet. The code FIVER takes €5 off from €30 on.</p>'
          : `<p>${list.length} ${list.length === 1 ? 'order' : 'orders'}, ${euro(list.reduce((sum, one) => sum + one.total, 0))} in all</p>
            <ul>${list.map((one) => `<li>${one.number}: ${one.lines.reduce((sum, line) => sum + line.quantity, 0)} plants, ${euro(one.total)}</li>`).join('')}</ul>`;
    });
  return page;
}
