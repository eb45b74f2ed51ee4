import type { Variant } from './variant.ts';

export const SHOP_VARIANTS: readonly Variant[] = [
  {
    id: 'shop-coupon-kept',
    app: 'shop',
    harmless: false,
    family: 'cross-flow state',
    description: 'The discount is worked out once, when the coupon is applied; a banner tells of the coupon.',
    sees: 'A lamp and a mug, SAVE20, remove the lamp: the discount stays, and the total is negative.',
    countsWhen: '−€|negative|[Dd]iscount',
    edits: [
      {
        file: 'src/cart.ts',
        find: '  readonly coupon: Coupon | undefined;\n',
        replace: '  readonly coupon: Coupon | undefined;\n  readonly discount: Cents;\n',
      },
      {
        file: 'src/cart.ts',
        find: '{ lines: [], coupon: undefined }',
        replace: '{ lines: [], coupon: undefined, discount: 0 }',
      },
      {
        file: 'src/cart.ts',
        find: 'return { ...cart, coupon };',
        replace: 'return { ...cart, coupon, discount: discountFor(coupon, subtotalOf(cart)) };',
      },
      {
        file: 'src/cart.ts',
        find: 'const discount = discountFor(cart.coupon, subtotal);',
        replace: 'const { discount } = cart;',
      },
      {
        file: 'src/pages/catalogue.ts',
        find: '      <p>Nine things we would buy again, from workshops we have visited.</p>',
        replace:
          '      <p>Nine things we would buy again, from workshops we have visited.</p>\n      <p>Summer sale: 20% off everything with <strong>SAVE20</strong></p>',
      },
    ],
  },
  {
    id: 'shop-notice-stays',
    app: 'shop',
    harmless: false,
    family: 'cross-flow state',
    description: 'The notice is kept until the next one, so that nobody misses it.',
    sees: 'Add a product and go to the catalogue: “… is in your cart.” is still there, on every page.',
    edits: [{ file: 'src/pages/layout.ts', find: '  session.notice = undefined;\n', replace: '' }],
  },
  {
    id: 'shop-checkout-missing',
    app: 'shop',
    harmless: false,
    family: 'missing element',
    description: 'The link to the checkout is shown to people who are logged in only.',
    sees: 'The cart of a visitor has no “Check out”.',
    edits: [
      {
        file: 'src/pages/cart.ts',
        find: '      <a class="button button-wide" href="/checkout">Check out</a>\n',
        replace: '      ${isKnown && html`<a class="button button-wide" href="/checkout">Check out</a>`}\n',
      },
      {
        file: 'src/pages/cart.ts',
        find: 'filledCart(cart, options)}`;',
        replace: 'filledCart(cart, options, session.account !== undefined)}`;',
      },
      {
        file: 'src/pages/cart.ts',
        find: 'function filledCart(cart: Cart, options: { readonly refusedCoupon?: string }): Html {',
        replace:
          'function filledCart(cart: Cart, options: { readonly refusedCoupon?: string }, isKnown: boolean): Html {',
      },
    ],
  },
  {
    id: 'shop-add-dead',
    app: 'shop',
    harmless: false,
    family: 'no response',
    description: 'The hidden field takes the name that the listing uses.',
    sees: '“Add to cart” leads to “We do not sell that any more.”',
    edits: [
      {
        file: 'src/pages/product.ts',
        find: '<input type="hidden" name="product" value',
        replace: '<input type="hidden" name="slug" value',
      },
    ],
  },
  {
    id: 'shop-add-leads-home',
    app: 'shop',
    harmless: false,
    family: 'wrong navigation',
    description: 'After adding, people should go on shopping; the address is that of nothing.',
    sees: '“Add to cart” ends on “We could not find that page.”',
    edits: [
      {
        file: 'src/actions/cart.ts',
        find: "  session.notice = `${product.name} is in your cart.`;\n  return redirect('/cart');",
        replace:
          '  session.notice = `${product.name} is in your cart.`;\n  return redirect(`/product/${product.slug}`);',
      },
    ],
  },
  {
    id: 'shop-search-all-words',
    app: 'shop',
    harmless: false,
    family: 'wrong result',
    description: 'One word is enough, and the empty search has none.',
    sees: 'The catalogue is empty until one searches.',
    edits: [{ file: 'src/catalogue.ts', find: 'words.every(', replace: 'words.some(' }],
  },
  {
    id: 'shop-offer-unreadable',
    app: 'shop',
    harmless: false,
    family: 'visual',
    description: 'A banner for the sale takes the class “offer”, which the product page has for its price.',
    sees: 'The price of a product is dark green on dark green.',
    edits: [
      {
        file: 'public/shop.css',
        find: '@media (max-width: 46rem) {',
        replace:
          '.offer {\n  padding: 0.9rem 1.25rem;\n  background: var(--accent);\n}\n\n@media (max-width: 46rem) {',
      },
    ],
  },
  {
    id: 'shop-cart-throws',
    app: 'shop',
    harmless: false,
    family: 'console/network',
    description: 'The script of the cart expects a coupon.',
    sees: 'A cart without a coupon leaves a TypeError in the console.',
    edits: [
      {
        file: 'public/cart.js',
        find: "for (const input of document.querySelectorAll('.quantity')) {",
        replace:
          "document.querySelector('.coupon-applied').title = 'Your coupon';\n\nfor (const input of document.querySelectorAll('.quantity')) {",
      },
    ],
  },
  {
    id: 'shop-cookie-of-production',
    app: 'shop',
    harmless: false,
    family: 'environment',
    description: 'The cookie names the domain of production.',
    sees: 'In the preview the cart is always empty.',
    edits: [
      {
        file: 'src/app.ts',
        find: 'Path=/; HttpOnly; SameSite=Lax',
        replace: 'Path=/; HttpOnly; SameSite=Lax; Domain=larkmoor.example',
      },
    ],
  },
  {
    id: 'shop-totals-split',
    app: 'shop',
    harmless: true,
    kind: 'refactoring',
    description: 'Shipping is worked out by a function of its own, totals are put together from a list.',
    edits: [
      {
        file: 'src/cart.ts',
        find: '  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING;\n',
        replace: '  const shipping = shippingFor(subtotal);\n',
      },
      {
        file: 'src/cart.ts',
        find: 'function subtotalOf(cart: Cart): Cents {',
        replace:
          'function shippingFor(subtotal: Cents): Cents {\n  return subtotal > 0 && subtotal < FREE_SHIPPING_FROM ? SHIPPING : 0;\n}\n\nfunction subtotalOf(cart: Cart): Cents {',
      },
      {
        file: 'src/pages/totals.ts',
        find: '<dl class="totals">',
        replace: '<dl data-part="totals" class="totals">',
      },
    ],
  },
  {
    id: 'shop-makers-page',
    app: 'shop',
    harmless: true,
    kind: 'new page',
    description: 'A page about the workshops, linked from the foot of every page.',
    edits: [
      {
        file: 'src/pages/layout.ts',
        find: '    <p>Delivery in three days, free from €50. Thirty days to change your mind.</p>',
        replace:
          '    <p>Delivery in three days, free from €50. Thirty days to change your mind. <a href="/makers">Our makers</a></p>',
      },
      {
        file: 'src/routes.ts',
        find: "  'GET /cart': { handle: cart.showCart },",
        replace:
          "  'GET /makers': { handle: catalogue.showMakers },\n  'GET /cart': { handle: cart.showCart },",
      },
      {
        file: 'src/actions/catalogue.ts',
        find: 'export function showProduct(',
        replace:
          "export function showMakers({ session }: Visit): Reply {\n  const main = html`<h1>Our makers</h1><p>We visit every workshop once a year.</p>`;\n  return page(layout(session, 'Our makers', { main }));\n}\n\nexport function showProduct(",
      },
      {
        file: 'src/actions/catalogue.ts',
        find: 'import { cataloguePage }',
        replace:
          "import { html } from '../html.ts';\nimport { layout } from '../pages/layout.ts';\nimport { cataloguePage }",
      },
    ],
  },
  {
    id: 'shop-card-classes',
    app: 'shop',
    harmless: true,
    kind: 'renamed classes',
    description: 'The card of a product is renamed to tile, in page and style sheet.',
    edits: [
      { file: 'src/pages/catalogue.ts', find: 'class="card', replace: 'class="tile', all: true },
      { file: 'public/shop.css', find: '.card', replace: '.tile', all: true },
    ],
  },
  {
    id: 'shop-coupon-wording',
    app: 'shop',
    harmless: true,
    kind: 'copy change',
    description: 'Two messages are reworded.',
    edits: [
      {
        file: 'src/pages/cart.ts',
        find: 'We know no coupon with that code.',
        replace: 'There is no coupon with that code.',
      },
      {
        file: 'src/pages/cart.ts',
        find: 'When you find something you like, it waits for you here.',
        replace: 'What you like will wait for you here.',
      },
    ],
  },
  {
    id: 'shop-preload',
    app: 'shop',
    harmless: true,
    kind: 'faster',
    description: 'The style sheet is preloaded and files may be kept for an hour.',
    edits: [
      {
        file: 'src/pages/layout.ts',
        find: '  <link rel="stylesheet" href="/shop.css">',
        replace:
          '  <link rel="preload" href="/shop.css" as="style">\n  <link rel="stylesheet" href="/shop.css">',
      },
      {
        file: 'src/http.ts',
        find: "'cache-control': 'no-cache'",
        replace: "'cache-control': 'max-age=3600'",
      },
    ],
  },
];
