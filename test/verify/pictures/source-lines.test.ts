import { describe, expect, it } from 'vitest';
import type { ChangedLine } from '../../../src/domain/diff.ts';
import { findSourceLines } from '../../../src/verify/pictures/source-lines.ts';
import { elementBox } from '../../support/pictures.ts';

const line = (path: string, at: number, text: string): ChangedLine => ({ path, line: at, text });
const button = elementBox({
  key: 'body>main>button#pay-now',
  tag: 'button',
  name: 'Pay  now',
  text: 'Pay now',
  classes: 'btn price-tag',
});
const places = (lines: readonly ChangedLine[]): readonly string[] =>
  findSourceLines([button], lines).map(({ path, line: at, because }) => `${path}:${at} ${because}`);

describe('findSourceLines', () => {
  it('finds the line that holds the text, an id or a class of an element', () => {
    expect(
      places([
        line('src/pay.tsx', 3, '  <p>Total</p>'),
        line('src/pay.css', 9, '.price-tag { color: red }'),
        line('src/pay.tsx', 4, '  <button id="pay-now">Pay now</button>'),
      ]),
    ).toEqual(['src/pay.tsx:4 “Pay now”, #pay-now', 'src/pay.css:9 .price-tag']);
  });

  it('knows the class of a style module', () => {
    expect(places([line('src/pay.tsx', 7, 'return <b className={styles.priceTag} />')])).toEqual([
      'src/pay.tsx:7 .price-tag',
    ]);
  });

  it('takes no part of a longer word for a class, and no bare word in code', () => {
    expect(
      places([
        line('a.css', 1, '.price-tags { color: red }'),
        line('a.css', 2, 'btn { color: red }'),
        line('a.ts', 3, 'const btn = 1;'),
        line('a.ts', 4, 'use("my-btn")'),
      ]),
    ).toEqual([]);
  });

  it('gives nothing for a class that half of the diff is about, and at most five lines', () => {
    const many = Array.from({ length: 9 }, (_, at) => line('a.css', at, '.btn { color: red }'));
    expect(places(many)).toEqual([]);
    const mixed = [1, 2, 3, 4].flatMap((at) => [
      line('a.css', at, '.btn { margin: 0 }'),
      line('b.css', at, '.price-tag { margin: 0 }'),
    ]);
    expect(places(mixed)).toHaveLength(5);
  });

  it('reads hostile class names as plain letters', () => {
    const odd = elementBox({ name: '', text: '', classes: 'w-[calc(100%-1rem)] ((( a.*b' });
    const lines = [line('a.html', 1, '<p class="w-[calc(100%-1rem)]">'), line('a.html', 2, '"aXXb"')];
    expect(findSourceLines([odd], lines).map((one) => one.line)).toEqual([1]);
  });
});
