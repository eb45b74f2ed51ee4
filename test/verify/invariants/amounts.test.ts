import { describe, expect, it } from 'vitest';
import { onlyMoney, readAmounts } from '../../../src/verify/invariants/amounts.ts';

describe('readAmounts', () => {
  it.each([
    ['$1,234.56', 1234.56, '$'],
    ['1.234,56 €', 1234.56, '€'],
    ["CHF 1'234.50", 1234.5, 'CHF'],
    ['1 234,50 kr', 1234.5, 'kr'],
    ['−$4.00', -4, '$'],
    ['$-4', -4, '$'],
    ['-4,00 €', -4, '€'],
    ['($12.00)', -12, '$'],
    ['+$3', 3, '$'],
    ['Total$7.00', 7, '$'],
    ['Total-4,00 €', -4, '€'],
    ['3.5', 3.5, ''],
    ['0.125', 0.125, ''],
    ['¥168', 168, '¥'],
    ['12 EUR', 12, 'EUR'],
  ])('reads %s as %d %s', (text, value, currency) => {
    expect(readAmounts(text)).toMatchObject([{ value, currency }]);
  });

  it.each([['2026-05-01'], ['1/5/2026'], ['14:05'], ['v1.2.3'], ['F-16'], ['#10023'], ['no digits']])(
    'reads no amount in %s',
    (text) => {
      expect(readAmounts(text)).toEqual([]);
    },
  );

  it('takes the dash of a range for no sign', () => {
    expect(readAmounts('$5 – $10').map((one) => one.value)).toEqual([5, 10]);
    expect(readAmounts('1–10').map((one) => one.value)).toEqual([1, 10]);
  });

  it('gives each of two prices its own currency', () => {
    expect(readAmounts('$9.00 $8.00')).toMatchObject([{ text: '$9.00' }, { text: '$8.00' }]);
    expect(onlyMoney('$9.00 $8.00')).toBeUndefined();
    expect(onlyMoney('3 × $8.00')?.value).toBe(8);
  });

  it('knows percentages', () => {
    expect(readAmounts('−3 %')).toMatchObject([{ value: -3, isPercent: true, currency: '' }]);
  });
});
