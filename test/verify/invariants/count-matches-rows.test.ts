import { countMatchesRows } from '../../../src/verify/invariants/count-matches-rows.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
const things = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `Thing ${'abcdefghijklmnopqrstuvwxyz'[at]}`);
const tasks = (ticks: string): string =>
  list(
    ticks
      .split('')
      .map(
        (tick) => `<label><input type="checkbox" ${tick === 'x' ? 'checked' : ''}> Water the plants</label>`,
      ),
  );

testInvariant(countMatchesRows, {
  buggy: [
    {
      says: 'more results than rows',
      after: `<main><p>‹4|3› results</p>${list(things(3))}</main>`,
      what: /“4 results”/,
    },
    {
      says: 'fewer results than rows',
      after: `<main><p>‹2|3› products found</p>${list(things(3))}</main>`,
      what: /“2 products found”/,
    },
    {
      says: 'a wrong number of rows in a table',
      after:
        '<main><table><tr><th>Name</th></tr><tr><td>Ada</td></tr><tr><td>Bob</td></tr></table><p>‹3|2› Einträge</p></main>',
      what: /“3 Einträge”/,
    },
    {
      says: 'a wrong number of open tasks',
      after: `<main>${tasks('x--')}<footer><span>‹1|2› items left</span></footer></main>`,
      what: /“1 items left”/,
    },
    {
      says: 'a range beyond the end',
      after: `<main>${list(things(5))}<p>Showing 38–‹50|42› of 42</p></main>`,
      what: /38–50 of 42/,
    },
    {
      says: 'more rows than the range says',
      after: `<main>${list(things(5))}<p>1-‹3|5› von 42</p><button>Next</button></main>`,
      what: /1-3 von 42/,
    },
  ],
  clean: [
    {
      says: 'a page of many',
      after: `<main><p>240 results</p>${list(things(10))}<a href="?page=2">Next</a></main>`,
    },
    {
      says: 'a list that loads more',
      after: `<main><p>24 results</p>${list(things(6))}<button>Load more</button></main>`,
    },
    { says: 'a long list that may scroll', after: `<main><p>24 results</p>${list(things(12))}</main>` },
    {
      says: 'a filter over open tasks',
      after: `<main>${tasks('xx')}<footer><span>3 items left</span></footer></main>`,
    },
    {
      says: 'one list of several',
      after: `<main>${tasks('x--')}<footer><span>5 items left</span></footer></main>`,
    },
    {
      says: 'pieces in a cart',
      after: `<main><p>3 items</p>${list(['Mug × 2 $4.00 <button>Remove</button>', 'Lamp × 1 $9.00 <button>Remove</button>'])}</main>`,
    },
    {
      says: 'counts in cards',
      after: `<main>${list(['<h3>Work</h3><p>4 tasks</p>', '<h3>Home</h3><p>2 tasks</p>'])}</main>`,
    },
    {
      says: 'a count beside the menu',
      after: `<nav>${list(['<a href="/">Home</a>', '<a href="/all">All</a>'])}</nav><p>5 results</p>`,
    },
    {
      says: 'two lists',
      after: `<main><p>5 results</p>${list(things(3))}${list(things(2))}</main>`,
    },
    {
      says: 'a search that is under way',
      after: `<main><p>9 results</p><p>Loading…</p>${list(things(3))}</main>`,
    },
    {
      says: 'threads with replies',
      after: `<main><p>3 comments</p>${list(['One <ul><li>Reply</li></ul>', 'Two'])}</main>`,
    },
    {
      says: 'a figure on a tile',
      after:
        '<main><section><h2>Orders</h2><p>128 orders</p></section><section><h2>Users</h2><p>40 users</p></section></main>',
    },
  ],
});
