import { describe, expect, it } from 'vitest';
import { compareAudits } from '../../../src/verify/accessibility/compare-audits.ts';
import type { AccessibilityViolation } from '../../../src/verify/ports.ts';

const violation = (over: Partial<AccessibilityViolation> = {}): AccessibilityViolation => ({
  rule: 'image-alt',
  impact: 'critical',
  help: 'Images must have alternative text',
  role: 'img',
  name: '',
  selector: 'img',
  why: 'Element does not have an alt attribute',
  ...over,
});

describe('compareAudits', () => {
  it('says one thing for each rule, and counts the elements', () => {
    const head = [1, 2, 3, 4, 5].map((at) =>
      violation({ name: `Photo ${'abcde'[at - 1]}`, selector: `img:nth-child(${at})` }),
    );
    expect(
      compareAudits(
        [],
        [...head, violation({ rule: 'label', impact: 'minor', help: 'Fields must have labels' })],
      ),
    ).toMatchObject([
      {
        kind: 'invariant',
        cause: 'axe|image-alt',
        category: 'accessibility',
        severity: 'high',
        source: 'axe/image-alt',
        what: 'images must have alternative text: img “Photo a”, img “Photo b”, img “Photo c” and 2 more',
        actual: expect.stringContaining('5 on the head only'),
      },
      { source: 'axe/label', severity: 'low' },
    ]);
  });

  it.each([
    ['the same on both sides', [violation()], [violation()], 0],
    ['one that the head repaired', [violation(), violation({ name: 'x', selector: 'b' })], [violation()], 0],
    [
      'the same element with another number in its name',
      [violation({ name: 'Cart 3', selector: 'a' })],
      [violation({ name: 'Cart 4', selector: 'b' })],
      0,
    ],
    ['a renamed element in the same place', [violation({ name: 'Buy' })], [violation({ name: 'Order' })], 0],
    [
      'a moved element of the same name',
      [violation({ name: 'Buy', selector: 'a' })],
      [violation({ name: 'Buy', selector: 'b' })],
      0,
    ],
    ['one more of the same name', [violation()], [violation(), violation({ selector: 'main > img' })], 1],
    [
      'another element',
      [violation({ name: 'Buy', selector: 'a' })],
      [violation({ name: 'Sell', selector: 'b' })],
      1,
    ],
    [
      'the same element under another rule',
      [violation()],
      [violation(), violation({ rule: 'link-name' })],
      1,
    ],
  ])('of %s', (_, base, head, expected) => {
    expect(compareAudits(base, head)).toHaveLength(expected);
  });

  it('says nothing when a side was not looked at', () => {
    expect(compareAudits(undefined, [violation()])).toEqual([]);
    expect(compareAudits([], undefined)).toEqual([]);
  });
});
