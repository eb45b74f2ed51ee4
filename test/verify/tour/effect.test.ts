import { expect, test } from 'vitest';
import type { PageModel } from '../../../src/verify/model/page-model.ts';
import { touchedBy } from '../../../src/verify/tour/effect.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

const field = (name: string, text: string) => pageNode('textbox', name, { text });
const total = (text: string) => pageNode('paragraph', '', { text: `Total: ${text}` });
const touched = (before: PageModel, after: PageModel) => [...touchedBy(before, after)].sort();

test('an action touches the number, the field and the stored key that it changes', () => {
  const before = {
    ...pageModel([total('$5'), field('Coupon', '')]),
    storageDigests: { 'local:cart': 1, 'local:seen': 2 },
  };
  const after = {
    ...pageModel([total('$4'), field('Coupon', 'SAVE')]),
    storageDigests: { 'local:cart': 3, 'local:seen': 2 },
  };
  expect(touched(before, after)).toEqual(['field:coupon', 'label:total', 'local:cart']);
  expect(touched(before, before)).toEqual([]);
});

test('an action touches the part of the page in which a list holds something else, or other things are chosen', () => {
  const list = (part: string, ...items: readonly string[]) =>
    pageModel(
      `navigation "Lists"\n  link "Home"\nmain\n  list\n${items.map((item) => `    listitem\n      ${item}`).join('\n')}`.replace(
        'main',
        part,
      ),
    );
  const two = list('main', 'checkbox "Rice"', 'checkbox "Oats"');
  expect(touched(two, list('main', 'checkbox "Rice"'))).toContain('list:/main:');
  expect(touched(two, list('main', 'checkbox "Rice" [checked]', 'checkbox "Oats"'))).toContain('list:/main:');
  expect(touched(two, two)).toEqual([]);
  const elsewhere = { ...list('main', 'checkbox "Salt"'), url: 'http://base.test/other' };
  expect(touched(two, elsewhere).join()).not.toContain('list:');
});

test('an action touches the field that it fills, also when the field is gone afterwards', () => {
  const fill = { fill: { field: { role: 'textbox', name: 'Title' }, value: 'Tea' } };
  const before = pageModel([field('Title', '')]);
  expect([...touchedBy(before, pageModel([total('$5')]), [fill])]).toContain('field:title');
});

test('an action touches the sort of data that it sends, and the fields of the page that it leads to', () => {
  const sent = (url: string) => ({ method: 'POST', url, resource: 'fetch' });
  const before = pageModel([total('$5')]);
  const after = {
    ...pageModel([field('Name', ''), total('$9')]),
    url: 'https://a.dev/edit',
    requests: [sent('https://a.dev/api/v2/orders/7/lines')],
  };
  expect(touched(before, after)).toEqual(['field:name', 'sent:orders', 'way:POST /api/v2/orders/:id/lines']);
});
