import { expect, test } from 'vitest';
import type { Atom } from '../../../src/verify/compare/atom.ts';
import { expectLink } from '../../../src/verify/compare/expectations.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

const link = (url: string) => pageNode('link', 'Next', { url });
const expected = (base: string, ...head: readonly string[]) =>
  expectLink({ base: pageModel([link(base)]), head: pageModel(head.map(link)) }, {
    node: link(base),
  } as unknown as Atom); // of an atom only its node is asked for

test('a link whose target nothing on the head has is looked for by its target', () => {
  expect(expected('/?sort=name&page=2', '/?page=2')).toEqual({
    visible: { css: 'a[href="/?sort=name&page=2"]' },
  });
});

test('a target that the head has elsewhere, is on another site, or would break out of the selector tells nothing', () => {
  expect(expected('/help', '/help', '/other')).toBeUndefined();
  expect(expected('https://base.test/help', '/other')).toBeUndefined();
  expect(expected('//base.test/help', '/other')).toBeUndefined();
  expect(expected('/a"],b[c="', '/other')).toBeUndefined();
});
