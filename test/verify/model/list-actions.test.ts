import { expect, test } from 'vitest';
import { describeStep } from '../../../src/domain/flow.ts';
import { listActions } from '../../../src/verify/model/list-actions.ts';
import type { PageModel, PageNode } from '../../../src/verify/model/page-model.ts';
import { actionsOn, button, field, wordsOf } from '../../support/page-actions.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

test('controls can be clicked, those that are disabled or forbidden cannot', () => {
  const words = wordsOf(
    pageModel([button('Next'), button('Off', { states: { disabled: true } }), button('Log out')]),
  );
  expect(words).toContain('click button “Next”');
  expect(words.join()).not.toContain('Off');
  expect(words.join()).not.toContain('Log out');
});

test('two controls of the same name are told apart by their number', () => {
  const words = wordsOf(pageModel([button('Show'), button('Show')]));
  expect(words).toContain('click button “Show” (number 1)');
  expect(words).toContain('click button “Show” (number 2)');
});

test('a button that sends something is also pressed twice', () => {
  expect(wordsOf(pageModel([button('Place order'), button('Menu')]))).toEqual(
    expect.arrayContaining(['double-click button “Place order”']),
  );
  expect(wordsOf(pageModel([button('Menu')])).join()).not.toContain('double-click');
});

test('items of a list share their keys, so that the twentieth is nothing new', () => {
  const item = (name: string): PageNode =>
    pageNode('listitem', '', {
      children: [pageNode('text', '', { text: name }), button(`Remove ${name}`)],
    });
  const clicksOn = (names: readonly string[]): ReadonlySet<string> => {
    const actions = actionsOn(pageModel([pageNode('list', '', { children: names.map(item) })]));
    return new Set(actions.filter(({ kind }) => kind === 'click').map(({ key }) => key));
  };
  expect(clicksOn(['Tea', 'Milk', 'Bread']).size).toBe(3);
  // The last of those in the middle as well.
  expect(clicksOn(['Rice', 'Oats', 'Salt', 'Figs', 'Corn', 'Beans']).size).toBe(4);
});

test('what is done to an item is told apart from which item it is, also when there is one item only', () => {
  const line = (name: string): PageNode =>
    pageNode('listitem', '', {
      children: [
        pageNode('link', name, { ref: name, url: '/plants' }),
        button(`One ${name} less`),
        button(`One ${name} more`),
      ],
    });
  const keys = (names: readonly string[]): readonly string[] =>
    actionsOn(pageModel([pageNode('list', '', { children: names.map(line) })])).flatMap(({ kind, sort }) =>
      kind === 'click' ? [sort] : [],
    );
  expect(keys(['Common ivy'])).toHaveLength(3);
  expect(keys(['Common ivy'])).toEqual(keys(['Hosta']));
  expect(keys(['Common ivy'])[1]).toContain('one less');
});

test('a search is given words that the list shows: one from within a text, a part in capitals, a first word', () => {
  const entry = (text: string): PageNode =>
    pageNode('listitem', '', { children: [pageNode('paragraph', '', { text })] });
  const texts = ['Answer the survey', 'Trim the hedge', 'Renew the passport'];
  const page = pageModel([
    field('Search', { type: 'search' }),
    pageNode('list', '', { children: texts.map(entry) }),
  ]);
  const words = wordsOf(page).filter((one) => one.startsWith('type') && !one.includes(', then'));
  expect(words.slice(0, 3)).toEqual([
    'type “hedge” into textbox “Search”',
    'type “HEDG” into textbox “Search”',
    'type “Renew” into textbox “Search”',
  ]);
});

test('the links of a menu are each their own', () => {
  const entry = (name: string): PageNode =>
    pageNode('listitem', '', { children: [pageNode('link', name, { ref: name, url: `/${name}` })] });
  const menu = pageModel([
    pageNode('list', '', { children: ['All', 'Active', 'Done', 'Late', 'Mine'].map(entry) }),
  ]);
  const clicks = actionsOn(menu).filter(({ kind }) => kind === 'click');
  expect(new Set(clicks.map(({ key }) => key)).size).toBe(5);
});

test('the same button on another page is another control of the same sort, one of the menu is the same', () => {
  const at = (url: string) =>
    actionsOn(
      pageModel([pageNode('banner', '', { children: [button('Menu')] }), button('Save')], { url }),
    ).filter(({ kind }) => kind === 'click');
  const [menu, save] = at('http://a.test/orders/17?q=x');
  const [otherMenu, otherSave] = at('http://a.test/settings');
  expect(otherMenu?.control).toBe(menu?.control);
  expect(otherSave?.control).not.toBe(save?.control);
  expect(otherSave?.sort).toBe(save?.sort);
  const [, next] = at('http://a.test/orders/18');
  expect([next?.control, next?.spot === save?.spot]).toEqual([save?.control, false]);
});

