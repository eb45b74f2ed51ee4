import {
  CHAT,
  calendar,
  catalogue,
  chat,
  dashboard,
  PEOPLE,
  PRODUCTS,
  people,
  settings,
  TODOS,
  todoApp,
} from './apps.ts';
import { click, testHarmless } from './judge.ts';

testHarmless([
  {
    says: 'a hint that became a placeholder',
    open: {
      base: 'main\n  paragraph: Search by name\n  textbox "Search"',
      head: 'main\n  textbox "Search" [placeholder Search by name]',
    },
  },
  {
    says: 'a new column, also in new rows',
    open: { base: people(PEOPLE.slice(0, 2)), head: withMail(people(PEOPLE.slice(0, 2))) },
    steps: [{ step: click('Next'), base: people(PEOPLE), head: withMail(people(PEOPLE)) }],
  },
  {
    says: 'a new button in every entry, also in new ones',
    open: { base: todoApp(TODOS), head: withEdit(todoApp(TODOS)) },
    steps: [
      {
        step: { press: 'Enter' },
        base: todoApp([...TODOS, { name: 'Sleep' }]),
        head: withEdit(todoApp([...TODOS, { name: 'Sleep' }])),
      },
    ],
  },
  {
    says: 'a new toast beside the full effect',
    open: { base: chat(CHAT) },
    steps: [
      {
        step: click('Send'),
        base: chat([...CHAT, ['Ada', 'Lunch?']]),
        head: `${chat([...CHAT, ['Ada', 'Lunch?']])}\nstatus: Message delivered`,
      },
    ],
  },
  {
    says: 'another layout of the cards, also of new ones',
    open: { base: catalogue(PRODUCTS.slice(1)), head: priceFirst(catalogue(PRODUCTS.slice(1))) },
    steps: [{ step: click('Add to cart'), base: catalogue(PRODUCTS), head: priceFirst(catalogue(PRODUCTS)) }],
  },
  {
    says: 'a page under another address',
    open: { base: dashboard(), head: dashboard().replace('@/reports', '@/insights') },
    steps: [
      {
        step: click('Reports', 'link'),
        base: { tree: 'main\n  heading "Reports"\n  paragraph: All your reports', path: '/reports' },
        head: { tree: 'main\n  heading "Reports"\n  paragraph: All your reports', path: '/insights' },
      },
    ],
  },
  {
    says: 'a request to another path',
    open: { base: settings() },
    steps: [
      {
        step: click('Save'),
        base: {
          tree: settings(),
          requests: [{ method: 'POST', url: 'https://main.app.test/api/settings', resource: 'fetch' }],
        },
        head: {
          tree: settings(),
          requests: [{ method: 'PUT', url: 'https://pr-7.app.test/api/v2/settings', resource: 'fetch' }],
        },
      },
    ],
  },
  {
    says: 'another key in the storage',
    open: { base: todoApp(TODOS) },
    steps: [
      {
        step: { press: 'Enter' },
        base: { tree: todoApp(TODOS), storageKeys: ['local:todos'] },
        head: { tree: todoApp(TODOS), storageKeys: ['local:app/todos'] },
      },
    ],
  },
  {
    says: 'errors that the base has as well',
    open: {
      base: {
        tree: dashboard(),
        errors: [{ kind: 'console', message: 'Warning at https://main.app.test/a-1f3c9b2e.js:3' }],
      },
      head: {
        tree: dashboard(),
        errors: [{ kind: 'console', message: 'Warning at https://pr-7.app.test/a-77ab01cd.js:9' }],
      },
    },
  },
  {
    says: 'a new third party',
    open: {
      base: dashboard(),
      head: {
        tree: dashboard(),
        requests: [{ method: 'POST', url: 'https://stats.vendor.example/collect', resource: 'ping' }],
      },
    },
  },
  {
    says: 'ids and moments that never repeat',
    open: {
      base: `${chat(CHAT)}\nparagraph: Session 3f2b8c1d-0a4e-4b7f-9a55-1c2d3e4f5a6b, built 2026-05-01T10:11:12Z`,
      head: `${chat(CHAT)}\nparagraph: Session 9b1c7d2e-5f3a-4c8b-8d66-2e3f4a5b6c7d, built 2026-05-02T08:00:59Z`,
    },
  },
  {
    says: 'markup that begins to say what is pressed',
    open: { base: dashboard({ range: '' }), head: dashboard() },
  },
  {
    says: 'another title',
    open: { base: { tree: dashboard(), title: 'App' }, head: { tree: dashboard(), title: 'Overview – App' } },
  },
  {
    says: 'a calendar of buttons',
    open: {
      base: calendar('May 2026', { 3: 'Standup' }),
      head: calendar('May 2026', { 3: 'Standup' }).replaceAll('gridcell', 'cell'),
    },
  },
  {
    says: 'navigation behind the content',
    open: { base: dashboard(), head: navigationLast(dashboard()) },
    steps: [
      {
        step: click('Last 30 days'),
        base: dashboard({ revenue: '$48,000' }),
        head: navigationLast(dashboard({ revenue: '$48,000' })),
      },
    ],
  },
]);

function withMail(tree: string): string {
  return tree.replace(
    /^ {8}cell "(\d+)"$/gm,
    (line, age: string) => `${line}\n        cell "p${age}@example.com"`,
  );
}

function withEdit(tree: string): string {
  return tree.replace(/^ {6}button "Delete"$/gm, '      button "Edit"\n      button "Delete"');
}

function priceFirst(tree: string): string {
  return tree.replace(/^( {6}heading .*)\n( {6}paragraph: .*)$/gm, '$2\n$1');
}

function navigationLast(tree: string): string {
  const [navigation = '', main = ''] = tree.split('\nmain');
  return `main${main}\n${navigation}`;
}
