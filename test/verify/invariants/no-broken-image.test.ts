import { noBrokenImage } from '../../../src/verify/invariants/no-broken-image.ts';
import { testInvariant } from '../../support/invariant-cases.ts';

const html = '<img src="/mug.png" alt="Mug">';

testInvariant(noBrokenImage, {
  buggy: [
    {
      says: 'an image that does not load',
      after: { html, brokenImages: ['https://shop.example/mug.png'] },
      repaired: html,
      what: /the image \/mug\.png does not load/,
    },
  ],
  clean: [
    {
      says: 'an image that our own policy refused',
      after: {
        html,
        brokenImages: ['http://10.0.0.1/a.png'],
        blocked: [{ url: 'http://10.0.0.1/a.png', why: 'a private address', kind: 'request' }],
      },
    },
  ],
});