test('Escape is tried where it could mean something', () => {
  expect(wordsOf(pageModel([button('Next')]))).not.toContain('press Escape');
  expect(wordsOf(pageModel([button('Notices', { states: { expanded: true } })]))).toContain('press Escape');
  expect(wordsOf(pageModel([pageNode('dialog', 'Sure?', { children: [button('Yes')] })]))).toContain(
    'press Escape',
  );
  expect(wordsOf(pageModel([field('Title')], { focus: { role: 'textbox', name: 'Title' } }))).toContain(
    'press Escape',
  );
});

test('a block without a role is used by what it says, or by the first text inside; a sign is a button wherever it stands', () => {
  const page = pageModel(`generic [pointer]
  generic: Night buses
  generic: ⋯
generic [pointer]
  generic: Night buses
generic [pointer]: Photo
generic: Nothing`);
  expect(wordsOf(page).filter((one) => one.startsWith('click'))).toEqual([
    'click “Night buses”',
    'click “⋯”',
    'click “Night buses” (number 2)',
    'click “Photo”',
  ]);
});

test('a block that listens, and a text that says that it opens something, are clicked without a hand', () => {
  const listens = pageNode('generic', '', { text: 'Add a description', isHandled: true });
  const page = pageModel([listens, ...pageModel('generic: Low ▾\ngeneric: Nothing').nodes]);
  expect(wordsOf(page).filter((one) => one.startsWith('click'))).toEqual([
    'click “Add a description”',
    'click “Low ▾”',
  ]);
});

test('each of several properties is one of its own, unlike the items of a list', () => {
  const keysOf = (rows: readonly (readonly [string, string])[]): readonly string[] => {
    const page = pageModel(
      rows.map(([name, value]) => `generic\n  generic: ${name}\n  generic: ${value}`).join('\n'),
    );
    return actionsOn(pageModel([pageNode('main', '', { children: page.nodes })]))
      .filter(({ kind }) => kind === 'click')
      .map(({ key }) => key);
  };
  const card = keysOf([
    ['Column', 'Ideas ▾'],
    ['Owner', 'Ada ▾'],
    ['Priority', 'Low ▾'],
    ['Due', '10 Nov ▾'],
  ]);
  expect(new Set(card).size).toBe(4);
  const other = keysOf([
    ['Column', 'Ready ▾'],
    ['Owner', 'Eve ▾'],
    ['Priority', 'High ▾'],
    ['Due', '2 Dec ▾'],
  ]);
  expect(other).toEqual(card);
  const twice = keysOf([
    ['Guest', 'Ada ▾'],
    ['Guest', 'Eve ▾'],
    ['Guest', 'Kim ▾'],
    ['Guest', 'Bo ▾'],
    ['Guest', 'Al ▾'],
    ['Guest', 'Jo ▾'],
  ]);
  expect(new Set(twice).size).toBe(4);
});

test('what opens in a property are choices: further values of one control', () => {
  const row = (name: string, value: string, choices = '') =>
    `generic\n  generic: ${name}\n  generic\n    generic: ${value}${choices}`;
  const opened =
    '\n    generic\n      generic [pointer]: Ada\n      generic [pointer]: Eve\n      generic [pointer]: ›';
  const rows = [
    row('Column', 'Ideas ▾'),
    row('Owner', 'Ada ▾', opened),
    row('Due', '2 Dec ▾'),
    row('Points', '3 ▾'),
  ];
  const { nodes } = pageModel(rows.join('\n'));
  const keys = actionsOn(pageModel([pageNode('main', '', { children: nodes })]))
    .filter(({ kind }) => kind === 'click')
    .map(({ key }) => key.replace(/^.*click\|/, ''));
  expect(keys).toEqual([
    'text|*|/main:/generic=column',
    'text|*|/main:/generic=owner',
    'text|choice|/main:/generic=owner|Ada',
    'text|choice|/main:/generic=owner|Eve',
    'text|›|/main:/generic=owner',
    'text|*|/main:/generic=due',
    'text|*|/main:/generic=points',
  ]);
});

test('a block whose inner text is forbidden is left alone', () => {
  const page = pageModel('generic [pointer]\n  generic: Log out\ngeneric [pointer]\n  generic: Help');
  const actions = listActions(page, { vocabulary: [], isForbidden: ({ text }) => text === 'Log out' });
  const clicks = actions.filter(({ kind }) => kind === 'click');
  expect(clicks.flatMap(({ steps }) => steps.map(describeStep))).toEqual(['click “Help”']);
});

test('cards that are built alike are items of a list', () => {
  const cards = (names: readonly string[]) =>
    names.map((name) => `generic [pointer]\n  generic: ${name}\n  generic: ⋯`).join('\n');
  const sorts = (names: readonly string[]) =>
    actionsOn(pageModel(`main\n${cards(names).replace(/^/gm, '  ')}`)).map(({ sort }) => sort);
  const few = sorts(['Ferries', 'Trams', 'Maps', 'Queues']);
  expect(new Set(sorts(['Bread', 'Smells', 'Buses', 'Rivers', 'Letters', 'Benches']))).toEqual(new Set(few));
});

