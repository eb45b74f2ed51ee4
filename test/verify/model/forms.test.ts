import { expect, test } from 'vitest';
import { describeStep } from '../../../src/domain/flow.ts';
import type { PageNode } from '../../../src/verify/model/page-model.ts';
import { actionsOn, button, field, wordsOf } from '../../support/page-actions.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

test('a field gets values that fit its meaning, with and without Enter', () => {
  const words = wordsOf(pageModel([field('E-mail', { type: 'email' })]));
  expect(words).toContain('type “ada@example.com” into textbox “E-mail”');
  expect(words).toContain('type “ada@example.com” into textbox “E-mail”, then press Enter');
  expect(words).toContain('type “ada@example.com” into textbox “E-mail”, then press Escape');
  const amount = wordsOf(pageModel([field('Quantity', { type: 'number', max: '10' })]));
  expect(amount).toContain('type “-1” into textbox “Quantity”');
  expect(amount).toContain('type “11” into textbox “Quantity”');
});

test('a code that the product shows is tried where codes are asked for', () => {
  expect(wordsOf(pageModel([field('Coupon code')]), ['SAVE20', 'Lamp'])).toContain(
    'type “SAVE20” into textbox “Coupon code”, then press Enter',
  );
  expect(wordsOf(pageModel([field('Notes')]), ['SAVE20']).join()).not.toContain('SAVE20');
});

test('values that the field cannot hold, read-only fields and files are left out', () => {
  const short = wordsOf(pageModel([field('Title', { maxLength: 5 })]));
  expect(short.join()).not.toContain('Water the plants');
  const fixed = pageModel([field('Fixed', { isReadOnly: true }), field('Upload', { type: 'file' })]);
  expect(wordsOf(fixed).join()).not.toMatch(/Fixed|Upload/);
});

test('a form is filled and sent as one action, its cancel button is not what sends it', () => {
  const form = pageModel([
    pageNode('generic', '', {
      children: [field('Name'), field('E-mail', { type: 'email' }), button('Cancel'), button('Save changes')],
    }),
  ]);
  const sent = actionsOn(form).find(({ sort }) => sort.startsWith('form|'));
  expect(sent?.steps.map(describeStep)).toEqual([
    'type “Water the plants” into textbox “Name”',
    'type “ada@example.com” into textbox “E-mail”',
    'click button “Save changes”',
  ]);
});

test('a form is also sent with one field empty or odd, and one that is filled already with one field changed', () => {
  const sentOn = (fields: readonly PageNode[]): readonly string[] =>
    actionsOn(pageModel([pageNode('generic', '', { children: [...fields, button('Save')] })]))
      .filter(({ sort }) => sort.startsWith('form|'))
      .map(({ steps }) => steps.map(describeStep).join(', then '));
  expect(sentOn([field('Name'), field('E-mail', { type: 'email' })])).toContain(
    'type “Water the plants” into textbox “Name”, then type “not an address” into textbox “E-mail”, then click button “Save”',
  );
  const filled = (name: string): PageNode => ({ ...field(name), text: 'Something' });
  expect(sentOn([filled('Name'), filled('Town')])[0]).toBe(
    'type “Water the plants” into textbox “Name”, then click button “Save”',
  );
});

test('a single field and the button that sends it are one action, unless it is a search', () => {
  const sent = (role: string, name: string): readonly string[] => {
    const title = { ...field('Title', { type: 'text' }), role };
    const dialog = pageNode('dialog', 'New card', { children: [title, button('Cancel'), button(name)] });
    return wordsOf(pageModel([dialog])).filter((one) => one.startsWith('type') && one.includes('click'));
  };
  expect(sent('textbox', 'Add card')).toEqual([
    'type “Water the plants” into textbox “Title”, then click button “Add card”',
  ]);
  expect(sent('searchbox', 'Add card')).toEqual([]);
});

test('a form is sent with its choices made: one of several, the terms, a box where there is nothing else', () => {
  const box = (role: string, name: string, hint: string, over: Partial<PageNode> = {}): PageNode =>
    pageNode(role, name, { field: { type: role, hint, isRequired: false, isReadOnly: false }, ...over });
  const sent = (...nodes: readonly PageNode[]): readonly string[] =>
    wordsOf(pageModel([pageNode('form', '', { children: [...nodes, button('Next')] })])).filter((one) =>
      one.includes('then click button “Next”'),
    );
  const town = box('radio', 'Town bike', 'bike');
  const race = box('radio', 'Racer', 'bike');
  expect(sent(town, race, box('radio', 'Morning', 'when'), box('checkbox', 'News', 'news'))).toEqual([
    'click radio “Town bike”, then click radio “Morning”, then click button “Next”',
  ]);
  expect(sent(town, { ...race, states: { checked: true } })).toEqual([]);
  expect(sent(box('checkbox', 'Brakes', 'b'), box('checkbox', 'Tyres', 't'))).toEqual([
    'click checkbox “Brakes”, then click button “Next”',
  ]);
  const [usual] = sent(
    field('Name', { type: 'text' }),
    box('checkbox', 'News', 'n'),
    box('checkbox', 'I accept the terms', 'a'),
  );
  expect(usual).toMatch(
    /^click checkbox “I accept the terms”, then type “.*” into textbox “Name”, then click button “Next”$/,
  );
});

test('where a field holds the usual value already, the next one is as usual', () => {
  const quantity = (text: string) =>
    actionsOn(pageModel([{ ...field('Quantity', { type: 'number' }), text }]))
      .filter(({ kind, isOdd }) => kind === 'submit' && !isOdd)
      .map(({ steps }) => steps[0]);
  expect(quantity('1')).toMatchObject([{ fill: { value: '2' } }]);
  expect(quantity('2')).toMatchObject([{ fill: { value: '5' } }]);
});

test('a form that is filled already is sent with other choices as well', () => {
  const insurance = pageNode('combobox', 'Insurance', {
    ref: 'insurance',
    text: 'Private',
    field: {
      type: 'select',
      hint: '',
      isRequired: false,
      isReadOnly: false,
      options: ['Public', 'Private', 'None'],
    },
  });
  const form = pageNode('form', '', {
    children: [{ ...field('Postcode'), text: '20099' }, insurance, button('Save')],
  });
  const odd = actionsOn(pageModel([form])).filter(({ kind, isOdd }) => kind === 'form' && isOdd);
  const chosen = odd.filter(({ steps }) =>
    steps.some((step) => 'select' in step && step.select.option === 'None'),
  );
  expect(chosen.length).toBeGreaterThan(2);
});

test('a single field in a dialog is sent by the only button that does not leave it', () => {
  const sent = (role: string, ...names: readonly string[]) => {
    const children = [field('Reason', {}), button('Cancel'), ...names.map((name) => button(name))];
    return actionsOn(pageModel([pageNode(role, 'Return', { children })]))
      .filter(({ kind, isOdd }) => kind === 'form' && !isOdd)
      .map(({ steps }) => steps.length);
  };
  expect(sent('dialog', 'Return report')).toEqual([2]);
  expect([sent('region', 'Return report'), sent('dialog', 'Ideas', 'Review')]).toEqual([[], []]);
});
