import { describe, expect, it } from 'vitest';
import { decodeMappings } from '../../../src/verify/ran/decode-mappings.ts';
import { parseSourceMap, sharedEnd, sourcePath } from '../../../src/verify/ran/source-map.ts';

function decoded(mappings: string): readonly string[] | undefined {
  const found: string[] = [];
  const isSound = decodeMappings(mappings, ({ line, column, source, sourceLine }) => {
    found.push(`${line}:${column} is ${source}:${sourceLine}`);
  });
  return isSound ? found : undefined;
}

describe('decodeMappings', () => {
  it('counts columns anew on each line, and sources and their lines through', () => {
    // A is 0, C is 1, D is -1, E is 2 (ECMA-426, base64 VLQ).
    expect(decoded('AAAA,EACA;;CCDA')).toEqual(['0:0 is 0:0', '0:2 is 0:1', '2:1 is 1:0']);
  });

  it('reads numbers of several digits, and pieces with a name or without a source', () => {
    // gB is 16, hB is -16, 2H is 123.
    expect(decoded('gBA2HAA,hB,AAAA')).toEqual(['0:16 is 0:123', '0:0 is 0:123']);
  });

  it.each(['A', '', ';;;', ',,'])('finds nothing in what names no source: %j', (mappings) => {
    expect(decoded(mappings)).toEqual([]);
  });

  it.each([
    ['a letter that is none', 'AAAA,A!AA'],
    ['a number that does not end', 'AAAg'],
    ['a number without end', 'g'.repeat(10_000)],
    ['two fields', 'AA'],
    ['six fields', 'AAAAAA'],
    ['a column before the line', 'DAAA'],
    ['a line before the source', 'AADA'],
  ])('refuses %s', (_, mappings) => {
    expect(decoded(mappings)).toBeUndefined();
  });
});

describe('parseSourceMap', () => {
  it('reads a map with sections, as Turbopack writes them, and one behind a guard', () => {
    const map = { version: 3, sources: ['a.ts'], sourceRoot: 'src/', mappings: 'AAAA' };
    const sections = { version: 3, sections: [{ offset: { line: 3, column: 7 }, map }] };
    expect(parseSourceMap(`)]}'\n${JSON.stringify(sections)}`)).toEqual([
      { sources: ['src/a.ts'], contents: [undefined], mappings: 'AAAA', from: { line: 3, column: 7 } },
    ]);
  });

  it.each([
    '<!doctype html>',
    '[]',
    'null',
    '{}',
    '{"sources":{},"mappings":""}',
    '{"sources":["a"],"mappings":7}',
    '{"sections":7}',
  ])('takes %s for none', (text) => {
    expect(parseSourceMap(text)).toBeUndefined();
  });

  it('leaves out sections that are none', () => {
    expect(
      parseSourceMap('{"sections":[null,{"offset":{"line":0,"column":0},"map":{"sections":[]}}]}'),
    ).toEqual([]);
  });
});

describe('the path of a source', () => {
  it.each([
    ['webpack://shop/./src/cart.ts?5d2f', 'src/cart.ts', 2],
    ['webpack:///src/App.vue?vue&type=script', 'src/App.vue', 2],
    ['../../src/cart.ts', 'src/cart.ts', 2],
    ['turbopack:///[project]/web/src/cart.ts', 'web/src/cart.ts', 3],
    ['../../src/cart.ts', 'apps/web/src/cart.ts', 2],
    ['webpack://shop/./src/cart.ts', 'apps/web/src/cart.ts', 2],
    ['../lib/src/cart.ts', 'apps/web/src/other.ts', 0],
    ['other.ts', 'src/cart.ts', 0],
  ])('%s is as near to %s as %i names', (source, path, shared) => {
    expect(sharedEnd(sourcePath(source), path)).toBe(shared);
  });
});
