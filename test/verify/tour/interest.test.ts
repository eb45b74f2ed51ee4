import { expect, it } from 'vitest';
import type { Affected, AffectedRoute } from '../../../src/domain/affected.ts';
import type { Action } from '../../../src/verify/model/action.ts';
import { createInterest, type InterestFacts } from '../../../src/verify/tour/interest.ts';

const click = (name: string, page = '/'): Action => ({
  steps: [{ click: { role: 'button', name } }],
  kind: 'click',
  key: `${page} click|button|${name}`,
  control: `${page} click|button|${name}`,
  spot: `${page} click|button|${name}`,
  sort: `click|button|${name}`,
  family: `click|button|${name}`,
  isOdd: false,
});

const route = (pattern: string, distance = 0): AffectedRoute => ({
  pattern,
  distance,
  file: 'page.tsx',
  framework: 'next',
  kind: 'page',
  via: ['page.tsx'],
  reason: 'its own file changed',
});

const affects = (over: Partial<Affected>): Affected => ({
  routes: [],
  parts: [],
  selectors: [],
  texts: [],
  otherPages: [],
  ...over,
});

const weigh = (facts: Partial<InterestFacts>, action: Action): number =>
  createInterest({ root: '/', styled: new Set(), ...facts }).weigh(action);

it('weighs everything alike when nothing is known', () => {
  expect([click('Save'), click('Buy', '/cart')].map((one) => weigh({}, one))).toEqual([1, 1]);
});

it('prefers what has the words of the changed paths', () => {
  expect(weigh({ changedPaths: ['src/cart/coupon.ts'] }, click('Apply coupon'))).toBeGreaterThan(1);
  expect(weigh({ changedPaths: ['src/cart/coupon.ts'] }, click('Save'))).toBe(1);
});

it('prefers what has the words of a hint', () => {
  const hints = [{ words: ['coupon'] }];
  expect(weigh({ hints }, click('Apply coupon'))).toBeGreaterThan(1);
  expect(weigh({ hints }, click('Save'))).toBe(1);
});

it('prefers what stands on the pages that the diff reaches, the nearest most', () => {
  const affected = affects({ routes: [route('/orders/:id'), route('/cart', 2)], otherPages: ['/'] });
  const [order, cart, home] = ['/orders/:id', '/cart', '/'].map((page) =>
    weigh({ affected }, click('Save', page)),
  );
  expect(order).toBeGreaterThan(cart ?? 0);
  expect(cart).toBeGreaterThan(home ?? 0);
  expect(home).toBe(1);
});

it('knows the pages of a product that lies in a folder', () => {
  const affected = affects({ routes: [route('/cart')] });
  expect(weigh({ affected, root: '/pr-5/' }, click('Save', '/pr-5/cart'))).toBeGreaterThan(1);
});

it('prefers no page when everything may be affected', () => {
  const affected = affects({ routes: [route('/cart')], sweep: 'site.css is a style sheet of every page' });
  expect(weigh({ affected }, click('Save', '/cart'))).toBe(1);
});

it('prefers controls whose text the diff changes, and those whose style it changes', () => {
  const affected = affects({ texts: ['Pay now'] });
  expect(weigh({ affected }, click('Pay now'))).toBeGreaterThan(1);
  expect(weigh({ affected, styled: new Set(['button|Save']) }, click('Save'))).toBeGreaterThan(1);
  expect(weigh({ affected }, click('Save'))).toBe(1);
});

it('hears of styles that are seen later', () => {
  const styled = new Set<string>();
  const interest = createInterest({ root: '/', styled });
  expect(interest.weigh(click('Save'))).toBe(1);
  styled.add('button|Save');
  expect(interest.weigh(click('Save'))).toBeGreaterThan(1);
});
