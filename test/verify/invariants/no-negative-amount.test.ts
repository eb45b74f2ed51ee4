import { noNegativeAmount } from '../../../src/verify/invariants/no-negative-amount.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const cart = (lines: string): string => `<h1>Your cart</h1>${lines}<button>Place order</button>`;

testInvariant(noNegativeAmount, {
  buggy: [
    {
      says: 'a total below zero',
      after: cart('<p>Total: <strong>‹−$4.00|$4.00›</strong></p>'),
      what: /Total is −\$4\.00/,
    },
    {
      says: 'a total in one text',
      after: cart('<div><span>Order total</span><span>‹-4,00 €|4,00 €›</span></div>'),
      what: /Order total is -4,00 €/,
    },
    {
      says: 'a German total',
      after: '<h1>Warenkorb</h1><dl><dt>Gesamtsumme</dt><dd>‹−1.234,50 €|1.234,50 €›</dd></dl>',
      what: /Gesamtsumme is −1\.234,50 €/,
    },
    {
      says: 'a price in a table',
      after: cart(
        '<table><tr><th>Item</th><th>Price</th><th>Qty</th></tr><tr><td>Mug</td><td>‹$-3.00|$3.00›</td><td>1</td></tr></table>',
      ),
      what: /Price is \$-3\.00/,
    },
    { says: 'a count below zero', after: '<p>‹-1|1› items left</p>', what: /“-1 items left”/ },
    {
      says: 'a badge below zero',
      after: '<nav><a href="/cart">Cart (‹-2|2›)</a></nav>',
      what: /“Cart \(-2\)”/,
    },
    { says: 'a quantity below zero', after: cart('<p>Quantity: ‹-2|2›</p>'), what: /Quantity: -2/ },
  ],
  clean: [
    {
      says: 'discounts and refunds',
      after: cart(
        '<dl><dt>Discount</dt><dd>−$5.00</dd><dt>Refund</dt><dd>-$2.00</dd><dt>Total</dt><dd>$7.00</dd></dl>',
      ),
    },
    {
      says: 'a discount as a part of the total',
      after: cart('<p>Total discount: −$5.00</p><p>Total savings: -$5</p>'),
    },
    {
      says: 'a bank statement',
      after:
        '<h1>Statement</h1><p>Add to cart</p><table><tr><th>Date</th><th>Amount</th></tr><tr><td>May 1</td><td>−$40.00</td></tr></table><p>Total: −$40.00</p>',
    },
    { says: 'a budget', after: '<h1>Expenses in May</h1><p>Total: −€230.00</p>' },
    { says: 'changes', after: '<p>-3 items since yesterday</p><p>+2 items</p><p>-4 %</p><p>Price −3 %</p>' },
    { says: 'a return', after: cart('<h2>Refund</h2><p>Total: −$20.00</p>') },
    { says: 'ranges', after: cart('<p>Price: $5 – $10</p><p>Total 5–10 €</p><p>Delivery 2-4 days</p>') },
    { says: 'temperatures and places', after: '<p>Berlin −3 °C</p><p>Room -1</p><p>Level -2</p>' },
  ],
});
