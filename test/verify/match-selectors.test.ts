import { expect, it } from 'vitest';
import { matchSelector } from '../../src/verify/match-selectors.ts';
import type { ElementBox } from '../../src/verify/ports.ts';

const box = (key: string, classes: string, parent?: number): ElementBox => ({
  key,
  tag: /[^>]*$/.exec(key)?.[0].split('#')[0]?.split(':')[0] ?? '',
  role: '',
  name: '',
  text: '',
  isInteractive: false,
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  styles: {},
  classes,
  ...(parent === undefined ? {} : { parent }),
});

const page = [
  box('body', ''),
  box('body>div#cart', 'panel', 0),
  box('body>div#cart>p', 'line Line_total__x1 big', 1),
  box('body>div#cart>p>b', 'price', 2),
  box('body>p', 'line', 0),
];

it.each([
  ['.line', [2, 4]],
  ['p.line.big', [2]],
  ['#cart .price', [3]],
  ['#cart > .line', [2]],
  ['#cart > .price', []],
  ['.panel p > b', [3]],
  ['[class*="total"]', [2]],
  ['main .line', []],
])('%s matches what it matches in a page', (selector, indexes) => {
  expect(matchSelector(selector, page)?.map((one) => page.indexOf(one))).toEqual(indexes);
});

it.each(['.a:nth-child(2)', '.a + .b', 'a[href]', '', '.a ~ .b', '>'.repeat(50)])(
  'makes no guess about %s',
  (selector) => {
    expect(matchSelector(selector, page)).toBeUndefined();
  },
);
