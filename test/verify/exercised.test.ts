import { describe, expect, it } from 'vitest';
import type { Affected, ChangedPart } from '../../src/domain/affected.ts';
import { createExercised } from '../../src/verify/exercised.ts';
import type { PartRan, RanCode } from '../../src/verify/ran/ran-code.ts';
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

/** What ran of each part, by its number and side; nothing was met of the others. */
const ranCode = (known: Readonly<Record<string, PartRan>>, unread: readonly string[] = []): RanCode => ({
  isWanted: () => false,
  note: async () => undefined,
  of: (number, side) => known[`${number} ${side}`],
  pages: () => [],
  whyUnread: () => unread,
});

function exercised(parts: readonly ChangedPart[], over: Partial<Affected> = {}, ran = ranCode({})) {
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
  return createExercised({ affected }, toSite('https://head.test/pr-5/'), ran);
}

const page = (path: string, tree = '') => pageModel(tree, { url: `https://head.test/pr-5${path}` });

describe('createExercised', () => {
  it('says nothing when the diff is not known', () => {
    expect(createExercised({}, toSite('https://head.test/'), ranCode({})).report(new Map())).toBeUndefined();
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

  describe('with code', () => {
    const line = { line: 4, text: 'pay();' };
    const code = { added: [line], removed: [], oldPath: 'src/cart.tsx' };
    const told = (parts: readonly ChangedPart[], ran: RanCode) => {
      const known = exercised(parts, {}, ran);
      known.note(page('/cart'), []);
      return known.report(new Map());
    };

    it('is seen where it ran, wholly or in part, on the head or, where it is gone, on the base', () => {
      const removed = { ...code, added: [], removed: [line] };
      const report = told(
        [part({ code }), part({ code, routes: ['/cart'] }), part({ code: removed })],
        ranCode({
          '0 head': { found: 1, ran: 1, where: ['/cart (click button “Pay”)'] },
          '1 head': { found: 3, ran: 2, where: ['/cart'] },
          '2 base': { found: 1, ran: 1, where: ['/orders'] },
        }),
      );
      expect(report?.map(({ by, code }) => [by, code])).toEqual([
        [
          ['its code, which ran on /cart (click button “Pay”)'],
          { kind: 'ran', why: 'the functions of its changed line ran' },
        ],
        [
          ['its code, which ran on /cart', 'the page /cart'],
          { kind: 'partly-ran', why: 'the functions of 2 of its 3 changed lines of code ran' },
        ],
        [
          ['its code, which ran on /orders of the base'],
          { kind: 'ran', why: 'the functions of its removed line ran' },
        ],
      ]);
    });

    it('is not seen because a page was that does not run it', () => {
      const changed = { ...code, removed: [line] };
      const report = told(
        [part({ code, routes: ['/cart'] }), part({ code: changed, routes: ['/other'] })],
        ranCode({
          '0 head': { found: 2, ran: 0, where: [] },
          '1 head': { found: 1, ran: 0, where: [] },
          '1 base': { found: 1, ran: 1, where: ['/old (click button “Pay”)'] },
        }),
      );
      expect(report?.map(({ by, why }) => [by, why])).toEqual([
        [[], '/cart was seen, and no browser ran its code'],
        [
          [],
          'no browser ran its code; what stood there before ran on the base, on /old (click button “Pay”)',
        ],
      ]);
    });

    it('is not known to have run when no script says what it is made of, and why', () => {
      const ran = ranCode({}, ['/app.js has no source map', '/more.js has no source map']);
      const [known] = told([part({ code, routes: ['/cart'] })], ran) ?? [];
      expect(known?.by).toEqual(['the page /cart']);
      expect(known?.code).toEqual({
        kind: 'unknown',
        why: 'no script that the pages loaded is known to be made of it: /app.js has no source map, and 1 more',
      });
    });
  });
});
