import { describe, expect, it } from 'vitest';
import type { Affected } from '../../src/domain/affected.ts';
import { affectedBy } from '../support/affected-by.ts';
import { COMPONENTS } from './component-frameworks.ts';
import { REACT } from './react-frameworks.ts';
import { SERVERS } from './server-frameworks.ts';

const EXAMPLES = [...REACT, ...COMPONENTS, ...SERVERS];

function pagesOf({ routes }: Affected): readonly string[] {
  return routes.filter(({ kind }) => kind === 'page').map(({ pattern }) => pattern);
}

function sortOf(sweep: string | undefined): string {
  if (sweep === undefined) return 'none';
  if (sweep.includes('no known route')) return 'nowhere';
  return sweep.includes('style sheet of every page') ? 'everywhere' : sweep;
}

/** By distance, those of one distance in order. */
function ranked({ routes }: Affected): readonly string[] {
  return routes
    .filter(({ kind }) => kind === 'page')
    .toSorted((a, b) => a.distance - b.distance || (a.pattern < b.pattern ? -1 : 1))
    .map(({ pattern }) => pattern);
}

describe('findAffected', () => {
  it.each(EXAMPLES)('knows every route of $framework', async ({ files, pages, endpoints = [] }) => {
    // Every file changes, so every route is affected.
    const { routes } = await affectedBy(
      files,
      Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text}\n`])),
    );
    const shown = (kind: string): readonly string[] =>
      routes
        .filter((one) => one.kind === kind && one.framework !== 'html')
        .map(({ method, pattern }) => `${method === undefined ? '' : `${method} `}${pattern}`);
    const ofHtml = routes.filter(({ framework }) => framework === 'html').map(({ pattern }) => pattern);
    expect([...new Set([...shown('page'), ...ofHtml])].toSorted()).toEqual([...pages].toSorted());
    expect(shown('endpoint').toSorted()).toEqual([...endpoints].toSorted());
  });

  it.each(EXAMPLES)('finds the routes of a leaf in $framework', async ({ files, leaf: [path, routes] }) => {
    const found = await affectedBy(files, { [path]: `${files[path]}\n` });
    expect(pagesOf(found).toSorted()).toEqual([...routes].toSorted());
    expect(found.sweep).toBeUndefined();
  });

  it.each(EXAMPLES)(
    'finds the routes that share a file in $framework, nearest first',
    async ({ files, shared: [path, routes] }) => {
      const found = await affectedBy(files, { [path]: `${files[path]}\n` });
      expect(ranked(found)).toEqual(routes);
      expect(found.routes.every(({ via, file }) => via[0] === path && via.length > 0 && file !== '')).toBe(
        true,
      );
    },
  );

  it.each(EXAMPLES)(
    'finds the routes of a style sheet in $framework',
    async ({ files, style: [path, routes], isStyleEverywhere }) => {
      const found = await affectedBy(files, { [path]: `${files[path]}\n.new { color: blue }\n` });
      expect(pagesOf(found).toSorted()).toEqual([...routes].toSorted());
      const sweep = isStyleEverywhere === true ? 'everywhere' : routes.length === 0 ? 'nowhere' : 'none';
      expect(sortOf(found.sweep)).toBe(sweep);
    },
  );

  it.each(EXAMPLES)('looks at everything when only a lock file of $framework changes', async ({ files }) => {
    const found = await affectedBy(files, { 'package-lock.json': '{ "lockfileVersion": 4 }\n' });
    expect(found.routes).toEqual([]);
    expect(found.sweep).toMatch(/only the lock file package-lock\.json changed/);
  });
});
