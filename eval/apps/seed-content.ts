import { CATEGORIES, COUPON, FEATURED } from './seed-data.ts';

/** The menu on all pages; the featured products and the coupon on the first. */
export function widgets(): readonly Readonly<Record<string, unknown>>[] {
  const menus = CATEGORIES.map(({ key, name }) => ({
    id: key,
    name,
    type: 'custom',
    url: `/${key}`,
    uuid: key,
    children: [],
  }));
  const place = (route: string, area: string, order: number) => ({
    route: [route],
    area: [area],
    sort_order: order,
    status: 1,
  });
  return [
    {
      name: 'Menu',
      type: 'basic_menu',
      settings: { menus, isMain: true, className: '' },
      ...place('all', 'headerMiddleLeft', 10),
    },
    {
      name: 'Featured',
      type: 'collection_products',
      settings: { collection: FEATURED.code, count: 4, countPerRow: 4 },
      ...place('homepage', 'content', 10),
    },
    {
      name: 'Coupon',
      type: 'coupon_block',
      settings: {
        heading: COUPON.text,
        body: 'Enter the code in your cart',
        code: COUPON.code,
        ctaLabel: 'See the kettles',
        ctaLink: '/kettles',
      },
      ...place('homepage', 'content', 20),
    },
  ];
}

/** A text in the form of the shop's editor. */
export function inEditorForm(id: string, text: string): unknown {
  const data = { time: 0, version: '2.31.0', blocks: [{ id: `${id}-p`, type: 'paragraph', data: { text } }] };
  return [{ id: `r-${id}`, size: 1, columns: [{ id: `c-${id}`, size: 1, data }] }];
}
