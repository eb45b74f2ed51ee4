/** One change of the head that a person who uses the shop would call broken. */
export interface Fault {
  readonly id: string;
  /** What a person sees. */
  readonly sees: string;
  readonly edits: readonly FaultEdit[];
  /** A finding counts when its texts or its steps say something of this. */
  readonly countsWhen: RegExp;
}

/**
 * An edit of one instance. Each must fit exactly: `find` stands there once, or applying it throws.
 * - `program`: a file of the shop's package that its server runs
 * - `page`: what the browser loads for a page, named as in the shop's routes; `append` goes to the last file that is its own
 * - `content`: a statement on its database that changes one row
 */
export type FaultEdit =
  | { readonly kind: 'program'; readonly file: string; readonly find: string; readonly replace: string }
  | {
      readonly kind: 'page';
      readonly page: string;
      readonly type: 'js' | 'css';
      readonly change: { readonly find: string; readonly replace: string } | { readonly append: string };
    }
  | { readonly kind: 'content'; readonly statement: string };

const CART_ITEM = 'dist/modules/checkout/services/cart/registerCartItemBaseFields.js';

/** Of five families: no response, wrong result, wrong navigation, console, visual. */
export const FAULTS: readonly Fault[] = [
  {
    id: 'add-to-cart-dead',
    sees: '“Add to cart” on a product’s page does nothing.',
    // The handler calls its neighbour, which only clears the last error.
    edits: [
      {
        kind: 'page',
        page: 'productView',
        type: 'js',
        change: { find: '.addItem({', replace: '.clearError({' },
      },
    ],
    countsWhen: /cart/i,
  },
  {
    id: 'quantity-not-in-total',
    sees: 'Two of a product cost as much as one.',
    edits: ['final_price', 'final_price_incl_tax'].map((field) => ({
      kind: 'program',
      file: CART_ITEM,
      find: `this.getData('${field}') * this.getData('qty')`,
      replace: `this.getData('${field}')`,
    })),
    countsWhen: /total|price|amount|\$|cart/i,
  },
  {
    id: 'menu-leads-elsewhere',
    sees: '“Lanterns” in the menu leads to the kettles.',
    edits: [
      {
        kind: 'content',
        statement: `UPDATE widget_instance SET settings = replace(settings::text, '"/lanterns"', '"/kettles"')::jsonb
                     WHERE type = 'basic_menu' AND settings::text LIKE '%"/lanterns"%'`,
      },
    ],
    countsWhen: /lanterns|kettles/i,
  },
  {
    id: 'category-script-throws',
    sees: 'The script of the category pages ends with an exception.',
    edits: [
      {
        kind: 'page',
        page: 'categoryView',
        type: 'js',
        change: { append: ";document.querySelector('#newsletter-form').addEventListener('submit',()=>{});" },
      },
    ],
    countsWhen: /TypeError|exception|error|null/i,
  },
  {
    id: 'text-over-picture',
    sees: 'In every list of products the name and the price lie over the picture.',
    edits: [
      {
        kind: 'page',
        page: 'categoryView',
        type: 'css',
        change: { append: '.product__list__info{position:relative;top:-72px}' },
      },
    ],
    countsWhen: /moved|overlap|cover|look|visual|picture|lantern|kettle/i,
  },
];
