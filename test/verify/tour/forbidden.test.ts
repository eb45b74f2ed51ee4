import { expect, test } from 'vitest';
import type { Run } from '../../../src/verify/run.ts';
import { toSite } from '../../../src/verify/site.ts';
import { createForbidden } from '../../../src/verify/tour/forbidden.ts';
import { pageNode } from '../../support/page-models.ts';

const run = {
  sites: { head: toSite('http://head.test/') },
  request: { settings: { preview: { origins: [] }, explore: { avoid: ['Pay now'] } } },
} as unknown as Run;
const whyNot = createForbidden(run, 'http://head.test/');

test('what ends the session or is to be avoided is left alone, also where it is a block without a role', () => {
  expect(whyNot(pageNode('button', 'Log out'))).toMatch(/ends the session/);
  expect(whyNot(pageNode('generic', '', { text: 'Log out' }))).toMatch(/ends the session/);
  expect(whyNot(pageNode('generic', '', { text: 'Pay now' }))).toMatch(/explore\.avoid/);
  expect(whyNot(pageNode('generic', '', { text: 'Open' }))).toBeUndefined();
});
