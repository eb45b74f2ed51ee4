import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findApprover } from '../../../src/domain/approval.ts';
import type { Look } from '../../../src/domain/look.ts';
import type { Difference } from '../../../src/verify/difference.ts';
import { compareScreenshots } from '../../../src/verify/pictures/compare-screenshots.ts';
import { decodePng } from '../../../src/verify/pictures/decode-png.ts';
import { lookOfCause, looksOf } from '../../../src/verify/pictures/look-of.ts';
import { findCauses } from '../../../src/verify/pictures/picture-causes.ts';
import { toSite } from '../../../src/verify/site.ts';
import { openPictureBench, type PictureBench } from '../../support/picture-bench.ts';

const shop = (button: string, { before = '', image = 'teal' } = {}) => `<!doctype html><title>Shop</title>
  <style>body { font: 16px sans-serif; margin: 20px } button { padding: 8px 20px; ${button} }</style>
  ${before}<h1>Shop</h1><button>Pay now</button>
  <p>Nothing else is here.</p>
  <img alt="" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='200' height='120'%3E%3Crect
    x='20' y='20' width='100' height='60' fill='${image}'/%3E%3C/svg%3E">`;

const GREEN = 'background: #2a7f4f; color: white';
const BLUE = 'background: #1f4fa8; color: white';
const RED = 'background: #a8321f; color: white';

describe('looksOf', () => {
  let bench: PictureBench;
  beforeAll(async () => {
    bench = await openPictureBench();
  });
  afterAll(() => bench.close());

  const looks = async (
    base: string,
    head: string,
    url = 'https://pr-42.example.dev/cart/17',
  ): Promise<readonly Look[] | undefined> => {
    const [first, second] = [await bench.draw(base), await bench.draw(head)];
    const picture = decodePng(second.png);
    const diff = compareScreenshots(decodePng(first.png), picture);
    const causes = findCauses(diff, first.elements, second.elements);
    const differences = causes.map((cause): Difference => {
      const look = lookOfCause(cause, picture);
      const { key, severity, title } = cause;
      return {
        key,
        category: 'visual',
        severity,
        title,
        source: 'firsthand/picture',
        body: '',
        steps: [],
        url,
        environment: 'desktop',
        ...(look === undefined ? {} : { look }),
      };
    });
    return looksOf(differences, toSite(new URL('/', url).href));
  };
  const isCovered = (found: readonly Look[] | undefined, accepted: readonly Look[] | undefined) =>
    findApprover(
      { looks: found },
      (accepted ?? []).map((look) => ({ ...look, by: 'mona' })),
    ) !== undefined;

  it('knows a new colour again on a page that grew, on another address of the page and at another host', async () => {
    const accepted = await looks(shop(GREEN), shop(BLUE));
    expect(accepted).toHaveLength(1);
    const notice = '<p>We are closed on Sunday.</p>';
    const rebased = await looks(shop(GREEN, { before: notice }), shop(BLUE, { before: notice }));
    expect(isCovered(rebased, accepted)).toBe(true);
    const elsewhere = await looks(shop(GREEN), shop(BLUE), 'https://pr-43.example.dev/cart/18');
    expect(isCovered(elsewhere, accepted)).toBe(true);
  });

  it('asks again for another colour, another page and another picture', async () => {
    const accepted = await looks(shop(GREEN), shop(BLUE));
    expect(isCovered(await looks(shop(GREEN), shop(RED)), accepted)).toBe(false);
    const other = await looks(shop(GREEN), shop(BLUE), 'https://pr-42.example.dev/orders');
    expect(isCovered(other, accepted)).toBe(false);
    const drawn = (image: string) => looks(shop(GREEN), shop(GREEN, { image }));
    const [orange, purple] = [await drawn('orange'), await drawn('purple')];
    expect(purple?.[0]?.place).toBe(orange?.[0]?.place);
    expect(isCovered(await drawn('orange'), orange)).toBe(true);
    expect(isCovered(purple, orange)).toBe(false);
  });

  it('has none for what tells what people can do', async () => {
    const disabled = shop(GREEN).replace('<button>', '<button disabled>');
    expect(await looks(shop(GREEN), disabled)).toBeUndefined();
  });
});
