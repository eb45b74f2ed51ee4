import { describe, expect, it } from 'vitest';
import { fitList, fitParts, foldedPart, wholePart } from '../../src/report/fit.ts';

const more = (left: number): string => `and ${left} more`;

describe('fitList', () => {
  it('takes everything when it fits', () => {
    expect(fitList(['one', 'two'], 100, { separator: '\n', more })).toBe('one\ntwo');
  });

  it('leaves out whole items and says how many', () => {
    const items = Array.from({ length: 100 }, (_, index) => `item ${index}`);
    const text = fitList(items, 60, { separator: '\n', more });
    expect(text).toMatch(/^item 0\nitem 1\n.*\nand 9\d more$/s);
    expect(text.length).toBeLessThanOrEqual(60);
  });

  it('says nothing rather than too much', () => {
    expect(fitList(['x'.repeat(50)], 5, { separator: '\n', more })).toBe('');
  });
});

describe('fitParts', () => {
  it('gives room by rank and keeps the order of the page', () => {
    const text = fitParts(
      [wholePart(2, 'b'.repeat(50)), wholePart(0, 'a'), wholePart(1, 'c'.repeat(50))],
      60,
    );
    expect(text).toBe(`a\n\n${'c'.repeat(50)}`);
  });

  it('never leaves a fold open', () => {
    const part = foldedPart(1, 'Title', (budget) =>
      fitList(['x'.repeat(40), 'y'.repeat(40)], budget, { separator: '\n', more }),
    );
    for (let limit = 0; limit < 200; limit += 7) {
      const text = fitParts([part], limit);
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text.split('<details>').length).toBe(text.split('</details>').length);
    }
  });
});
