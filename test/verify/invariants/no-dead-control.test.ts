import { noDeadControl } from '../../../src/verify/invariants/no-dead-control.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const page =
  '<button>Add to cart</button> <button>Copy link</button> <button aria-pressed="true">Grid</button> <label>Mail <input></label>';
const click = (name: string): { readonly click: { role: string; name: string } } => ({
  click: { role: 'button', name },
});
const focus = { role: 'button', name: 'Add to cart' };

testInvariant(noDeadControl, {
  buggy: [
    {
      says: 'a button that does nothing',
      before: page,
      step: click('Add to cart'),
      after: { html: `${page}‹|<p>Added</p>›`, focus },
      what: /click on the button “Add to cart” does nothing/,
    },
    {
      says: 'a button that sends nothing',
      before: page,
      step: click('Add to cart'),
      after: { html: page, focus },
      repaired: {
        html: page,
        focus,
        requests: [{ method: 'POST', url: 'https://shop.example/api/cart', resource: 'fetch' }],
      },
      what: /does nothing/,
    },
  ],
  clean: [
    { says: 'a button whose work is unseen', before: page, step: click('Copy link'), after: page },
    { says: 'a button that is pressed already', before: page, step: click('Grid'), after: page },
    {
      says: 'a form that leads to the missing field',
      before: page,
      step: click('Add to cart'),
      after: { html: page, focus: { role: 'textbox', name: 'Mail' } },
    },
    {
      says: 'a button that moves something',
      before: page,
      step: click('Add to cart'),
      after: page.replace('<label>', '<label style="margin-left:99px">'),
    },
    {
      says: 'a button that keeps something',
      before: page,
      step: click('Add to cart'),
      after: { html: page, storageKeys: ['local:cart'] },
    },
  ],
});