test('the entries of a menu that has just opened are clicked, though they have neither role nor pointer', () => {
  const closed = pageModel(`generic [pointer]
  generic: Night buses
  generic: ⋯`);
  const open = pageModel(`generic [pointer]
  generic: Night buses
  generic
    generic: Move to Writing
    generic: Archive`);
  const clicks = (before?: PageModel) =>
    listActions(open, {
      vocabulary: [],
      isForbidden: () => false,
      ...(before === undefined ? {} : { before }),
    }).flatMap(({ steps, kind }) => (kind === 'click' ? steps.map(describeStep) : []));
  expect(clicks(closed)).toEqual(['click “Night buses”', 'click “Move to Writing”', 'click “Archive”']);
  expect(clicks()).toEqual(['click “Night buses”']);
  expect(clicks(open)).toEqual(['click “Night buses”']);
});

test('the text of an item is pointed at and double-clicked, since its controls may be hidden', () => {
  const item = (name: string): PageNode =>
    pageNode('listitem', '', {
      children: [
        pageNode('checkbox', `Done: ${name}`, { ref: name }),
        pageNode('generic', '', { text: name }),
      ],
    });
  const words = wordsOf(pageModel([pageNode('list', '', { children: ['Tea', 'Milk'].map(item) })]));
  expect(words).toContain('double-click “Tea”');
  expect(words).toContain('point at “Milk”');
});

test('a link that counts is the same link when the count changes', () => {
  const keyOf = (name: string): string | undefined =>
    actionsOn(pageModel([pageNode('link', name, { ref: 'e1', url: '/done' })]))[0]?.key;
  expect(keyOf('Done 2')).toBe(keyOf('Done 14'));
});

test('a page that goes on below can be scrolled, each page for itself', () => {
  const [first, second] = ['https://a.dev/feed', 'https://a.dev/news'].map((url) =>
    actionsOn({ ...pageModel([button('Next')]), url, hasMoreBelow: true }).find(
      ({ kind }) => kind === 'scroll',
    ),
  );
  expect(first?.steps).toEqual([{ scroll: 'end' }]);
  expect(first?.sort).not.toBe(second?.sort);
  expect(actionsOn(pageModel([button('Next')])).map(({ kind }) => kind)).not.toContain('scroll');
});

test('controls of one name in several lists, at several places, are of one family', () => {
  const list = (name: string) =>
    pageNode('region', name, {
      children: [
        pageNode('list', '', {
          children: [1, 2, 3].map((nth) =>
            pageNode('listitem', '', {
              children: [pageNode('text', '', { text: `Card ${nth}` }), button('Menu')],
            }),
          ),
        }),
      ],
    });
  const menus = actionsOn(pageModel([list('Ideas'), list('Done')])).filter(({ sort }) =>
    sort.startsWith('click|button|Menu'),
  );
  expect(new Set(menus.map(({ sort }) => sort)).size).toBeGreaterThan(3);
  expect(new Set(menus.map(({ family }) => family)).size).toBe(1);
});

test('the arrow keys are tried where one chooses with them', () => {
  const focused = (role: string) => ({
    ...pageModel([pageNode(role, 'Find', { ref: 'find' })]),
    focus: { role, name: 'Find' },
  });
  expect(wordsOf(focused('searchbox'))).toContain('press ArrowDown');
  expect(wordsOf(focused('textbox')).join()).not.toContain('ArrowDown');
});

test('a control that names what the page is about is of one sort on all pages of its kind; in the menu it keeps its name', () => {
  const room = (name: string) =>
    actionsOn(
      pageModel(`navigation\n  link "${name}"\nmain\n  heading "${name}"\n  button "Save ${name}"`),
    ).flatMap(({ kind, sort }) => (kind === 'click' ? [sort] : []));
  const [harbour, garden] = [room('The Harbour Room'), room('Garden Cottage')];
  expect(harbour.filter((sort) => garden.includes(sort))).toEqual(['click|button|Save *|/main:']);
});

test('items of mere text are there to be read, those with a control can be pointed at', () => {
  const doubles = (item: string) =>
    actionsOn(
      pageModel(`main\n  list\n${['A', 'B', 'C'].map((one) => item.replaceAll('$', one)).join('\n')}`),
    ).filter(({ kind }) => kind === 'double').length;
  expect(doubles('    listitem: Sea view $')).toBe(0);
  expect(doubles('    listitem: Task $\n      checkbox "Done $"')).toBeGreaterThan(0);
});

test('“Continue” is another control in each step of a wizard, even under one heading', () => {
  const step = (fields: string) =>
    actionsOn(
      pageModel(`main\n  heading "New report"\n${fields}\n  button "Continue"\n  button "Cancel"`),
    ).filter(({ kind }) => kind === 'click');
  const [first, second] = [step('  textbox "Title"'), step('  list\n    listitem\n      checkbox "Taxi"')];
  const spot = (actions: typeof first, name: string) => actions.find(({ sort }) => sort.includes(name))?.spot;
  expect(spot(first, 'Continue')).not.toBe(spot(second, 'Continue'));
  expect(spot(first, 'Cancel')).toBe(spot(second, 'Cancel'));
});
