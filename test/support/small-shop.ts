import type { Pages } from './serve-pages.ts';

interface Variant {
  readonly total?: string;
  readonly color?: string;
  readonly cartScript?: string;
  readonly cartButton?: string;
  readonly next?: string;
  readonly banner?: string;
  readonly about?: string | undefined;
  readonly welcome?: string;
}

/** A small shop; a variant is what a pull request made of it. */
export function shop(variant: Variant = {}): Pages {
  const { total = '$16.00', color = '#0d6efd', next = '/thanks', welcome = 'Welcome' } = variant;
  const button = variant.cartButton ?? `<button onclick="location='${next}'">Check out</button>`;
  return {
    '/': `${variant.banner ?? ''}<h1>Shop</h1><a href="/products">Products</a> <a href="/about">About us</a>
      <a href="/logout">Log out</a><p>${welcome}</p>`,
    '/products': `<h1>Products</h1><ul><li>Mug $8.00
      <button style="background:${color};color:white" onclick="location='/cart'">Add to cart</button></li></ul>`,
    '/cart': `<h1>Cart</h1><p>Total: ${total}</p>${button}${variant.cartScript ?? ''}`,
    '/thanks': `<h1>Thanks</h1><p>Total: ${total}</p>`,
    '/elsewhere': '<h1>Somewhere else</h1>',
    ...('about' in variant && variant.about === undefined
      ? {}
      : { '/about': variant.about ?? '<h1>About us</h1>' }),
  };
}

/** The way through the shop, in four actions. */
export const checkout = {
  name: 'Checkout',
  steps: [
    { goto: '/products' },
    { click: 'Add to cart' },
    { click: 'Check out' },
    { expect: { text: 'Thanks' } },
  ],
};
