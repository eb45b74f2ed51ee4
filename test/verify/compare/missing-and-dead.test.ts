import {
  CHAT,
  catalogue,
  chat,
  dashboard,
  PEOPLE,
  PRODUCTS,
  people,
  settings,
  TODOS,
  todoApp,
  wizard,
} from './apps.ts';
import { click, testFaults, type } from './judge.ts';

testFaults([
  // missing element
  {
    says: 'a button that is not there',
    open: { base: settings(), head: settings().replace('  button "Cancel"\n', '') },
    kind: 'missing',
    what: /button “Cancel”/,
  },
  {
    says: 'a link of the navigation that is not there',
    open: { base: dashboard(), head: dashboard().replace('  link "Help" @/help\n', '') },
    kind: 'missing',
    what: /link “Help”/,
  },
  {
    says: 'a field that is not there',
    open: { base: wizard(0), head: wizard(0).replace('  textbox "Street"', '') },
    kind: 'missing',
    what: /field “Street”/,
  },
  {
    says: 'a heading that is not there',
    open: { base: dashboard(), head: dashboard().replace('    heading "Orders"\n', '') },
    kind: 'missing',
    what: /heading “Orders”/,
  },
  {
    says: 'a button that only one of the cards lacks',
    open: { base: catalogue(PRODUCTS), head: catalogue(PRODUCTS).replace(/\n {6}button "Add to cart"$/, '') },
    kind: 'missing',
    what: /button “Add to cart”/,
  },
  {
    says: 'an option that a field lost',
    open: { base: settings(), head: settings().replace('    option "Deutsch"\n', '') },
    kind: 'missing',
    what: /option “Deutsch”/,
  },
  {
    says: 'a picture without its description',
    open: { base: catalogue(PRODUCTS), head: catalogue(PRODUCTS).replace('img "Ruler"', 'img') },
    kind: 'missing',
    what: /image “Ruler”/,
  },
  {
    says: 'a label that became plain text instead of a link',
    open: { base: dashboard(), head: dashboard().replace('link "Reports" @/reports', 'generic: Reports') },
    kind: 'missing',
    what: /link “Reports”/,
  },
  // no response
  {
    says: 'a todo that is not added',
    open: { base: todoApp(TODOS) },
    steps: [
      {
        step: { press: 'Enter' },
        base: todoApp([...TODOS, { name: 'Sleep' }]),
        head: todoApp(TODOS, { draft: 'Sleep' }),
      },
    ],
    kind: 'missing',
    what: /entry “Sleep” is missing/,
  },
  {
    says: 'a save button without effect',
    open: { base: settings() },
    steps: [
      { step: click('Save'), base: settings({ message: '  status: Settings saved' }), head: settings() },
    ],
    kind: 'missing',
    what: /“Settings saved” does not appear/,
  },
  {
    says: 'a filter without effect',
    open: { base: people(PEOPLE) },
    steps: [
      {
        step: type('Filter', 'Paris'),
        base: people(
          PEOPLE.filter(({ city }) => city === 'Paris'),
          { filter: 'Paris' },
        ),
        head: people(PEOPLE, { filter: 'Paris' }),
      },
    ],
    kind: 'count',
    what: /2 entries are still there: “Ada”, “Cleo”/,
  },
  {
    says: 'a dialog that does not open',
    open: { base: chat(CHAT) },
    steps: [
      {
        step: click('Reply'),
        base: `${chat(CHAT)}\ndialog "Reply to Ada"\n  heading "Reply to Ada"\n  textbox "Your reply"\n  button "Send reply"`,
        head: chat(CHAT),
      },
    ],
    kind: 'missing',
    what: /“Reply to Ada”|“Your reply”|“Send reply”/,
  },
  {
    says: 'a dialog that does not close',
    open: { base: `${chat(CHAT)}\ndialog "Delete?"\n  heading "Delete?"\n  button "Yes"\n  button "No"` },
    steps: [
      {
        step: click('No'),
        base: chat(CHAT),
        head: `${chat(CHAT)}\ndialog "Delete?"\n  heading "Delete?"\n  button "Yes"\n  button "No"`,
      },
    ],
    kind: 'extra',
    what: /still there/,
  },
  {
    says: 'a box that cannot be ticked',
    open: { base: settings({ isDaily: false }) },
    steps: [
      { step: click('Daily digest', 'checkbox'), base: settings(), head: settings({ isDaily: false }) },
    ],
    kind: 'state',
    what: /not checked instead of checked/,
  },
  // wrong navigation
  {
    says: 'a link that leads to another page',
    open: { base: dashboard() },
    steps: [
      {
        step: click('Reports', 'link'),
        base: { tree: 'main\n  heading "Reports"\n  paragraph: All your reports', path: '/reports' },
        head: { tree: 'main\n  heading "Help"\n  paragraph: How can we help?', path: '/help' },
      },
    ],
    kind: 'place',
    what: /\/help instead of \/reports/,
  },
  {
    says: 'a link that stays where it is',
    open: { base: dashboard() },
    steps: [
      {
        step: click('Reports', 'link'),
        base: { tree: 'main\n  heading "Reports"\n  paragraph: All your reports', path: '/reports' },
        head: dashboard(),
      },
    ],
    kind: 'place',
    what: /instead of \/reports/,
  },
  {
    says: 'a link whose address is that of another',
    open: { base: dashboard(), head: dashboard().replace('link "Help" @/help', 'link "Help" @/reports') },
    kind: 'place',
    what: /leads to \/reports instead of \/help/,
  },
  {
    says: 'a wizard that skips a step',
    open: { base: wizard(0) },
    steps: [{ step: click('Continue'), base: wizard(1), head: wizard(2) }],
    kind: 'missing',
    what: /./,
  },
]);
