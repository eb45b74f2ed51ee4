import { filterHolds } from '../../../src/verify/invariants/filter-holds.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const list = (items: readonly string[], typed = ''): string =>
  `<label>Search <input type="search" value="${typed}"></label><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
const all = ['Blue mug', 'Red mug', 'Mug rack', 'Lamp', 'Tea'];
const type = (
  value: string,
): { readonly fill: { field: { role: string; name: string }; value: string } } => ({
  fill: { field: { role: 'searchbox', name: 'Search' }, value },
});
const tasks = (ticks: string): string =>
  `<ul>${ticks
    .split('')
    .map(
      (tick, at) =>
        `<li><label><input type="checkbox" ${tick === 'x' ? 'checked' : ''}> Task ${'abcdef'[at]}</label></li>`,
    )
    .join('')}</ul>
  <p><a href="#/">All</a> <a href="#/active">Active</a> <a href="#/completed">Completed</a></p>`;
const click = (name: string): { readonly click: { role: string; name: string } } => ({
  click: { role: 'link', name },
});

testInvariant(filterHolds, {
  buggy: [
    {
      says: 'a row that should be found',
      before: list(all),
      step: type('mug'),
      after: list(['Blue mug', 'Red mug'], 'mug'),
      repaired: list(['Blue mug', 'Red mug', 'Mug rack'], 'mug'),
      what: /does not find “Mug rack”/,
    },
    {
      says: 'a row that should not be found',
      before: list(all),
      step: type('mug'),
      after: list(['Blue mug', 'Red mug', 'Mug rack', 'Tea'], 'mug'),
      repaired: list(['Blue mug', 'Red mug', 'Mug rack'], 'mug'),
      what: /also finds “Tea”/,
    },
    {
      says: 'a search that is sent with Enter',
      before: { html: list(all, 'lamp'), focus: { role: 'searchbox', name: 'Search' } },
      step: { press: 'Enter' },
      after: list(['Tea'], 'lamp'),
      repaired: list(['Lamp'], 'lamp'),
      what: /does not find “Lamp”/,
    },
    {
      says: 'an open task among the completed',
      before: tasks('x--x'),
      step: click('Completed'),
      after: tasks('x-x'),
      repaired: tasks('xx'),
      what: /under “Completed” stands “Task b”/,
    },
    {
      says: 'a completed task among the open',
      before: tasks('x--'),
      step: click('Active'),
      after: tasks('x--'),
      repaired: tasks('--'),
      what: /which is ticked/,
    },
  ],
  clean: [
    { says: 'a search that waits for Enter', before: list(all), step: type('mug'), after: list(all, 'mug') },
    {
      says: 'a search in what is not shown',
      before: list(all),
      step: type('kitchen'),
      after: list(['Blue mug', 'Tea'], 'kitchen'),
    },
    {
      says: 'other letters',
      before: list(['Café', 'Thé', 'Eau']),
      step: type('cafe'),
      after: list(['Café'], 'cafe'),
    },
    {
      says: 'a field that is no search',
      before: '<label>Name <input></label><ul><li>Ada</li><li>Bob</li><li>Cy</li></ul>',
      step: { fill: { field: { role: 'textbox', name: 'Name' }, value: 'Ada' } },
      after: '<label>Name <input></label><ul><li>Bob</li><li>Cy</li></ul>',
    },
    {
      says: 'no rows at all',
      before: list(all),
      step: type('zzzz'),
      after: `${list([], 'zzzz')}<p>No results</p>`,
    },
    {
      says: 'a button that completes',
      before: '<ul><li><input type="checkbox"> A</li></ul><button>Completed</button>',
      step: { click: { role: 'button', name: 'Completed' } },
      after: '<ul><li><input type="checkbox"> A</li></ul><button>Completed</button>',
    },
  ],
});
