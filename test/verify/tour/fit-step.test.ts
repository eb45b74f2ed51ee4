import { expect, test } from 'vitest';
import { fitStep } from '../../../src/verify/tour/fit-step.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

const page = pageModel([
  pageNode('button', 'Citybox Oslo €125.69 Lodging · 20 Nov Not in a report'),
  pageNode('button', 'Motel One €96.41 Meals · 27 Oct Not in a report'),
  pageNode('button', 'Save'),
  pageNode('textbox', 'Nights', { text: '3' }),
  pageNode('textbox', 'Name', { text: 'Ada' }),
  pageNode('combobox', 'Category', {
    field: {
      type: 'select',
      hint: '',
      isRequired: false,
      isReadOnly: false,
      options: ['Please choose', 'Meals', 'Travel'],
    },
    children: [pageNode('option', 'Meals', { states: { selected: true } }), pageNode('option', 'Travel')],
  }),
]);
const button = (name: string) => ({ click: { role: 'button', name } });
const field = (role: string, name: string) => ({ role, name });

test('a control whose name has changed meanwhile is the one most like it, or none', () => {
  expect(fitStep(button('Motel One €96.41 Lodging · 27 Oct Not in a report'), page)).toEqual(
    button('Motel One €96.41 Meals · 27 Oct Not in a report'),
  );
  for (const name of ['Save', 'Delete all of it', 'Saved 3'])
    expect(fitStep(button(name), page)).toEqual(button(name));
});

test('what holds the value already gets another one, anything else the one that was asked for', () => {
  const select = (option: string) => ({ select: { field: field('combobox', 'Category'), option } });
  expect(fitStep(select('Meals'), page)).toEqual(select('Travel'));
  expect(fitStep(select('Travel'), page)).toEqual(select('Travel'));
  const fill = (name: string, value: string) => ({ fill: { field: field('textbox', name), value } });
  expect(fitStep(fill('Nights', '3'), page)).toEqual(fill('Nights', '4'));
  expect(fitStep(fill('Name', 'Ada'), page)).toEqual(fill('Name', 'Ada 2'));
  for (const step of [fill('Name', ''), fill('Name', 'Zoë'), { press: 'Enter' } as const, { goto: '/' }])
    expect(fitStep(step, page)).toEqual(step);
});

test('another item is the one of the list that says most of the same; what is no item stays what it is', () => {
  const reports = pageModel(
    `main
  table
    row "R-42 Hamburg Mara 19 Nov €333 Submitted"
    row "R-41 Oslo Wen 2 Nov €12 Paid"
    row "R-40 Cologne Mara 9 Nov €81 Draft"
  button "Submit for approval"
  button "Submit for review"`,
  );
  const row = { click: { role: 'row', name: 'R-42 Hamburg Mara 19 Nov €333 Draft' } };
  expect(fitStep(row, reports)).toEqual({
    click: { role: 'row', name: 'R-42 Hamburg Mara 19 Nov €333 Submitted' },
  });
  expect(fitStep(row, reports, 'other')).toEqual({
    click: { role: 'row', name: 'R-40 Cologne Mara 9 Nov €81 Draft' },
  });
  expect(fitStep(button('Submit for approval'), reports, 'other')).toEqual(button('Submit for approval'));
});
