import { noRawValue } from '../../../src/verify/invariants/no-raw-value.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

testInvariant(noRawValue, {
  buggy: [
    { says: 'NaN as an amount', after: '<p>Total: <b>$‹NaN|12.00›</b></p>', what: /shows “\$NaN”/ },
    {
      says: 'NaN with the currency behind it',
      after: '<table><tr><td>Summe</td><td>‹NaN|12,00› €</td></tr></table>',
      what: /“NaN €”/,
    },
    { says: 'a missing name', after: '<h1>Welcome back, ‹undefined|Ada›!</h1>', what: /“undefined”/ },
    {
      says: 'an object as text',
      after: '<ul><li>‹[object Object]|Mug›</li><li>Lamp</li></ul>',
      what: /\[object Object\]/,
    },
    { says: 'a date that is none', after: '<p>Due: ‹Invalid Date|1 May 2026›</p>', what: /Invalid Date/ },
    { says: 'null in a cell', after: '<dl><dt>Phone</dt><dd>‹null|+1 555 0100›</dd></dl>', what: /“null”/ },
    {
      says: 'a raw value in a name only',
      after: '<button aria-label="Delete ‹undefined|Mug›">×</button>',
      what: /undefined/,
    },
    { says: 'a division by zero', after: '<p>Average price: ‹-Infinity|3›</p>', what: /-Infinity/ },
    {
      says: 'a raw value in a field',
      after: '<label>City <input value="‹undefined|Rome›"></label>',
      what: /undefined/,
    },
    { says: 'a link to nowhere', after: '<a href="/products/‹undefined|7›">Mug</a>', what: /leads to/ },
    {
      says: 'a request for nothing',
      after: {
        html: '<p>Hi</p>',
        requests: [{ method: 'GET', url: 'https://shop.example/api/users/null', resource: 'fetch' }],
      },
      repaired: {
        html: '<p>Hi</p>',
        requests: [{ method: 'GET', url: 'https://shop.example/api/users/7', resource: 'fetch' }],
      },
      what: /asks for GET \/api\/users\/null/,
    },
  ],
  clean: [
    { says: 'code', after: '<p>It returns <code>undefined</code> or <code>NaN</code>.</p>' },
    {
      says: 'prose about programs',
      after: '<h1>null and undefined in JavaScript</h1><p>undefined is a value.</p>',
    },
    { says: 'the null hypothesis', after: '<h2>The null hypothesis</h2><p>It is null and void</p>' },
    {
      says: 'names of things',
      after: '<ul><li>Infinity Scarf</li><li>Infinity pool</li><li>Naan bread</li><li>Nan Goldin</li></ul>',
    },
    { says: 'what a person typed', after: '<label>Note <textarea>it was null</textarea></label>' },
    {
      says: 'a long sentence',
      after: '<p>The terms are undefined where the parties have not agreed on them in writing.</p>',
    },
    { says: 'the German zero', after: '<p>Stand: null zu null</p>' },
  ],
});
