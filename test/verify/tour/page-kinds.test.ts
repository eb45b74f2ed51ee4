import { expect, test } from 'vitest';
import { createPageKinds } from '../../../src/verify/tour/page-kinds.ts';
import { pageModel } from '../../support/page-models.ts';

const room = (name: string) =>
  pageModel(
    `main\n  heading "${name}"\n  button "Save ${name}"\n  checkbox "Breakfast"\n  combobox "Guests"\n  button "Book"`,
    { url: `http://base.test/rooms/${name.toLowerCase()}` },
  );

test('pages of a folder are of one kind once three were alike, whatever they are called', () => {
  const kinds = createPageKinds();
  for (const name of ['Harbour', 'Orchard']) kinds.note(`/rooms/${name.toLowerCase()}`, room(name));
  expect(kinds.of('/rooms/garden')).toBe('/rooms/garden');
  kinds.note('/rooms/library', room('Library'));
  expect(kinds.of('/rooms/garden')).toBe('/rooms/*');
  expect([kinds.of('/rooms'), kinds.of('/rooms?page=2'), kinds.of('/rooms/garden/photos')]).toEqual([
    '/rooms',
    '/rooms?page',
    '/rooms/garden/photos',
  ]);
});

test('pages of a folder that are unlike, or hold next to nothing, stay what they are', () => {
  const kinds = createPageKinds();
  const form = (fields: string) => pageModel(`main\n  heading "Settings"\n${fields}`);
  kinds.note('/settings/profile', form('  textbox "Name"\n  textbox "E-mail"\n  button "Save"'));
  kinds.note('/settings/billing', form('  textbox "Card"\n  combobox "Plan"\n  button "Pay"'));
  kinds.note('/settings/theme', form('  radio "Dark"\n  radio "Light"\n  checkbox "Contrast"'));
  expect(kinds.of('/settings/keys')).toBe('/settings/keys');
  for (const page of ['a', 'b', 'c']) kinds.note(`/legal/${page}`, pageModel('main\n  heading "Text"'));
  expect(kinds.of('/legal/d')).toBe('/legal/d');
});
