import {
  CHAT,
  calendar,
  cart,
  chat,
  dashboard,
  LINES,
  PEOPLE,
  people,
  settings,
  TODOS,
  todoApp,
  wizard,
} from './apps.ts';
import { click, testFaults, type } from './judge.ts';

testFaults([
  // wrong result
  {
    says: 'a wrong total',
    open: { base: cart(LINES), head: cart(LINES, { total: 14 }) },
    kind: 'number',
    what: /“Total” shows “\$14.00” instead of “\$16.00”/,
  },
  {
    says: 'a negative total after a coupon',
    open: { base: cart(LINES) },
    steps: [
      { step: click('Apply'), base: cart(LINES, { off: 4 }), head: cart(LINES, { off: 4, total: -4 }) },
    ],
    kind: 'number',
    what: /-\$4.00/,
  },
  {
    says: 'a counter that is one too high',
    open: { base: todoApp(TODOS) },
    steps: [
      {
        step: click('Delete'),
        base: todoApp(TODOS.slice(1)),
        head: todoApp(TODOS.slice(1)).replace('strong: 1', 'strong: 2'),
      },
    ],
    kind: 'number',
    what: /2/,
  },
  {
    says: 'the wrong entry being deleted',
    open: { base: todoApp(TODOS) },
    steps: [{ step: click('Delete'), base: todoApp(TODOS.slice(1)), head: todoApp(TODOS.slice(0, 1)) }],
    kind: 'text',
    what: /Walk dog/,
  },
  {
    says: 'a wrong order',
    open: { base: people(PEOPLE) },
    steps: [
      {
        step: click('Age'),
        base: people([...PEOPLE].sort((a, b) => a.age - b.age)),
        head: people([...PEOPLE].sort((a, b) => b.age - a.age)),
      },
    ],
    kind: 'order',
    what: /instead of “Dan”/,
  },
  {
    says: 'an event on the wrong day',
    open: { base: calendar('May 2026', {}) },
    steps: [
      {
        step: click('New event'),
        base: calendar('May 2026', { 5: 'Standup' }),
        head: calendar('May 2026', { 6: 'Standup' }),
      },
    ],
    kind: 'order',
    what: /./,
  },
  {
    says: 'a month too far',
    open: { base: calendar('May 2026', {}) },
    steps: [{ step: click('Next month'), base: calendar('June 2026', {}), head: calendar('July 2026', {}) }],
    kind: 'text',
    what: /July 2026/,
  },
  {
    says: 'an entry that is added twice',
    open: { base: chat(CHAT) },
    steps: [
      {
        step: click('Send'),
        base: chat([...CHAT, ['Ada', 'Lunch?']]),
        head: chat([...CHAT, ['Ada', 'Lunch?'], ['Ada', 'Lunch?']]),
      },
    ],
    kind: 'extra',
    what: /once too often/,
  },
  {
    says: 'a field that is not cleared',
    open: { base: chat(CHAT, { draft: 'Lunch?' }) },
    steps: [
      {
        step: click('Send'),
        base: chat([...CHAT, ['Ada', 'Lunch?']]),
        head: chat([...CHAT, ['Ada', 'Lunch?']], { draft: 'Lunch?' }),
      },
    ],
    kind: 'value',
    what: /holds “Lunch\?” instead of nothing/,
  },
  {
    says: 'an amount that is not a number',
    open: { base: dashboard() },
    steps: [
      {
        step: click('Last 30 days'),
        base: dashboard({ revenue: '$48,000', range: 'Last 30 days' }),
        head: dashboard({ revenue: '$NaN', range: 'Last 30 days' }),
      },
    ],
    kind: 'text',
    what: /NaN/,
  },
  // validation
  {
    says: 'a missing validation message',
    open: { base: settings({ email: 'x' }) },
    steps: [
      {
        step: click('Save'),
        base: settings({ email: 'x', invalid: 'Enter a valid e-mail address' }),
        head: settings({ email: 'x', message: '  status: Settings saved' }),
      },
    ],
    kind: 'missing',
    what: /Enter a valid e-mail address/,
  },
  {
    says: 'an error message that the base does not show',
    open: { base: wizard(0) },
    steps: [{ step: click('Continue'), base: wizard(1), head: wizard(0, { alert: 'Street is required' }) }],
    kind: 'error',
    what: /Street is required/,
  },
  {
    says: 'a button that stays disabled',
    open: { base: settings({ isDisabled: true }) },
    steps: [
      {
        step: type('Name', 'Bo'),
        base: settings({ name: 'Bo' }),
        head: settings({ name: 'Bo', isDisabled: true }),
      },
    ],
    kind: 'state',
    what: /“Save” is disabled instead of enabled/,
  },
  // cross-flow state
  {
    says: 'entries that are lost on reload',
    open: { base: todoApp(TODOS) },
    steps: [{ step: { go: 'reload' }, base: todoApp(TODOS), head: todoApp(TODOS.slice(0, 1)) }],
    kind: 'missing',
    what: /“Walk dog” is gone/,
  },
  {
    says: 'a cart that is not emptied by the order',
    open: { base: { tree: wizard(2), path: '/checkout' } },
    steps: [
      {
        step: click('Place order'),
        base: { tree: cart([]), path: '/cart' },
        head: { tree: cart(LINES), path: '/cart' },
      },
    ],
    kind: 'missing',
    what: /Your cart is empty/,
  },
  {
    says: 'a setting that comes back as it was',
    open: { base: settings({ isDaily: false }) },
    steps: [
      { step: { go: 'reload' }, base: settings({ isDaily: false }), head: settings({ isDaily: true }) },
    ],
    kind: 'state',
    what: /“Daily digest” is checked/,
  },
  {
    says: 'something that is not stored',
    open: { base: todoApp(TODOS) },
    steps: [
      {
        step: { press: 'Enter' },
        base: { tree: todoApp(TODOS), storageKeys: ['local:todos'] },
        head: { tree: todoApp(TODOS), storageKeys: [] },
      },
    ],
    kind: 'storage',
    what: /local:todos/,
  },
]);
