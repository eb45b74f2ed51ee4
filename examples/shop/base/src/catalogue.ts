import type { Product } from './products.ts';

/** The orders in which the catalogue can be shown; the first one is the default. */
export const SORTS = [
  { value: 'name-asc', label: 'Name' },
  { value: 'price-asc', label: 'Price, low to high' },
  { value: 'price-desc', label: 'Price, high to low' },
] as const;

/** Products whose name, summary or details contain every word of the query, in any case. */
export function searchProducts(products: readonly Product[], query: string): readonly Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return products.filter((product) => {
    const text = [product.name, product.summary, product.maker, ...product.details].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Sorts by one of `SORTS`; anything else sorts by name. */
export function sortProducts(products: readonly Product[], sort: string): readonly Product[] {
  switch (sort) {
    case 'price-asc':
      return products.toSorted((a, b) => a.price - b.price);
    case 'price-desc':
      return products.toSorted((a, b) => b.price - a.price);
    default:
      return products.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  }
}
