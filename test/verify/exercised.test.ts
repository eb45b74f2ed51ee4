import { describe, expect, it } from 'vitest';
import type { Affected, ChangedPart } from '../../src/domain/affected.ts';
import { createExercised } from '../../src/verify/exercised.ts';
import { toSite } from '../../src/verify/site.ts';
import { pageModel } from '../support/page-models.ts';

const part = (over: Partial<ChangedPart>): ChangedPart => ({
  path: 'src/cart.tsx',
  startLine: 3,
  endLine: 9,
  routes: [],
  selectors: [],
  texts: [],
  ...over,
});

function exercised(parts: readonly ChangedPart[], over: Partial<Affected> = {}) {
  const routes = [...new Set(parts.flatMap((one) => one.routes))].map((pattern) => ({
    pattern,
    file: 'src/cart.tsx',
    framework: 'next',
    kind: pattern.startsWith('/api') ? ('endpoint' as const) : ('page' as const),
    distance: 0,
    via: ['src/cart.tsx'],
    reason: '',
  }));
  const texts = parts.flatMap((one) => one.texts);
  const selectors = parts.flatMap((one) => one.selectors);
  const affected = { routes, parts, texts, selectors, otherPages: [], ...over };
  return createExercised({ affected }, toSite('https://head.test/pr-5/'));
}

const page = (path: string, tree = '') => pageModel(tree, { url: `https://head.test/pr-5${path}` });

describe('createExercised', () => {
  it('says nothing when the diff is not known', () => {
    expect(createExercised({}, toSite('https://head.test/')).report(new Map())).toBeUndefined();
  });

  it('names the page, the text after a step, the style and the request by which a part was seen', () => {
    const known = exercised([
      part({ routes: ['/cart/:id'] }),
      part({ texts: ['Coupon applied'] }),
      part({ selectors: ['.total'] }),
      part({ routes: ['/api/cart'] }),
    ]);
    known.note(page('/cart/17'), [{ goto: '/cart/17' }]);
    const request = { method: 'GET', url: 'https://head.test/pr-5/api/cart?x=1', resource: 'fetch' };
    known.note({ ...page('/checkout', 'paragraph: Hooray. COUPON  APPLIED!'), requests: [request] }, [
      { goto: '/checkout' },
      { click: { role: 'button', name: 'Apply' } },
    ]);
    known.noteStyles('/checkout', ['.total'], ['button|Pay']);
    expect(known.report(new Map())?.map(({ by }) => by)).toEqual([
      ['the page /cart/17'],
      ['the text “Coupon applied” on /checkout (click button “Apply”)'],
      ['the style of .total on /checkout'],
      ['the page GET /api/cart'],
    ]);
    expect([...known.styled]).toEqual(['button|Pay']);
    expect(known.unmatched()).toEqual([]);
  });

  it('says why a part was not seen', () => {
    const known = exercised(
      [
        part({ unseen: 'it is a test, no part of the product' }),
        part({ routes: ['/cart/:id', '/orders'] }),
        part({ routes: ['/hidden'] }),
        part({ texts: ['Nowhere'] }),
      ],
      { sweep: 'no known route uses src/cart.tsx' },
    );
    known.note(page('/'), []);
    expect(
      known.report(new Map([['/hidden', 'the time was over']]))?.map(({ by, why }) => [by, why]),
    ).toEqual([
      [[], 'it is a test, no part of the product'],
      [[], '/cart/:id was not seen, nor 1 more that uses it: no address of it was met'],
      [[], '/hidden was not seen: the time was over'],
      [[], 'no known route uses src/cart.tsx'],
    ]);
  });

  it('does not take another site’s page for one of the product', () => {
    const known = exercised([part({ routes: ['/cart'] })]);
    known.note(pageModel('', { url: 'https://other.test/pr-5/cart' }), []);
    expect(known.report(new Map())?.[0]?.by).toEqual([]);
  });
});
