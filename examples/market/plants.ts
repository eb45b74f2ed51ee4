export interface Plant {
  sku: string;
  name: string;
  latin: string;
  /** In cents. */
  price: number;
  was?: number;
  light: 'sun' | 'shade' | 'any';
  stock: number;
  text: string;
}

export const PLANTS: Plant[] = [
  {
    sku: 'fern',
    name: 'Maidenhair fern',
    latin: 'Adiantum raddianum',
    price: 1490,
    light: 'shade',
    stock: 8,
    text: 'Likes it moist and out of the draught.',
  },
  {
    sku: 'olive',
    name: 'Olive tree',
    latin: 'Olea europaea',
    price: 4900,
    light: 'sun',
    stock: 3,
    text: 'Grey leaves, slow growth, a long life.',
  },
  {
    sku: 'ivy',
    name: 'Common ivy',
    latin: 'Hedera helix',
    price: 690,
    light: 'any',
    stock: 20,
    text: 'Climbs wherever you let it.',
  },
  {
    sku: 'lavender',
    name: 'Lavender',
    latin: 'Lavandula angustifolia',
    price: 850,
    was: 1100,
    light: 'sun',
    stock: 12,
    text: 'Bees come for free.',
  },
  {
    sku: 'monstera',
    name: 'Swiss cheese plant',
    latin: 'Monstera deliciosa',
    price: 3200,
    light: 'any',
    stock: 5,
    text: 'Needs a stick and some room.',
  },
  {
    sku: 'snake',
    name: 'Snake plant',
    latin: 'Dracaena trifasciata',
    price: 2150,
    light: 'any',
    stock: 0,
    text: 'Forgives everything but floods.',
  },
  {
    sku: 'hosta',
    name: 'Hosta',
    latin: 'Hosta sieboldiana',
    price: 1275,
    was: 1600,
    light: 'shade',
    stock: 9,
    text: 'Large leaves for dark corners.',
  },
  {
    sku: 'lemon',
    name: 'Lemon tree',
    latin: 'Citrus limon',
    price: 5400,
    light: 'sun',
    stock: 2,
    text: 'Flowers and fruit at the same time.',
  },
];

export const COUPONS = [
  { code: 'GROW15', percent: 15, from: 0 },
  { code: 'FIVER', amount: 500, from: 3000 },
];
