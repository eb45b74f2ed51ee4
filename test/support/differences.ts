import type { Difference } from '../../src/verify/difference.ts';

/** A difference in behaviour; a test names only what matters to it. */
export function difference(parts: Partial<Difference> = {}): Difference {
  return {
    key: 'missing|button|Pay',
    category: 'flow',
    severity: 'high',
    source: 'firsthand/missing',
    title: 'On /cart the button “Pay” is missing',
    body: 'The base has it.',
    steps: [{ goto: '/cart' }],
    url: 'http://head.test/cart',
    environment: 'desktop',
    ...parts,
  };
}
