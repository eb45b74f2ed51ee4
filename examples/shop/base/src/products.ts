import type { Cents } from './money.ts';

export interface Product {
  readonly slug: string;
  readonly name: string;
  readonly price: Cents;
  readonly maker: string;
  readonly summary: string;
  readonly details: readonly string[];
}

export const PRODUCTS: readonly Product[] = [
  {
    slug: 'arc-floor-lamp',
    name: 'Arc floor lamp',
    price: 18900,
    maker: 'Made in Ghent',
    summary: 'A tall brass arc that puts the light where you read, and stays out of the way.',
    details: ['Brushed brass, linen shade', '148 cm tall', 'Takes one E27 bulb, not included'],
  },
  {
    slug: 'everyday-mug',
    name: 'Everyday mug',
    price: 1400,
    maker: 'Thrown in Stoke',
    summary: 'Stoneware with a thumb rest. Holds a proper cup of tea and survives the dishwasher.',
    details: ['Glazed stoneware', '350 ml', 'Dishwasher and microwave safe'],
  },
  {
    slug: 'larch-reading-stool',
    name: 'Larch reading stool',
    price: 8400,
    maker: 'Joined in Tyrol',
    summary: 'Three legs, so it never wobbles. Larch seat on oak legs, oiled by hand.',
    details: ['Larch seat, oak legs', '45 cm tall', 'Carries 140 kg'],
  },
  {
    slug: 'moor-blanket',
    name: 'Moor blanket',
    price: 11900,
    maker: 'Woven in Galway',
    summary: 'Lambswool in the colours of heather and peat, heavy enough to hold you in your chair.',
    details: ['100% lambswool', '140 × 190 cm', 'Wash by hand, cold'],
  },
  {
    slug: 'tall-vase',
    name: 'Tall vase',
    price: 5600,
    maker: 'Thrown in Deruta',
    summary: 'A narrow neck for three branches rather than a bouquet.',
    details: ['Matt earthenware', '32 cm tall', 'Watertight'],
  },
  {
    slug: 'oak-serving-board',
    name: 'Oak serving board',
    price: 4200,
    maker: 'Cut in the Jura',
    summary: 'One plank, one handle, no glue. Grows darker and better with every loaf.',
    details: ['Solid oak, linseed oil', '48 × 20 cm', 'Wipe clean, do not soak'],
  },
  {
    slug: 'slow-kettle',
    name: 'Slow kettle',
    price: 7900,
    maker: 'Spun in Solingen',
    summary: 'Steel, with a spout that pours where you point it. Whistles softly.',
    details: ['Brushed steel', '1.2 l', 'For gas and induction'],
  },
  {
    slug: 'willow-basket',
    name: 'Willow basket',
    price: 3800,
    maker: 'Woven in Norfolk',
    summary: 'For logs, laundry, or whatever is lying about before guests arrive.',
    details: ['White willow', '38 cm wide', 'Leather handles'],
  },
  {
    slug: 'window-plant',
    name: 'Window plant',
    price: 2600,
    maker: 'Grown in Aalsmeer',
    summary: 'A rubber plant that forgives you. Comes in its terracotta pot.',
    details: ['Ficus elastica', '40 cm tall', 'Water once a week'],
  },
];

export function findProduct(slug: string): Product | undefined {
  return PRODUCTS.find((product) => product.slug === slug);
}
