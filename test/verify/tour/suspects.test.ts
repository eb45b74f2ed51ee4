import { expect, test } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import type { Divergence } from '../../../src/verify/compare/divergence.ts';
import type { Surroundings } from '../../../src/verify/surroundings.ts';
import { describeImpossible } from '../../../src/verify/tour/describe-impossible.ts';
import {
  createSuspects,
  isOfTheSameControl,
  isSuspectedOfOther,
  noteTyped,
  type Suspects,
  showsTheSameAmount,
  showsWhatWasTyped,
} from '../../../src/verify/tour/suspects.ts';
import { pageModel, pageNode } from '../../support/page-models.ts';

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

const typing: Step = { fill: { field: 'Street', value: '12 Harbour Lane' } };

/** An address was typed somewhere, and one difference is known. */
function afterSaving({ isParted = true } = {}): Suspects {
  const suspects = createSuspects();
  noteTyped(suspects, typing);
  noteTyped(suspects, { fill: { field: 'Quantity', value: '2' } });
  const where = { environment: { name: 'desktop' } } as unknown as Surroundings;
  const known = divergence({ cause: 'disabled|Save address' });
  if (isParted)
    suspects.confirmed.set(known.cause, {
      divergence: known,
      steps: [],
      keys: [],
      pages: [],
      where,
      also: [],
      isSeenAgain: true,
    });
  return suspects;
}

test('what one side kept of what was typed earlier is no news once the two are known to differ', () => {
  expect(showsWhatWasTyped(afterSaving(), divergence({}), [{ goto: '/checkout' }])).toBe(true);
  expect(showsWhatWasTyped(afterSaving({ isParted: false }), divergence({}), [])).toBe(false);
});

test('what was typed in this sequence, another text, and a short one explain nothing', () => {
  expect(showsWhatWasTyped(afterSaving(), divergence({}), [typing])).toBe(false);
  expect(showsWhatWasTyped(afterSaving(), divergence({ expected: '5 High Street' }), [])).toBe(false);
  expect(showsWhatWasTyped(afterSaving(), divergence({ expected: '2', actual: '3' }), [])).toBe(false);
});

test('the same wrong amount in another place is the same difference', () => {
  const suspects = createSuspects();
  const total = { source: 'firsthand/no-negative-amount', expected: 'Total €16.10', actual: 'Total −€21.70' };
  const where = { environment: { name: 'desktop' } } as unknown as Surroundings;
  suspects.confirmed.set('total', {
    divergence: divergence(total),
    steps: [],
    keys: [],
    pages: [],
    where,
    also: [],
    isSeenAgain: true,
  });
  const onReceipt = divergence({ ...total, cause: 'receipt', actual: '−€21.70' });
  expect(showsTheSameAmount(suspects, onReceipt)).toBe(true);
  expect(showsTheSameAmount(suspects, { ...onReceipt, actual: '−€3.20' })).toBe(false);
  expect(showsTheSameAmount(suspects, { ...onReceipt, source: 'firsthand/number-changed' })).toBe(false);
  expect(showsTheSameAmount(suspects, { ...onReceipt, actual: '2' })).toBe(false);
});

test('a button that is gone and one that cannot be pressed are one, whichever was seen first', () => {
  const where = { environment: { name: 'desktop' } } as unknown as Surroundings;
  const press = (name: string) =>
    describeImpossible(
      { click: { role: 'button', name } },
      { kind: 'impossible', why: 'it is not on the page' },
      { base: pageModel([]), head: pageModel([]) },
    );
  const nodes = { base: pageNode('button', 'Cancel') };
  const gone = divergence({ kind: 'missing', nodes });
  const disabled = divergence({ kind: 'state', nodes, expected: 'enabled', actual: 'disabled' });
  const pairs = [gone, disabled].flatMap((one) => [
    [one, press('Cancel')] as const,
    [press('Cancel'), one] as const,
  ]);
  for (const [first, second] of pairs) {
    const suspects = createSuspects();
    suspects.confirmed.set('first', {
      divergence: first,
      steps: [],
      keys: [],
      pages: [],
      where,
      also: [],
      isSeenAgain: true,
    });
    expect(isOfTheSameControl(suspects, second)).toBe(true);
    expect(isOfTheSameControl(suspects, press('Cancel all'))).toBe(false);
  }
});

test('of another item of a list the same shows with another name in it', () => {
  const shown = (expected: string, actual: string) =>
    divergence({ kind: 'text', cause: `text|${expected}`, expected, actual });
  const refused = shown('Hannover was returned to Elif', 'A reason is required');
  expect(isSuspectedOfOther(refused, shown('Vienna was returned to Wen', 'A reason is required'))).toBe(true);
  expect(isSuspectedOfOther(refused, shown('Vienna was returned to Wen', 'The report is locked'))).toBe(
    false,
  );
});
