import { disabledStaysDisabled } from '../../../src/verify/invariants/disabled-stays-disabled.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const page = '<button aria-disabled="true">Pay</button>';
const step = { click: { role: 'button', name: 'Pay' } };
const request = { method: 'POST', url: 'https://shop.example/api/orders', resource: 'fetch' };

testInvariant(disabledStaysDisabled, {
  buggy: [
    {
      says: 'a disabled button that sends',
      before: page,
      step,
      after: { html: page, requests: [request] },
      repaired: page,
      what: /takes a click: it sends POST/,
    },
    {
      says: 'a disabled button that leads elsewhere',
      before: page,
      step,
      after: { html: page, url: 'https://shop.example/paid' },
      repaired: page,
      what: /it leads to/,
    },
    {
      says: 'a disabled button that is enabled by the click',
      before: page,
      step,
      after: '<button ‹|aria-disabled="true"›>Pay</button>',
      what: /enabled after that/,
    },
  ],
  clean: [
    {
      says: 'a hint why it is disabled',
      before: page,
      step,
      after: `${page}<p role="alert">Fill in your address first</p>`,
    },
    {
      says: 'a button that is not disabled',
      before: '<button>Pay</button>',
      step,
      after: { html: page, requests: [request] },
    },
    {
      says: 'a page that polls',
      before: page,
      step,
      after: { html: page, requests: [{ ...request, method: 'GET' }] },
    },
  ],
});
