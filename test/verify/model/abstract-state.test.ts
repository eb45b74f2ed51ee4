import { expect, test } from 'vitest';
import { abstractState, addressTemplate } from '../../../src/verify/model/abstract-state.ts';
import type { PageNode } from '../../../src/verify/model/page-model.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

const item = (name: string, checked = false): PageNode =>
  pageNode('listitem', '', {
    children: [pageNode('checkbox', name, { states: { checked } }), pageNode('text', '', { text: name })],
  });
const list = (...items: readonly PageNode[]): PageNode => pageNode('list', '', { children: items });
const stateOf = (...nodes: readonly PageNode[]): string => abstractState(pageModel(nodes));

test('a list counts as none, one, two or many, whatever its items are called', () => {
  const [none, one, two] = [list(), list(item('a')), list(item('a'), item('b'))];
  const many = list(item('a'), item('b'), item('c'));
  expect(new Set([none, one, two, many].map((each) => stateOf(each))).size).toBe(4);
  expect(stateOf(many)).toBe(stateOf(list(item('x'), item('y'), item('z'), item('w'))));
});

test('a ticked item is another state than one that is not', () => {
  expect(stateOf(list(item('a', true)))).not.toBe(stateOf(list(item('a', false))));
});

test('numbers are folded, but for their sign', () => {
  const total = (text: string): string => stateOf(pageNode('paragraph', '', { text }));
  expect(total('Total: $16.00')).toBe(total('Total: $1,204.50'));
  expect(total('Total: $16.00')).not.toBe(total('Total: -$4.00'));
});

test('a field counts as empty or filled', () => {
  const field = (text: string): string => stateOf(pageNode('textbox', 'Name', { text }));
  expect(field('Ada')).toBe(field('Grace'));
  expect(field('')).not.toBe(field('Ada'));
});

test('wrappers say nothing', () => {
  const heading = pageNode('heading', 'Cart');
  expect(stateOf(heading)).toBe(stateOf(pageNode('generic', '', { children: [heading] })));
});

test('addresses are compared without ids and values, with the route in their fragment', () => {
  expect(addressTemplate('https://a.dev/orders/17?page=2')).toBe(
    addressTemplate('http://localhost:1/orders/9?page=1'),
  );
  expect(addressTemplate('https://a.dev/#/active')).not.toBe(addressTemplate('https://a.dev/#/completed'));
  expect(addressTemplate('https://a.dev/#top')).toBe(addressTemplate('https://a.dev/'));
});
