import { describe, expect, it } from 'vitest';
import type { Invariant } from '../../../src/verify/invariants/invariant.ts';
import { checkInvariants, INVARIANTS } from '../../../src/verify/invariants/invariants.ts';
import { pageModel } from '../../support/page-models.ts';

const rule = (name: string, keys: readonly string[]): Invariant => ({
  name,
  check: () =>
    keys.map((key) => ({
      key,
      what: key,
      severity: 'low',
      category: 'state',
      expected: '',
      actual: '',
    })),
});

describe('checkInvariants', () => {
  const after = pageModel('paragraph: Hello, undefined');

  it('says each key once, and a few of one rule only', () => {
    const found = checkInvariants({ after }, [
      rule('one', ['a', 'a', 'b']),
      rule('two', ['a', 'b', 'c', 'd', 'e', 'f', 'g']),
    ]);
    expect(found.map(({ invariant, key }) => `${invariant} ${key}`)).toEqual([
      'one a',
      'one b',
      'two a',
      'two b',
      'two c',
      'two d',
      'two e',
    ]);
  });

  it('uses every rule unless told otherwise', () => {
    expect(checkInvariants({ after })).toMatchObject([
      { invariant: 'no-raw-value', expect: { notText: 'Hello, undefined' } },
    ]);
    expect(checkInvariants({ after }, [])).toEqual([]);
    expect(new Set(INVARIANTS.map(({ name }) => name)).size).toBe(INVARIANTS.length);
  });

  it('says nothing of a page that hangs', () => {
    expect(checkInvariants({ after: { ...after, isHung: true } })).toEqual([]);
    expect(checkInvariants({ before: { ...after, isHung: true }, step: { press: 'Tab' }, after })).toEqual(
      [],
    );
  });

  it('gives the same key for the same fault with other values', () => {
    const keys = ['−$4.00', '−$9.50'].map((amount) =>
      checkInvariants({
        after: pageModel(`heading "Cart"\nparagraph: Total: ${amount}\nbutton "Checkout"`),
      }).map((one) => one.key),
    );
    expect(keys).toEqual([['no-negative-amount|total'], ['no-negative-amount|total']]);
  });
});
