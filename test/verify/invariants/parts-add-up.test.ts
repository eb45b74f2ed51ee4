import { partsAddUp } from '../../../src/verify/invariants/parts-add-up.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const summary = (lines: readonly (readonly [string, string])[]): string =>
  `<dl>${lines.map(([label, amount]) => `<dt>${label}</dt><dd>${amount}</dd>`).join('')}</dl>`;
const line = (name: string, price: string, more = ''): string =>
  `<li><span>${name}</span> <span>${price}</span> ${more}<button>Remove</button></li>`;

testInvariant(partsAddUp, {
  buggy: [
    {
      says: 'a discount that is not taken off',
      after: summary([
        ['Subtotal', '$20.00'],
        ['Discount', '−$4.00'],
        ['Shipping', '$5.00'],
        ['Total', '$‹25.00|21.00›'],
      ]),
      what: /Total is \$25\.00, but its parts make 21\.00/,
    },
    {
      says: 'shipping that is not added, in German',
      after: summary([
        ['Zwischensumme', '1.020,00 €'],
        ['Versand', '4,90 €'],
        ['Gesamtsumme', '‹1.020,00|1.024,90› €'],
      ]),
      what: /1024\.90/,
    },
    {
      says: 'a table whose total is not the sum',
      after:
        '<table><tr><td>Subtotal</td><td>$10.00</td></tr><tr><td>Tax</td><td>$1.00</td></tr><tr><td>Grand total</td><td>$‹12|11›.00</td></tr></table>',
      what: /Grand total is \$12/,
    },
    {
      says: 'texts in spans',
      after:
        '<div><span>Subtotal</span><span>$10.00</span></div><div><span>Shipping</span><span>$2.00</span></div><div><span>Total</span><span>$‹10|12›.00</span></div>',
      what: /Total is \$10/,
    },
    {
      says: 'a cart whose lines make another sum',
      after: `<h1>Cart</h1><ul>${line('Mug', '$8.00')}${line('Lamp', '$20.00')}</ul><p>Total: $‹20|28›.00</p>`,
      what: /Total is \$20\.00, but its parts make 28\.00/,
    },
    {
      says: 'quantities that do not count',
      after: `<ul>${line('Mug', '$8.00', '<input type="number" aria-label="Quantity" value="3">')}${line('Lamp', '$20.00', '<input type="number" aria-label="Quantity" value="1">')}</ul><p>Subtotal: $‹36|44›.00</p>`,
      what: /44\.00/,
    },
  ],
  clean: [
    {
      says: 'a tax that is inside',
      after: summary([
        ['Subtotal', '$20.00'],
        ['Shipping', '$5.00'],
        ['Total', '$25.00'],
        ['incl. VAT', '$4.00'],
      ]),
    },
    {
      says: 'a tax that is inside, before the total',
      after: summary([
        ['Subtotal', '€20.00'],
        ['Includes VAT', '€3.19'],
        ['Total', '€20.00'],
      ]),
    },
    {
      says: 'free shipping',
      after: summary([
        ['Subtotal', '$20.00'],
        ['Shipping', 'Free'],
        ['Total', '$20.00'],
      ]),
    },
    {
      says: 'a saving that is inside already',
      after: summary([
        ['Subtotal', '$20.00'],
        ['You save', '$3.00'],
        ['Total', '$20.00'],
      ]),
    },
    {
      says: 'a line that is not known',
      after: summary([
        ['Subtotal', '$20.00'],
        ['Membership', '$3.00'],
        ['Total', '$30.00'],
      ]),
    },
    {
      says: 'two currencies',
      after: summary([
        ['Subtotal', '$20.00'],
        ['Shipping', '€5.00'],
        ['Total', '$26.00'],
      ]),
    },
    {
      says: 'a discount larger than all',
      after: summary([
        ['Subtotal', '$20.00'],
        ['Voucher', '−$30.00'],
        ['Total', '$0.00'],
      ]),
    },
    {
      says: 'rounding',
      after: summary([
        ['Subtotal', '$19.99'],
        ['Tax', '$1.65'],
        ['Total', '$21.65'],
      ]),
    },
    {
      says: 'old prices in a cart',
      after: `<ul>${line('Mug', '<del>$9.00</del> $8.00')}${line('Lamp', '$20.00')}</ul><p>Total: $28.00</p>`,
    },
    {
      says: 'line totals in a cart',
      after: `<ul>${line('Mug', '2 × $8.00 = $16.00')}${line('Lamp', '1 × $20.00 = $20.00')}</ul><p>Total: $36.00</p>`,
    },
    {
      says: 'a list of products with a small cart',
      after:
        '<ul><li>Mug $8.00 <button>Add to cart</button></li><li>Lamp $20.00 <button>Add to cart</button></li></ul><p>Total: $5.00</p>',
    },
    {
      says: 'a total with a price by weight',
      after: `<ul>${line('Tea', '$4.00 ($40.00 / kg)')}</ul><p>Total: $4.00</p>`,
    },
  ],
});
