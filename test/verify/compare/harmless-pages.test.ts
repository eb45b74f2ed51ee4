import { cart, catalogue, dashboard, LINES, PRODUCTS, settings, TODOS, todoApp, wizard } from './apps.ts';
import { click, testHarmless, type } from './judge.ts';

testHarmless([
  { says: 'nothing', open: { base: dashboard() } },
  {
    says: 'wrappers around everything',
    open: { base: settings(), head: `generic\n${indent(`generic\n${indent(settings())}`)}` },
  },
  {
    says: 'a link that became a button',
    open: {
      base: cart(LINES),
      head: cart(LINES).replace('link "Check out" @/checkout', 'button "Check out"'),
    },
  },
  {
    says: 'a pressable block that became a button',
    open: { base: 'generic [pointer]: More', head: 'button "More"' },
  },
  {
    says: 'a heading that became a paragraph',
    open: { base: dashboard(), head: dashboard().replace('heading "Orders"', 'paragraph: Orders') },
  },
  {
    says: 'words that are cut into other elements',
    open: {
      base: todoApp(TODOS),
      head: todoApp(TODOS).replace(
        '    strong: 1\n    "item left"',
        '    generic: 1 item\n    generic: left',
      ),
    },
  },
  {
    says: 'cards that became a list',
    open: { base: catalogue(PRODUCTS) },
    steps: [
      {
        step: click('Add to cart'),
        base: catalogue(PRODUCTS),
        head: catalogue(PRODUCTS)
          .replace(/^ {2}generic$/m, '  list')
          .replace(/^ {4}generic$/gm, '    listitem'),
      },
    ],
  },
  {
    says: 'a new link in the navigation',
    open: {
      base: dashboard(),
      head: dashboard().replace('  link "Help" @/help', '  link "Help" @/help\n  link "Team" @/team'),
    },
  },
  {
    says: 'a new link in a list of links',
    open: {
      base: cart(LINES),
      head: cart(LINES).replace(
        '      listitem\n        link "Orders" @/orders',
        '      listitem\n        link "Orders" @/orders\n      listitem\n        link "Wishes" @/wishes',
      ),
    },
  },
  {
    says: 'a new section with words that are known',
    open: {
      base: dashboard(),
      head: dashboard({
        extra: '  region "Visitors"\n    heading "Visitors"\n    paragraph: 1,204\n    button "Last 7 days"',
      }),
    },
  },
  {
    says: 'another label on a button, in every state',
    open: { base: settings(), head: settings({ save: 'Save changes' }) },
    steps: [
      {
        step: click('Save'),
        base: settings({ message: '  status: Settings saved' }),
        head: settings({ save: 'Save changes', message: '  status: Settings saved' }),
      },
    ],
  },
  {
    says: 'another wording of a message',
    open: { base: settings() },
    steps: [
      {
        step: click('Save'),
        base: settings({ message: '  status: Settings saved' }),
        head: settings({ message: '  status: Your changes were saved.' }),
      },
    ],
  },
  {
    says: 'another wording of an error',
    open: { base: wizard(0) },
    steps: [
      {
        step: click('Continue'),
        base: wizard(0, { alert: 'Street is required' }),
        head: wizard(0, { alert: 'Please enter a street' }),
      },
    ],
  },
  {
    says: 'another wording of what an empty list says',
    open: { base: todoApp([]), head: todoApp([]).replace('Nothing here yet', 'No todos. Enjoy your day!') },
  },
  {
    says: 'another heading and another paragraph',
    open: {
      base: settings(),
      head: settings()
        .replace('heading "Settings"', 'heading "Preferences"')
        .replace('Manage how we reach you.', 'Choose what you hear from us, and how.'),
    },
  },
  {
    says: 'another label of a field',
    open: {
      base: settings(),
      head: settings()
        .replace('"E-mail"\n', '"E-mail address"\n')
        .replace('textbox "E-mail"', 'textbox "E-mail address"'),
    },
    steps: [
      {
        step: type('E-mail', 'bo@example.com'),
        base: settings({ email: 'bo@example.com' }),
        head: settings({ email: 'bo@example.com' })
          .replace('"E-mail"\n', '"E-mail address"\n')
          .replace('textbox "E-mail"', 'textbox "E-mail address"'),
      },
    ],
  },
  {
    says: 'a label that only assistive technology reads',
    open: { base: settings(), head: settings().replace('    "Name"\n', '') },
  },
]);

function indent(tree: string): string {
  return tree.replace(/^/gm, '  ');
}
