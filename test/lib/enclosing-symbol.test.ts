import { describe, expect, it } from 'vitest';
import { findDeclarations } from '../../src/lib/enclosing-symbol.ts';

function symbolAt(code: string): string {
  const lines = code.split('\n');
  const index = lines.findIndex((line) => line.includes('HERE'));
  return findDeclarations(lines, index)
    .map(({ name }) => name)
    .join('.');
}

describe('findDeclarations', () => {
  it.each([
    [
      'class Cart {\n  async total(items: Item[]): Promise<number> {\n    if (items.length > 0) {\n      HERE\n',
      'Cart.total',
    ],
    ['export const total = async (items) => {\n  HERE\n};', 'total'],
    ['export function total(\n  items: Item[],\n): number {\n  HERE\n}', 'total'],
    ['const api = {\n  total: function (items) {\n    HERE', 'total'],
    ['class Cart:\n    def total(self, items):\n        for item in items:\n            HERE', 'Cart.total'],
    ['func (c *Cart) Total(items []Item) int {\n\tHERE\n}', 'Total'],
    ['impl Cart {\n    pub fn total(&self) -> i32 {\n        HERE', 'Cart.total'],
    [
      'public class Cart {\n  public static int total(List<Item> items) {\n    while (true) {\n      HERE',
      'Cart.total',
    ],
    ['function one() {\n  return 1;\n}\n\nHERE', ''],
    ['module Shop\n  class Cart\n    def total(items)\n      HERE', 'Shop.Cart.total'],
    ['def mean(items):\n    return divide(sum(items), HERE)\n', 'mean'],
    ['function send(mails) {\n  post(mails, HERE)\n  end()\n}', 'send'],
    [
      'class Cart\n{\n    public int total(int[] items)\n    {\n        return sum(items, HERE)\n    }\n}',
      'Cart.total',
    ],
  ])('finds what is around a place: %#', (code, symbol) => {
    expect(symbolAt(code)).toBe(symbol);
  });

  it('tells how far a declaration reaches', () => {
    const lines = 'function one() {\n  a();\n\n  b();\n}\nfunction two() {\n  c();\n}'.split('\n');
    expect(findDeclarations(lines, 1)).toEqual([{ name: 'one', start: 0, end: 4 }]);
    expect(findDeclarations(lines, 6)).toEqual([{ name: 'two', start: 5, end: 7 }]);
  });

  it('takes no time over lines that are meant to take it', () => {
    const hostile = [
      `${'a '.repeat(50_000)}(`,
      `${'get '.repeat(50_000)}`,
      `  ${'=>'.repeat(50_000)}`,
      '    HERE',
    ];
    expect(findDeclarations(hostile, 3).length).toBeLessThan(3);
  });
});
