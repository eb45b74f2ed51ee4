import { afterAll, describe, expect, it } from 'vitest';
import type { Step } from '../../src/domain/flow.ts';
import type { Invariant, Seen } from '../../src/verify/invariants/invariant.ts';
import { checkInvariants, INVARIANTS } from '../../src/verify/invariants/invariants.ts';
import type { PageModel } from '../../src/verify/model/page-model.ts';
import { openModelReader } from './model-reader.ts';

/** What a page showed: HTML, and what happened beside it. */
export type Shot = string | (Partial<PageModel> & { readonly html: string });

export interface InvariantCase {
  /** Completes the sentence “reports …” or “is quiet about …”. */
  readonly says: string;
  readonly before?: Shot;
  readonly step?: Step;
  /** In a buggy case `‹wrong|right›` marks the fault and its repair. */
  readonly after: Shot;
}

export interface BuggyCase extends InvariantCase {
  /** Of the violation's `what`. */
  readonly what: RegExp;
  /** What the repaired page showed, when the repair is not in the HTML. */
  readonly repaired?: Shot;
}

/**
 * The tests of one invariant: faults are reported, their repair and look-alikes are not, and without the rule nothing
 * reports the fault, so that the test would fail.
 */
export function testInvariant(
  invariant: Invariant,
  { buggy, clean }: { readonly buggy: readonly BuggyCase[]; readonly clean: readonly InvariantCase[] },
): void {
  const reader = openModelReader();
  afterAll(() => reader.close());

  const seen = async ({ before, step, after }: InvariantCase): Promise<Seen> => ({
    ...(before === undefined ? {} : { before: await read(before) }),
    ...(step === undefined ? {} : { step }),
    after: await read(after),
  });
  const read = async (shot: Shot): Promise<PageModel> => {
    const { html, ...over } = typeof shot === 'string' ? { html: shot } : shot;
    return reader.read(html, over);
  };

  describe(`the rule ${invariant.name}`, () => {
    it.each(buggy)('reports $says', async (one) => {
      const page = await seen({ ...one, after: choose(one.after, 'wrong') });
      const violations = checkInvariants(page);
      expect(violations.filter((violation) => one.what.test(violation.what))).toMatchObject([
        { invariant: invariant.name },
      ]);
    });

    it.each(buggy)('is quiet when this is repaired: $says', async (one) => {
      const repaired = await seen({ ...one, after: one.repaired ?? choose(one.after, 'right') });
      expect(checkInvariants(repaired)).toEqual([]);
    });

    it.each(buggy)('is the rule that reports $says', async (one) => {
      const page = await seen({ ...one, after: choose(one.after, 'wrong') });
      const others = INVARIANTS.filter((other) => other.name !== invariant.name);
      expect(others).toHaveLength(INVARIANTS.length - 1);
      expect(checkInvariants(page, others).filter(({ what }) => one.what.test(what))).toEqual([]);
    });

    it.each(clean)('is quiet about $says', async (one) => {
      expect(checkInvariants(await seen(one), [invariant])).toEqual([]);
    });
  });
}

function choose(shot: Shot, which: 'wrong' | 'right'): Shot {
  const html = (text: string): string =>
    text.replace(/‹([^|›]*)\|([^›]*)›/g, which === 'wrong' ? '$1' : '$2');
  return typeof shot === 'string' ? html(shot) : { ...shot, html: html(shot.html) };
}
