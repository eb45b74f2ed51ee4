import { describe, expect, it } from 'vitest';
import { findQuote, shownLines } from '../../src/agent/match-quote.ts';

const FILE = shownLines(
  [
    'export function total(cart) {', //            1
    '\tconst sum = cart.items.reduce(', //          2
    '\t\t(all, item) => all + item.price,', //      3
    '\t\t0,', //                                    4
    '\t);', //                                      5
    '', //                                          6
    '  return sum - cart.discount;', //             7
    '}', //                                         8
    'export function due(cart) {', //               9
    '  return sum - cart.discount;', //            10
    '}', //                                        11
  ].join('\n'),
);

describe('findQuote', () => {
  it.each<[string, string, number, readonly [number, number] | undefined]>([
    [
      'the lines as they are',
      '\tconst sum = cart.items.reduce(\n\t\t(all, item) => all + item.price,',
      2,
      [2, 3],
    ],
    ['other indentation', 'const sum = cart.items.reduce(\n  (all, item) => all + item.price,', 2, [2, 3]],
    ['other white space within a line', 'return  sum-cart.discount;', 7, [7, 7]],
    [
      'a line that was wrapped otherwise',
      'const sum = cart.items.reduce((all, item) => all + item.price, 0,);',
      1,
      [2, 5],
    ],
    ['an empty line that was left out', ');\nreturn sum - cart.discount;', 5, [5, 7]],
    ['a piece of a line', 'cart.items.reduce(', 1, [2, 2]],
    ['numbers and marks copied along', '    7 |  return sum - cart.discount;\n    8 |}', 7, [7, 8]],
    ['the nearest of several', '  return sum - cart.discount;', 12, [10, 10]],
    ['a line that is off by a few', '  return sum - cart.discount;', 5, [7, 7]],
    ['a diff with both sides', '-  return sum;\n+  return sum - cart.discount;', 7, [7, 7]],
    [
      'a diff with margins',
      '    7-|  return sum;\n    7+|  return sum - cart.discount;\n    8 |}',
      7,
      [7, 8],
    ],
    ['other characters', 'return sum + cart.discount;', 7, undefined],
    ['lines that do not follow each other', 'const sum = cart.items.reduce(\n0,', 2, undefined],
    ['next to nothing', 'sum', 7, undefined],
    ['nothing', '\n \n', 7, undefined],
  ])('finds %s', (_, code, line, place) => {
    const found = findQuote(FILE, code, line);
    expect(found && [found.startLine, found.endLine]).toEqual(place);
  });

  it('finds a list item, whose dash is no mark of a diff', () => {
    const lines = shownLines('on:\n  - push\n  - pull_request_target\n');
    expect(findQuote(lines, '  - pull_request_target', 1)).toEqual({ startLine: 3, endLine: 3 });
  });

  it('finds the removed side of a diff in the base', () => {
    const base = shownLines('a();\nif (!user.isAdmin) return deny();\nb();\n');
    expect(findQuote(base, '-if (!user.isAdmin) return deny();\n+proceed();', 1)).toEqual({
      startLine: 2,
      endLine: 2,
    });
  });
});
