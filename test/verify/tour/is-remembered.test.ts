import { expect, test } from 'vitest';
import type { Divergence } from '../../../src/verify/compare/divergence.ts';
import { toSite } from '../../../src/verify/site.ts';
import { isRemembered, noteFirstLook } from '../../../src/verify/tour/is-remembered.ts';
import { createSuspects, type Suspects } from '../../../src/verify/tour/suspects.ts';
import type { Walk } from '../../../src/verify/tour/walk.ts';
import { pageModel } from '../../support/scripted-session.ts';

const known = { cause: 'known' } as unknown as Divergence;

function walkAt(suspects: Suspects, base: string, head = base): Walk {
  return {
    run: { suspects, sites: { base: toSite('http://base.test/'), head: toSite('http://head.test/') } },
    where: { environment: { name: 'desktop' } },
    moment: {
      base: pageModel({ url: `http://base.test${base}` }),
      head: pageModel({ url: `http://head.test${head}` }),
    },
    hasMutated: false,
    isAlike: true,
  } as unknown as Walk; // no more of a walk is asked for
}

/** The page /book was alike when it was first opened, and one difference is known by now. */
function afterFirstLook(): Suspects {
  const suspects = createSuspects();
  noteFirstLook(walkAt(suspects, '/book'));
  suspects.confirmed.set(known.cause, {
    divergence: known,
    steps: [],
    keys: [],
    pages: [],
    where: walkAt(suspects, '/').where,
    also: [],
    isSeenAgain: true,
  });
  return suspects;
}

test('what a page shows anew that was alike at first is remembered by its servers', () => {
  expect(isRemembered(walkAt(afterFirstLook(), '/book'))).toBe(true);
  expect(isRemembered(walkAt(afterFirstLook(), '/other'))).toBe(false);
});

test('an address that leads to that page on one side only is no such thing', () => {
  expect(isRemembered(walkAt(afterFirstLook(), '/book', '/'))).toBe(false);
});

test('servers remember too what came out differently once and did not show again', () => {
  const suspects = createSuspects();
  expect(isRemembered(walkAt(suspects, '/book'))).toBe(false);
  suspects.hasSent = true;
  expect(isRemembered(walkAt(suspects, '/book'))).toBe(true);
  noteFirstLook({ ...walkAt(suspects, '/book'), isAlike: false });
  expect(isRemembered(walkAt(suspects, '/book'))).toBe(false);
});
