import { describe, expect, it } from 'vitest';
import { compareNumbers } from '../../src/verify/compare-numbers.ts';

const total = (amount: string): string => `- paragraph: "Total: ${amount}"`;

describe('compareNumbers', () => {
  it.each([
    '-$4.00',
    '−$4.00',
    '–$4.00',
    '$-4.00',
    '$ −4.00',
    '($4.00)',
    '-4.00 €',
    '−4,00 €',
    'EUR -4.00',
    '- £4',
  ])('reads %s as an amount below zero', (amount) => {
    expect(compareNumbers(total('$16.00'), total(amount))).toMatchObject([
      { label: 'Total', isMoney: true, isNegative: true },
    ]);
  });

  it.each([
    ['€1,234.50', '€1234.50'],
    ['1.234,50 €', '€1,234.50'],
    ['CHF 1’234.50', 'CHF 1234.50'],
    ['1 234,50 €', '1.234,50 €'],
    ['$5', '$5.00'],
    ['16.00 €', '€16.00'],
  ])('reads %s and %s as the same amount', (base, head) => {
    expect(compareNumbers(total(base), total(head))).toEqual([]);
  });

  it('takes a separator before three digits for one of thousands, and before two for cents', () => {
    expect(compareNumbers(total('1,234'), total('1.234'))).toEqual([]);
    expect(compareNumbers(total('$12.34'), total('$1,234'))).toHaveLength(1);
  });

  it('takes a bracketed number without a currency, and a range, for what they are', () => {
    expect(compareNumbers('- text: Reviews (4)', '- text: Reviews (5)')).toMatchObject([
      { isNegative: false },
    ]);
    expect(compareNumbers('- text: Sizes 36-42', '- text: Sizes 36-43')).not.toContainEqual(
      expect.objectContaining({ isNegative: true }),
    );
  });

  it('says nothing about dates, times, versions, ids, durations and percentages', () => {
    const changing = (n: number): string =>
      [
        `- text: Built 2026-01-0${n}`,
        `- text: at 10:0${n}`,
        `- text: v1.${n}.0`,
        `- text: Order LM-100${n}`,
        `- text: ${n} minutes ago`,
        `- text: ${n}0% done`,
        `- text: © 202${n}`,
      ].join('\n');
    expect(compareNumbers(changing(1), changing(2))).toEqual([]);
  });

  it('says nothing about a text with other words, and nothing about a discount below zero', () => {
    expect(compareNumbers('- text: 3 lamps', '- text: 4 stools')).toEqual([]);
    expect(compareNumbers('- text: Discount €2.00', '- text: Discount −€2.00')).toMatchObject([
      { isNegative: false },
    ]);
  });

  it('puts a total below zero before the rest', () => {
    const page = (total: string, other: string): string =>
      [
        `- row "Mug ${other}":`,
        `  - cell "Mug"`,
        `  - cell "${other}"`,
        '- term: Total',
        `- definition: ${total}`,
      ].join('\n');
    const [first, ...others] = compareNumbers(page('€16.00', '€8.00'), page('−€4.00', '€9.00'));
    expect(first).toMatchObject({ label: 'Total', base: '€16.00', head: '−€4.00', isNegative: true });
    expect(others.map(({ label }) => label)).toEqual(['Mug']);
  });
});
