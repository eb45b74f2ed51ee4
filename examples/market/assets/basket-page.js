import { basket, euro } from './basket.js';
import { fragment } from './market.js';

let refused = '';

export function basketPage() {
  if (basket.lines.length === 0) {
    refused = '';
    return fragment('<h1>Basket</h1><p>Your basket is empty. <a href="/">Look at the plants</a></p>');
  }
  const page = fragment(
    `<h1>Basket</h1>
    <table class="basket">
      <thead><tr><th>Plant</th><th>Each</th><th>Quantity</th><th>Sum</th><th></th></tr></thead>
      <tbody>${basket.lines.map(line).join('')}</tbody>
    </table>
    <div class="below">
      <div>
        ${basket.coupon === null ? couponForm() : `<p class="coupon">Code <b>${basket.coupon.code}</b> <button data-on="drop">Take it out</button></p>`}
        <label class="gift"><input type="checkbox" name="gift" ${basket.gift ? 'checked' : ''}> Wrap it as a gift (${euro(250)})</label>
      </div>
      ${sums()}
    </div>
    <p class="next"><a href="/">Go on shopping</a> <a class="button" href="/checkout">Check out</a></p>`,
    {
      less: ({ sku }) => step(sku, -1),
      more: ({ sku }) => step(sku, 1),
      remove: ({ sku }) => basket.remove(sku),
      drop: () => basket.setCoupon(null),
    },
  );
  page
    .querySelector('[name=gift]')
    .addEventListener('change', (event) => basket.setGift(event.target.checked));
  page.querySelector('form')?.addEventListener('submit', redeem);
  return page;
}

function step(sku, by) {
  const { quantity } = basket.lines.find((one) => one.sku === sku);
  basket.setQuantity(sku, quantity + by);
}

function line({ sku, plant, quantity }) {
  return `<tr>
    <td><a href="/plant/${sku}">${plant.name}</a></td>
    <td>${euro(plant.price)}</td>
    <td class="stepper">
      <button data-on="less" data-sku="${sku}" aria-label="One ${plant.name} less">−</button>
      <span>${quantity}</span>
      <button data-on="more" data-sku="${sku}" aria-label="One ${plant.name} more"${quantity >= plant.stock ? ' disabled' : ''}>+</button>
    </td>
    <td class="sum">${euro(plant.price * quantity)}</td>
    <td><button class="plain" data-on="remove" data-sku="${sku}">Remove</button></td>
  </tr>`;
}

function couponForm() {
  return `<form class="coupon">
    <input name="code" placeholder="Voucher code" autocomplete="off">
    <button>Redeem</button>
    <p class="refused"${refused === '' ? ' hidden' : ''}>${refused}</p>
  </form>`;
}

async function redeem(event) {
  event.preventDefault();
  const code = event.currentTarget.elements.code.value.trim();
  if (code === '') return;
  const response = await fetch(`/api/coupon?code=${encodeURIComponent(code)}`);
  const answer = await response.json();
  refused = response.ok ? '' : answer.error;
  basket.setCoupon(response.ok ? answer : null);
}

export function sums() {
  const { goods, discount, gift, delivery, total } = basket.totals();
  const row = (name, value) => `<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return `<dl class="sums">
    ${row('Plants', euro(goods))}
    ${discount > 0 ? row('Voucher', `−${euro(discount)}`) : ''}
    ${gift > 0 ? row('Gift wrap', euro(gift)) : ''}
    ${row('Delivery', delivery === 0 ? 'free' : euro(delivery))}
    <div class="total"><dt>Total</dt><dd>${euro(total)}</dd></div>
  </dl>`;
}
