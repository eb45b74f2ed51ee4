import { describe, expect, it } from 'vitest';
import { type AffectedRoute, affectedPage, isStatic, matchesRoute } from '../../src/domain/affected.ts';

describe('matchesRoute', () => {
  it.each([
    ['/', '/'],
    ['/orders', '/orders/'],
    ['/orders', '/Orders?sort=price'],
    ['/orders/:id', '/orders/17'],
    ['/orders/:id', '/orders/:id'],
    ['/docs/:slug*', '/docs'],
    ['/docs/:slug*', '/docs/a/b'],
    ['/docs/:slug+', '/docs/a/b'],
    ['/:lang?/about', '/about'],
    ['/:lang?/about', '/de/about'],
    ['/about.html', '/about'],
    ['/shop', '/shop/index.html'],
    ['/#/orders/:id', '/#/orders/17'],
    ['/a/:rest*/z', '/a/b/c/z'],
  ])('%s is the route of %s', (pattern, path) => {
    expect(matchesRoute(pattern, path)).toBe(true);
  });

  it.each([
    ['/', '/orders'],
    ['/orders', '/orders/17'],
    ['/orders/:id', '/orders'],
    ['/docs/:slug+', '/docs'],
    ['/:lang?/about', '/de/at/about'],
    ['/#/orders', '/orders'],
  ])('%s is not the route of %s', (pattern, path) => {
    expect(matchesRoute(pattern, path)).toBe(false);
  });

  it('takes a pattern of nothing but wildcards in its stride', () => {
    const pattern = `/${Array.from({ length: 200 }, (_, index) => `:part${index}*`).join('/')}/end`;
    expect(matchesRoute(pattern, `/${'a/'.repeat(300)}b`)).toBe(false);
  });
});

describe('isStatic', () => {
  it('holds for what can be opened as it stands', () => {
    expect(['/', '/orders', '/orders/:id', '/#/orders'].map(isStatic)).toEqual([true, true, false, false]);
  });
});

describe('affectedPage', () => {
  const route = (pattern: string): AffectedRoute => ({
    pattern,
    file: 'a.ts',
    framework: 'next',
    kind: 'page',
    distance: 0,
    via: ['a.ts'],
    reason: '',
  });

  it('does not take another page for the one behind a wildcard', () => {
    const affected = { routes: [route('/:slug')], otherPages: ['/about', '/:rest*'] };
    expect(affectedPage(affected, '/about')).toBeUndefined();
    expect(affectedPage(affected, '/contact')?.pattern).toBe('/:slug');
  });

  it('prefers the pattern that says most of the path', () => {
    const affected = {
      routes: [route('/:rest*'), route('/orders/:id'), route('/orders/new')],
      otherPages: [],
    };
    expect(['/orders/new', '/orders/1', '/x/y'].map((path) => affectedPage(affected, path)?.pattern)).toEqual(
      ['/orders/new', '/orders/:id', '/:rest*'],
    );
  });
});
