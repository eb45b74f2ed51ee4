import {
  cart,
  catalogue,
  chat,
  dashboard,
  LINES,
  PEOPLE,
  PRODUCTS,
  people,
  settings,
  TODOS,
  todoApp,
  wizard,
} from './apps.ts';
import { click, testFaults, type } from './judge.ts';

const BOARD = (todo: readonly string[], done: readonly string[]): string => `
main
  heading "To do"
  list
${todo.map((name) => `    listitem\n      "${name}"\n      button "Move"`).join('\n')}
  heading "Done"
  list
${done.map((name) => `    listitem\n      "${name}"\n      button "Move"`).join('\n')}`;

testFaults([
  {
    says: 'a card that is moved to the wrong column',
    open: { base: BOARD(['Write', 'Paint'], ['Sing', 'Rest']) },
    steps: [
      {
        step: click('Move'),
        base: BOARD(['Paint'], ['Sing', 'Rest', 'Write']),
        head: BOARD(['Paint', 'Write'], ['Sing', 'Rest']),
      },
    ],
    kind: 'order',
    what: /“Write”/,
  },
  {
    says: 'a button that keeps its old name',
    open: { base: 'button "Follow"\nheading "Ada"' },
    steps: [
      {
        step: click('Follow'),
        base: 'button "Unfollow"\nheading "Ada"',
        head: 'button "Follow"\nheading "Ada"',
      },
    ],
    kind: 'text',
    what: /“Follow” stands where the base has “Unfollow”/,
  },
  {
    says: 'a success message in place of an error',
    open: { base: wizard(0) },
    steps: [
      {
        step: click('Continue'),
        base: wizard(0, { alert: 'Street is required' }),
        head: wizard(0, { alert: 'All good' }),
      },
    ],
    kind: 'text',
    what: /Street is required/,
  },
  {
    says: 'an entry that is removed from the view but not from the count',
    open: { base: people(PEOPLE) },
    steps: [
      {
        step: type('Filter', 'P'),
        base: people(PEOPLE.slice(1, 2)),
        head: people(PEOPLE.slice(1, 2), { count: 4 }),
      },
    ],
    kind: 'number',
    what: /“4 people” instead of “1 person”|4/,
  },
  {
    says: 'the same entry twice where there was none',
    open: { base: todoApp([]) },
    steps: [
      {
        step: { press: 'Enter' },
        base: todoApp([{ name: 'Sleep' }]),
        head: todoApp([{ name: 'Sleep' }, { name: 'Sleep' }]),
      },
    ],
    kind: 'extra',
    what: /“Sleep” is there once too often/,
  },
  {
    says: 'an empty entry that the base refuses',
    open: { base: todoApp(TODOS) },
    steps: [{ step: { press: 'Enter' }, base: todoApp(TODOS), head: todoApp([...TODOS, { name: '' }]) }],
    kind: 'extra',
    what: /entry/,
  },
  {
    says: 'the wrong tab being selected',
    open: { base: 'tab "One" [selected]\ntab "Two"\nparagraph: First page of it' },
    steps: [
      {
        step: click('Two', 'tab'),
        base: 'tab "One"\ntab "Two" [selected]\nparagraph: Second page of it',
        head: 'tab "One" [selected]\ntab "Two"\nparagraph: Second page of it',
      },
    ],
    kind: 'state',
    what: /“Two” is not selected/,
  },
  {
    says: 'a menu that does not say that it is open',
    open: { base: 'button "Menu"\nheading "Home"' },
    steps: [
      {
        step: click('Menu'),
        base: 'button "Menu" [expanded]\nmenuitem "Log out"\nheading "Home"',
        head: 'button "Menu"\nheading "Home"',
      },
    ],
    kind: 'missing',
    what: /“Log out”/,
  },
  {
    says: 'a discount that stays after what it was for is gone',
    open: { base: cart(LINES, { off: 4 }) },
    steps: [
      {
        step: click('Remove Notebook'),
        base: cart(LINES.slice(0, 1)),
        head: cart(LINES.slice(0, 1), { off: 4.5 }),
      },
    ],
    kind: 'number',
    what: /“Total” shows “-\$0.50” instead of “\$4.00”/,
  },
  {
    says: 'a price that belongs to another product',
    open: {
      base: catalogue(PRODUCTS),
      head: catalogue(PRODUCTS).replace('paragraph: $12.00', 'paragraph: $3.50'),
    },
    kind: 'number',
    what: /“Notebook” shows “\$3.50” instead of “\$12.00”/,
  },
  {
    says: 'a price without its cents',
    open: {
      base: catalogue(PRODUCTS),
      head: catalogue(PRODUCTS).replace('paragraph: $12.00', 'paragraph: $12'),
    },
    kind: 'number',
    what: /“\$12” instead of “\$12.00”/,
  },
  {
    says: 'an archived product among the others on the first page',
    open: {
      base: catalogue(PRODUCTS),
      head: catalogue([...PRODUCTS, { name: 'Eraser', price: '$1.00' }]).replace('4 products', '3 products'),
    },
    kind: 'extra',
    what: /“Eraser”/,
  },
  {
    says: 'a row with a cell of another row',
    open: { base: people(PEOPLE), head: people(PEOPLE).replace('cell "Rome"', 'cell "Paris"') },
    kind: 'text',
    what: /“Paris” stands where the base has “Rome”/,
  },
  {
    says: 'a cell in other letters',
    open: { base: people(PEOPLE), head: people(PEOPLE).replace('cell "Rome"', 'cell "rome"') },
    kind: 'text',
    what: /rome/,
  },
  {
    says: 'a greeting without the name that was typed',
    open: { base: settings() },
    steps: [
      { step: type('Name', 'Grace'), base: settings({ name: 'Grace' }) },
      {
        step: click('Save'),
        base: settings({ name: 'Grace', message: '  status: Saved, Grace' }),
        head: settings({ name: 'Grace', message: '  status: Saved, you' }),
      },
    ],
    kind: 'text',
    what: /Grace/,
  },
  {
    says: 'a draft that is lost when the message is refused',
    open: { base: chat([], { draft: 'x' }) },
    steps: [{ step: click('Send'), base: chat([], { draft: 'x' }), head: chat([]) }],
    kind: 'value',
    what: /“Message” holds nothing instead of “x”/,
  },
  {
    says: 'a translation key',
    open: {
      base: dashboard(),
      head: dashboard().replace('button "Export CSV"', 'button "dashboard.export.csv"'),
    },
    kind: 'text',
    what: /dashboard.export.csv/,
  },
  {
    says: 'the address that does not follow',
    open: { base: people(PEOPLE) },
    steps: [
      {
        step: click('Next'),
        base: { tree: people(PEOPLE, { page: 2 }), path: '/?page=2' },
        head: people(PEOPLE, { page: 2 }),
      },
    ],
    kind: 'place',
    what: /the address is \/ instead of \/\?page=2/,
  },
  {
    says: 'a route behind the hash that is not the same',
    open: { base: todoApp(TODOS) },
    steps: [
      {
        step: click('Active', 'link'),
        base: { tree: todoApp(TODOS, { filter: 'Active' }), path: '/#/active' },
        head: { tree: todoApp(TODOS, { filter: 'Completed' }), path: '/#/completed' },
      },
    ],
    kind: 'place',
    what: /#\/completed instead of .*#\/active/,
  },
  {
    says: 'a browser dialog that does not ask',
    open: { base: todoApp(TODOS) },
    steps: [
      {
        step: click('Delete'),
        base: { tree: todoApp(TODOS), dialogs: [{ kind: 'confirm', message: 'Delete “Buy milk”?' }] },
        head: todoApp(TODOS),
      },
    ],
    kind: 'dialog',
    what: /does not open/,
  },
  {
    says: 'a field that takes the focus no longer',
    open: { base: { tree: todoApp(TODOS), focus: { role: 'button', name: 'Delete' } } },
    steps: [
      {
        step: click('Delete'),
        base: {
          tree: todoApp(TODOS.slice(1)),
          focus: { role: 'textbox', name: 'What needs to be done?' },
        },
        head: todoApp(TODOS.slice(1)),
      },
    ],
    kind: 'focus',
    what: /textbox “What needs to be done\?”/,
  },
]);
