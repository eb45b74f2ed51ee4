/** What the shop sells. Everything is written out, so that every run and every side has the same. */
export interface SeedProduct {
  readonly sku: string;
  readonly name: string;
  readonly key: string;
  readonly category: string;
  /** In dollars. */
  readonly price: number;
  readonly text: string;
  /** Degrees on the colour wheel, for its picture. */
  readonly hue: number;
}

export const CATEGORIES = [
  { key: 'lanterns', name: 'Lanterns', text: 'Light for paths, porches and tents.' },
  { key: 'kettles', name: 'Kettles', text: 'Kettles for the stove and for the camp fire.' },
] as const;

export const PRODUCTS: readonly SeedProduct[] = [
  {
    sku: 'LAN-01',
    name: 'Harbour lantern',
    key: 'harbour-lantern',
    category: 'lanterns',
    price: 48,
    text: 'A storm lantern of galvanised steel with a glass chimney.',
    hue: 40,
  },
  {
    sku: 'LAN-02',
    name: 'Attic lantern',
    key: 'attic-lantern',
    category: 'lanterns',
    price: 31.5,
    text: 'A small lantern with a warm light and a handle of beech.',
    hue: 15,
  },
  {
    sku: 'LAN-03',
    name: 'Garden lantern',
    key: 'garden-lantern',
    category: 'lanterns',
    price: 64.25,
    text: 'Stands in the rain all year and does not mind.',
    hue: 110,
  },
  {
    sku: 'KET-01',
    name: 'Enamel kettle',
    key: 'enamel-kettle',
    category: 'kettles',
    price: 39,
    text: 'Two litres, white enamel, a spout that does not drip.',
    hue: 200,
  },
  {
    sku: 'KET-02',
    name: 'Copper kettle',
    key: 'copper-kettle',
    category: 'kettles',
    price: 120,
    text: 'Tinned inside, polished outside, made by hand.',
    hue: 25,
  },
  {
    sku: 'KET-03',
    name: 'Camp kettle',
    key: 'camp-kettle',
    category: 'kettles',
    price: 22.75,
    text: 'Light enough to carry, wide enough to clean.',
    hue: 260,
  },
];

/** What the first page shows. */
export const FEATURED = {
  code: 'featured',
  name: 'For this season',
  products: ['LAN-01', 'KET-01', 'LAN-03', 'KET-02'],
};

/** The code stands on the first page, as in a real shop that wants it used. */
export const COUPON = { code: 'WELCOME15', percent: 15, text: '15 % off the whole order' };

export const CUSTOMER = { email: 'ada@shop.example', password: 'Lantern-2026', fullName: 'Ada Miller' };
export const ADMIN = { email: 'admin@shop.example', password: 'Kettle-2026', fullName: 'Shop Admin' };
