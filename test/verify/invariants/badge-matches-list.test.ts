import { badgeMatchesList } from '../../../src/verify/invariants/badge-matches-list.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const nav = (name: string): string => `<nav><a href="/">Home</a> <a href="/cart">${name}</a></nav>`;
const lines =
  '<ul><li>Mug × 2 <span>$8.00</span> <button>Remove</button></li><li>Lamp × 1 <span>$9.00</span> <button>Remove</button></li></ul>';

testInvariant(badgeMatchesList, {
  buggy: [
    {
      says: 'a badge that lags behind',
      after: `${nav('Cart (‹1|3›)')}<h1>Your basket</h1>${lines}`,
      what: /“Cart \(1\)” says 1, but 3 are listed/,
    },
    {
      says: 'a badge without brackets',
      after: `${nav('Warenkorb <b>‹5|2›</b>')}<main>${lines}</main>`,
      what: /says 5/,
    },
    {
      says: 'a heading with a wrong number',
      after: '<section><h2>Comments (‹3|2›)</h2><ul><li>Nice</li><li>Bad</li></ul></section>',
      what: /“Comments \(3\)” says 3, but 2 are listed/,
    },
  ],
  clean: [
    { says: 'a badge that counts lines', after: `${nav('Cart (2)')}<main>${lines}</main>` },
    {
      says: 'unread mail',
      after:
        '<nav><a href="/in">Inbox (3)</a></nav><main><h1>Inbox</h1><ul><li>a</li><li>b</li><li>c</li><li>d</li></ul></main>',
    },
    {
      says: 'a page of products',
      after: `${nav('Cart (7)')}<ul><li>Mug $8.00 <button>Add to cart</button></li><li>Lamp $9.00 <button>Add to cart</button></li></ul>`,
    },
    {
      says: 'the first of many',
      after:
        '<section><h2>Reviews (128)</h2><ul><li>Nice</li><li>Bad</li></ul><button>Show all</button></section>',
    },
    {
      says: 'a heading with a year',
      after: '<section><h2>Films of (2024)</h2><p>Some</p></section><h2>Chapter 3</h2><ul><li>a</li></ul>',
    },
    {
      says: 'replies that count too',
      after:
        '<section><h2>Comments (3)</h2><ul><li>One<ul><li>Reply</li></ul></li><li>Two</li></ul></section>',
    },
  ],
});
