import type { Invariant } from './invariant.ts';

/** Every visible image has loaded. */
export const noBrokenImage: Invariant = {
  name: 'no-broken-image',
  check: ({ after }) =>
    after.brokenImages.flatMap((address) => {
      // What our own policy refused says nothing about the product.
      if (after.blocked.some((one) => one.url === address)) return [];
      const path = pathOf(address);
      return [
        {
          key: `no-broken-image|${path}`,
          what: `the image ${path.slice(0, 120)} does not load`,
          severity: 'medium' as const,
          category: 'visual' as const,
          expected: 'an image',
          actual: 'a broken image',
        },
      ];
    }),
};

/** Without host and hash of the build, which base and head do not share. */
function pathOf(address: string): string {
  if (address.startsWith('data:')) return `${address.slice(0, 40)}…`;
  const path = URL.canParse(address) ? new URL(address).pathname : address;
  return path.replace(/[.-][\w-]*\d[\w-]{6,}(?=\.\w+$)/, '');
}
