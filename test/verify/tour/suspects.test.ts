import { expect, test } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import type { Divergence } from '../../../src/verify/compare/divergence.ts';
import type { Surroundings } from '../../../src/verify/surroundings.ts';
import { createSuspects, isKnown, type Suspects } from '../../../src/verify/tour/suspects.ts';

const divergence = (over: Partial<Divergence>): Divergence => ({
  kind: 'value',
  key: 'street',
  cause: 'value|street',
  category: 'state',
  severity: 'medium',
  source: 'firsthand/value-changed',
  what: 'the field “Street” holds something else',
  expected: '12 Harbour Lane',
  actual: '4 Heather Row',
  ...over,
});

/** An address that only the base could save. */
function afterSaving({ hasSent = true } = {}): Suspects {
  const suspects = createSuspects();
  const steps: readonly Step[] = [
    { goto: '/address' },
    { fill: { field: 'Street', value: '12 Harbour Lane' } },
    { click: 'Save address' },
  ];
  const where = { environment: { name: 'desktop' } } as unknown as Surroundings;
  suspects.confirmed.set('disabled|Save address', {
    divergence: divergence({ cause: 'disabled|Save address' }),
    steps,
    keys: [],
    where,
    also: [],
  });
  suspects.hasSent = hasSent;
  return suspects;
}

test('what one side kept of what was typed on the way to a known difference is nothing new', () => {
  expect(isKnown(afterSaving(), divergence({}))).toBe(true);
  expect(isKnown(afterSaving(), divergence({ expected: '5 High Street' }))).toBe(false);
});

test('without anything sent, what was typed explains nothing', () => {
  expect(isKnown(afterSaving({ hasSent: false }), divergence({}))).toBe(false);
});
