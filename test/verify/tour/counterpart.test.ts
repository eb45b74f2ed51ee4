import { expect, test } from 'vitest';
import { createKnowledge } from '../../../src/verify/compare/knowledge.ts';
import { stepOnHead } from '../../../src/verify/tour/counterpart.ts';
import { pageModel } from '../../support/page-models.ts';

const card = (name: string): string => `listitem
  paragraph: ${name}
  generic: ⋯
  button "Open"`;
const list = (names: readonly string[]) =>
  pageModel(`list\n${names.map(card).join('\n').replace(/^/gm, '  ')}`);

test('what base and head have as often is the same one on both', () => {
  const moment = { base: list(['Tea', 'Milk']), head: list(['Tea', 'Milk']) };
  const step = { click: { role: 'button', name: 'Open', nth: 1 } };
  expect(stepOnHead(createKnowledge(), moment, step)).toEqual(step);
});

test('where the head has one more, what is around tells which is meant, by role and by text alike', () => {
  const moment = { base: list(['Tea', 'Milk']), head: list(['Bread', 'Tea', 'Milk']) };
  expect(stepOnHead(createKnowledge(), moment, { click: { role: 'button', name: 'Open', nth: 1 } })).toEqual({
    click: { role: 'button', name: 'Open', nth: 2 },
  });
  expect(stepOnHead(createKnowledge(), moment, { click: { name: '⋯', nth: 1 } })).toEqual({
    click: { name: '⋯', nth: 2 },
  });
  expect(stepOnHead(createKnowledge(), moment, { click: { name: '⋯' } })).toEqual({
    click: { name: '⋯', nth: 1 },
  });
});
