import {
  CHAT,
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
} from './apps.ts';
import { click, testHarmless, type } from './judge.ts';

const named = (tree: string): string => tree.replace(/link "Cart \((\d)\)"/, 'link "Basket ($1)"');
const counted = (tree: string, count: number): string =>
  tree.replace('link "Help"', `link "Help (${count})"`);
const left = (tree: string): string => tree.replace(/"items? left"/, '"to go"');

testHarmless([
  {
    says: 'another word beside a figure that changes',
    open: { base: todoApp(TODOS), head: left(todoApp(TODOS)) },
    steps: [
      { step: click('Delete'), base: todoApp(TODOS.slice(1)), head: left(todoApp(TODOS.slice(1))) },
      { step: click('Delete'), base: todoApp([]), head: left(todoApp([])) },
    ],
  },
  {
    says: 'another name of a control with a figure that changes',
    open: { base: cart(LINES), head: named(cart(LINES)) },
    steps: [
      { step: click('Remove Pen'), base: cart(LINES.slice(1)), head: named(cart(LINES.slice(1))) },
      { step: click('Remove Notebook'), base: cart([]), head: named(cart([])) },
    ],
  },
  {
    says: 'a new count on a link, which changes',
    open: { base: dashboard(), head: counted(dashboard(), 0) },
    steps: [
      {
        step: click('Last 30 days'),
        base: dashboard({ orders: 900 }),
        head: counted(dashboard({ orders: 900 }), 1),
      },
    ],
  },
  {
    says: 'an announcement of what is shown anyway',
    open: { base: people(PEOPLE).replace('status:', 'paragraph:'), head: people(PEOPLE) },
    steps: [
      {
        step: type('Filter', 'Paris'),
        base: people(PEOPLE.slice(0, 2), { filter: 'Paris' }).replace('status:', 'paragraph:'),
        head: `${people(PEOPLE.slice(0, 2), { filter: 'Paris' }).replace('status:', 'paragraph:')}\nstatus: 2 people`,
      },
    ],
  },
  {
    says: 'friendlier words with a “never” in them',
    open: {
      base: 'heading "Tasks"\nparagraph: Everything stays in this browser. Press / to search.',
      head: 'heading "Tasks"\nparagraph: Your tasks never leave this browser. Press / to search.',
    },
  },
  {
    says: 'a paragraph that became two',
    open: {
      base: 'heading "About"\nparagraph: We sell pens and paper since long ago.\nbutton "Contact"',
      head: 'heading "About"\nparagraph: Pens and paper are what we sell.\nparagraph: We have done so for a long time.\nbutton "Contact"',
    },
  },
  {
    says: 'two paragraphs that became one',
    open: {
      base: 'heading "About"\nparagraph: Pens and paper are what we sell.\nparagraph: We have done so for a long time.\nbutton "Contact"',
      head: 'heading "About"\nparagraph: We sell pens and paper, and have been doing it since long ago.\nbutton "Contact"',
    },
  },
  {
    says: 'a new step of confirmation texts in a footer with year and version',
    open: {
      base: 'heading "App"\ncontentinfo: © 2025 Example, v1.9.3',
      head: 'heading "App"\ncontentinfo: © 2026 Example, v1.10.0',
    },
  },
  {
    says: 'tabs that became buttons',
    open: {
      base: 'tab "One" [selected]\ntab "Two"\nparagraph: First',
      head: 'button "One"\nbutton "Two"\nparagraph: First',
    },
    steps: [
      {
        step: click('Two', 'tab'),
        base: 'tab "One"\ntab "Two" [selected]\nparagraph: Second',
        head: 'button "One"\nbutton "Two"\nparagraph: Second',
      },
    ],
  },
  {
    says: 'a table that became a list',
    open: {
      base: people(PEOPLE),
      head: people(PEOPLE)
        .replace(/ {2}table "People"\n {4}rowgroup\n {6}row\n/, '  list\n    listitem\n')
        .replace(/columnheader "\w+"/g, 'generic')
        .replace(/^ {4}rowgroup\n/m, '')
        .replace(/^ {6}row$/gm, '    listitem')
        .replace(/cell "(.*)"/g, 'generic: $1'),
    },
  },
  {
    says: 'a new field and a new button in a form',
    open: {
      base: settings(),
      head: settings().replace('  button "Cancel"', '  textbox "Phone"\n  button "Reset"\n  button "Cancel"'),
    },
    steps: [
      {
        step: type('Name', 'Bo'),
        base: settings({ name: 'Bo' }),
        head: settings({ name: 'Bo' }).replace(
          '  button "Cancel"',
          '  textbox "Phone"\n  button "Reset"\n  button "Cancel"',
        ),
      },
    ],
  },
  {
    says: 'a list of what was seen last, which fills',
    open: { base: catalogue(PRODUCTS) },
    steps: [
      {
        step: click('Add to cart'),
        base: catalogue(PRODUCTS),
        head: `${catalogue(PRODUCTS)}\nregion "Seen lately"\n  heading "Seen lately"\n  list\n    listitem\n      link "Pen" @/products/pen`,
      },
    ],
  },
  {
    says: 'a new counter of letters below a field',
    open: { base: chat(CHAT), head: `${chat(CHAT)}\nparagraph: 0 of 200` },
    steps: [
      {
        step: type('Message', 'Hello'),
        base: chat(CHAT, { draft: 'Hello' }),
        head: `${chat(CHAT, { draft: 'Hello' })}\nparagraph: 5 of 200`,
      },
    ],
  },
  {
    says: 'a message that now names what was done',
    open: { base: todoApp(TODOS) },
    steps: [
      { step: type('What needs to be done?', 'Sleep'), base: todoApp(TODOS, { draft: 'Sleep' }) },
      {
        step: { press: 'Enter' },
        base: todoApp([...TODOS, { name: 'Sleep' }], { extra: '  status: Added' }),
        head: todoApp([...TODOS, { name: 'Sleep' }], { extra: '  status: “Sleep” was created' }),
      },
    ],
  },
  {
    says: 'icons beside the words',
    open: {
      base: dashboard(),
      head: dashboard()
        .replace('button "Export CSV"', 'button "⬇ Export CSV"')
        .replace('heading "Overview"', 'heading "📊 Overview"'),
    },
  },
  {
    says: 'a console message that both write after other steps',
    open: { base: { tree: dashboard(), errors: [{ kind: 'console', message: 'Deprecated: use b()' }] } },
    steps: [
      {
        step: click('Last 30 days'),
        base: dashboard(),
        head: { tree: dashboard(), errors: [{ kind: 'console', message: 'Deprecated: use b()' }] },
      },
    ],
  },
]);
