import { describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/domain/ledger.ts';
import { omit } from '../../src/lib/omit.ts';
import { joinLedgers, MAX_SEALED_LENGTH, openLedger, sealLedger } from '../../src/life/seal-ledger.ts';
import { dismiss } from '../../src/life/words-of-people.ts';
import { createPushes } from '../support/pushes.ts';

const KEY = new Uint8Array(32).fill(7);
const PULL = { owner: 'octo', repo: 'shop', number: 42 };

function ledgerOf(findings: number): Ledger {
  const lines = Array.from({ length: findings }, (_, index) => `eval(secretWord${index});`);
  const pushes = createPushes();
  pushes.push('a'.repeat(40), { 'src/cart.js': lines.join('\n') });
  const [first] = pushes.ledger.entries;
  const ledger = dismiss(pushes.ledger, first?.id ?? '', { how: 'command', by: 'mona', why: 'as agreed' });
  return { ...ledger, revision: 3 };
}

describe('openLedger', () => {
  it('reads back what was sealed, but for its words', () => {
    const ledger = ledgerOf(4);
    const sealed = sealLedger(ledger, PULL, KEY);
    const opened = openLedger(sealed, PULL, KEY);
    expect(opened?.revision).toBe(3);
    expect(opened?.readings).toEqual(ledger.readings);
    const expected = ledger.entries.map((entry) => ({
      ...omit(entry, 'path', 'dismissal'),
      title: '',
      source: '',
      ...(entry.dismissal === undefined ? {} : { dismissal: { how: 'command', by: 'mona' } }),
    }));
    expect(opened?.entries).toEqual(expected);
    expect(sealed).toMatch(/^[\w+/=]+\.[\w+/]{32}$/);
  });

  it.each([
    ['another pull request', (sealed: string) => openLedger(sealed, { ...PULL, number: 43 }, KEY)],
    ['another key', (sealed: string) => openLedger(sealed, PULL, new Uint8Array(32).fill(8))],
    ['a text that was cut', (sealed: string) => openLedger(sealed.slice(0, -5), PULL, KEY)],
    ['a text that was cut in front', (sealed: string) => openLedger(sealed.slice(5), PULL, KEY)],
    [
      'one changed character',
      (sealed: string) => openLedger(`${sealed[0] === 'A' ? 'B' : 'A'}${sealed.slice(1)}`, PULL, KEY),
    ],
    ['a signature alone', (sealed: string) => openLedger(sealed.slice(-33), PULL, KEY)],
    ['nothing', () => openLedger('', PULL, KEY)],
  ])('is undefined for %s', (_, open) => {
    expect(open(sealLedger(ledgerOf(2), PULL, KEY))).toBeUndefined();
  });

  it('reads back what was approved, the newest of many, and joins them with those of the store', () => {
    const approvals = Array.from({ length: 20 }, (_, index) => ({
      place: String(index).padStart(12, '0'),
      picture: `10x10:${'A'.repeat(288)}`,
      by: 'mona',
      ...(index % 2 === 0 ? {} : { pull: 7 }),
    }));
    const entries = ledgerOf(1).entries.map((entry) => ({
      ...entry,
      state: 'approved' as const,
      approval: { by: 'mona', pull: 7 },
      number: 3,
    }));
    const ledger = { ...ledgerOf(0), entries, approvals };
    const opened = openLedger(sealLedger(ledger, PULL, KEY), PULL, KEY);
    expect(opened?.approvals).toEqual(approvals.slice(4));
    expect(opened?.entries).toMatchObject([
      { state: 'approved', approval: { by: 'mona', pull: 7 }, number: 3 },
    ]);
    const newer = opened === undefined ? undefined : { ...opened, revision: 9 };
    const stored = { ...ledger, approvals: approvals.slice(0, 10) };
    expect(joinLedgers(stored, newer).approvals).toHaveLength(20);
  });

  it('keeps to its room, and keeps what was dismissed', () => {
    const ledger = ledgerOf(600);
    const sealed = sealLedger(ledger, PULL, KEY);
    expect(sealed.length).toBeLessThanOrEqual(MAX_SEALED_LENGTH);
    const opened = openLedger(sealed, PULL, KEY);
    expect(opened?.entries.length).toBeGreaterThan(50);
    expect(opened?.entries.some(({ state }) => state === 'dismissed')).toBe(true);
  });
});

describe('joinLedgers', () => {
  it('takes the newer copy, with the words of the store', () => {
    const stored = ledgerOf(3);
    const marked = openLedger(sealLedger(stored, PULL, KEY), PULL, KEY);
    expect(joinLedgers(stored, marked)).toBe(stored);
    expect(joinLedgers(undefined, marked)).toBe(marked);
    expect(joinLedgers(stored, undefined)).toBe(stored);
    const newer = { ...(marked ?? stored), revision: 9 };
    const joined = joinLedgers(stored, newer);
    expect(joined.revision).toBe(9);
    expect(joined.entries[1]).toEqual(stored.entries[1]);
  });
});
