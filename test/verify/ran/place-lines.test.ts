import { describe, expect, it } from 'vitest';
import { placeByMap, placeByText, type WantedFile } from '../../../src/verify/ran/place-lines.ts';
import { trackLines } from '../../../src/verify/ran/ran-lines.ts';
import { CART, CART_MAP, CART_SCRIPT, rangeOf } from '../../support/mapped-script.ts';

const wanted = (path: string, ...lines: readonly number[]): WantedFile => ({
  path,
  lines: lines.map((line) => ({ part: 0, line, text: CART.split('\n')[line - 1] ?? '' })),
});

const map = (over: object = {}): string => JSON.stringify({ ...CART_MAP, ...over });

/** What of the script each placed line begins with. */
function placed(source: string, ...files: readonly WantedFile[]): readonly string[] | undefined {
  return placeByMap(CART_SCRIPT, source, files)?.map(
    ({ line, offsets }) => `${line}: ${CART_SCRIPT.slice(Math.min(...offsets)).split('\n')[0]}`,
  );
}

describe('placeByMap', () => {
  it('finds changed lines of a source in what was made of it', () => {
    expect(placed(map(), wanted('src/cart.ts', 2, 5, 8))).toEqual([
      '5: const total = (lines) => lines.reduce((sum, { price }) => sum + price, 0);',
      '8: const known = code.trim().toUpperCase();',
    ]);
  });

  it('finds a line that lies elsewhere in the text of the map, and none of another version', () => {
    const moved = map({ sourcesContent: [`\n${CART}`] });
    const line = { part: 0, line: 6, text: '  const known = code.trim().toUpperCase();' };
    expect(placed(moved, { path: 'src/cart.ts', lines: [line] })).toEqual([
      "6: return known === 'SAVE' ? (0, exports.total)(lines) / 2 : (0, exports.total)(lines);",
    ]);
    const other = map({ sourcesContent: ['const other = 1;\n'.repeat(12)] });
    expect(placed(other, wanted('src/cart.ts', 5, 8))).toEqual([]);
  });

  it('takes a source without its text for a file only when the whole path says so', () => {
    expect(placed(map({ sources: ['../../src/cart.ts'] }), wanted('src/cart.ts', 8))).toHaveLength(1);
    expect(placed(map({ sources: ['cart.ts'] }), wanted('src/cart.ts', 8))).toEqual([]);
  });

  it('takes no file of a package for one of the repository', () => {
    const sources = ['../node_modules/other/src/cart.ts'];
    expect(placed(map({ sources }), wanted('src/cart.ts', 8))).toEqual([]);
  });

  it('comes to an end with a map that is made to be slow', () => {
    const sources = Array.from({ length: 60_000 }, () => `${'a/'.repeat(20)}cart.ts`);
    const mappings = `${'AAAA,CAAC;'.repeat(40_000)}`;
    expect(placed(map({ sources, mappings }), wanted('src/cart.ts', 8))).toEqual([]);
  });

  it('says of a map that is none that it is', () => {
    expect(placed('<!doctype html>', wanted('src/cart.ts', 8))).toBeUndefined();
    expect(placed(map({ mappings: 'AAA!' }), wanted('src/cart.ts', 8))).toBeUndefined();
  });
});

describe('placeByText', () => {
  it('finds a line by its number or, where it moved, as the only one that says the same', () => {
    const script = 'let a = 1;\nfunction go() {\n  document.title = "Gone";\n}\na;\na;\n';
    const line = (number: number, text: string) => ({ part: 0, line: number, text });
    const lines = [line(3, 'document.title = "Gone";'), line(9, '  document.title = "Gone";'), line(9, 'a;')];
    expect(placeByText(script, [{ path: 'go.js', lines }]).map((one) => one.offsets[0])).toEqual([
      script.indexOf('document'),
      script.indexOf('document'),
    ]);
  });
});

describe('trackLines', () => {
  const [total, reducer] = [rangeOf('(lines) => lines', '0)'), rangeOf('(sum, ', 'price')];
  const discount = rangeOf('function discount', '(lines);\n}');
  const whole = { start: 0, end: CART_SCRIPT.length, hasRun: true };
  const lines = (): readonly { part: number; line: number; offsets: readonly number[] }[] =>
    placeByMap(CART_SCRIPT, map(), [wanted('src/cart.ts', 5, 7, 8)]) ?? [];

  it('counts a line as run when the innermost function around it has, not when that was only made', () => {
    const track = trackLines(lines());
    const made = [whole, { ...total, hasRun: false }, { ...discount, hasRun: false }];
    expect(track.note(made)).toEqual([]);
    expect(track.note([{ ...discount, hasRun: true }]).map(({ line }) => line)).toEqual([7, 8]);
    // The sum of an empty list: what adds up two was made and never called.
    expect(
      track.note([
        { ...total, hasRun: true },
        { ...reducer, hasRun: false },
      ]),
    ).toEqual([]);
    expect(track.note([{ ...reducer, hasRun: true }]).map(({ line }) => line)).toEqual([5]);
  });

  it('tells of a line once', () => {
    const track = trackLines(lines());
    expect(track.note([{ ...discount, hasRun: true }])).toHaveLength(2);
    expect(track.note([{ ...discount, hasRun: true }])).toEqual([]);
  });
});
