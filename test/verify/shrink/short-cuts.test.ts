import { expect, test } from 'vitest';
import type { Step } from '../../../src/domain/flow.ts';
import {
  changesOf,
  relatedToLast,
  shortestThrough,
  type Trace,
} from '../../../src/verify/shrink/short-cuts.ts';
import { shrinkSteps } from '../../../src/verify/shrink/shrink-steps.ts';

/** Steps by name, each with what it touched, or `-`; each is possible after any that is named in `from`. */
function traceOf(steps: readonly (readonly [name: string, touched: string, from?: string])[]): Trace {
  return {
    length: steps.length,
    touched: (index) => {
      const touched = steps[index]?.[1] ?? '-';
      return touched === '-' ? undefined : new Set(touched.split(' ').filter((one) => one !== ''));
    },
    isPossible: (index, after) => (steps[index]?.[2] ?? '').split(' ').includes(steps[after]?.[0] ?? 'none'),
  };
}

const COUPON = [
  ['open', '-'],
  ['sort', 'list:main', 'open'],
  ['search', 'field:search', 'open sort'],
  ['about', '-', 'open sort search'],
  ['mug', '-', 'open sort search'],
  ['add', 'local:cart', ''],
  ['theme', 'local:theme', 'open sort search about mug add'],
  ['apply', 'local:cart label:discount', 'add theme'],
  ['lamp', '-', 'open'],
  ['add lamp', 'local:cart', 'mug'],
] as const;

test('leads on where a later step was possible already, through all that is kept', () => {
  const trace = traceOf(COUPON);
  expect(shortestThrough(trace, new Set([5, 7, 9]))).toEqual([0, 4, 5, 7, 8, 9]);
  expect(shortestThrough(trace, new Set())).toEqual([0, 8, 9]);
  expect(
    shortestThrough(
      traceOf([
        ['open', '-'],
        ['pay', 'sent:pay'],
      ]),
      new Set([1]),
    ),
  ).toBeUndefined();
});

test('what changes something is related to the last by what both touched, also over others', () => {
  const trace = traceOf(COUPON);
  expect([...changesOf(trace)]).toEqual([1, 2, 5, 6, 7, 9]);
  expect(relatedToLast(trace)).toEqual(new Set([5, 7, 9]));
  const chain = traceOf([
    ['open', '-'],
    ['a', 'x'],
    ['b', 'x y'],
    ['c', 'z'],
    ['d', 'y'],
  ]);
  expect(relatedToLast(chain)).toEqual(new Set([1, 2, 4]));
});

const click = (name: string): Step => ({ click: { role: 'button', name } });
const named = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) =>
    'click' in step && typeof step.click === 'object' && 'name' in step.click ? [step.click.name ?? ''] : [],
  );

test('shrinking leaves out first what has nothing to do with the last step, then single changes with their ways', async () => {
  const steps: Step[] = [{ goto: '/' }, ...COUPON.slice(1).map(([name]) => click(name))];
  const asked: (readonly string[])[] = [];
  const shrunk = await shrinkSteps(
    steps,
    async (candidate) => {
      asked.push(named(candidate));
      return ['mug', 'add', 'lamp', 'add lamp'].every((one) => named(candidate).includes(one))
        ? 'shows'
        : 'not';
    },
    { trace: traceOf(COUPON), maxReplays: 12 },
  );
  expect(asked[0]).toEqual(['mug', 'add', 'apply', 'lamp', 'add lamp']);
  expect(named(shrunk.steps)).toEqual(['mug', 'add', 'lamp', 'add lamp']);
  expect(shrunk.isMinimal).toBe(true);
});

test('a trace that misleads costs some replays, and nothing else', async () => {
  const steps: Step[] = [{ goto: '/' }, ...COUPON.slice(1).map(([name]) => click(name))];
  const shrunk = await shrinkSteps(
    steps,
    async (candidate) =>
      ['theme', 'add lamp'].every((one) => named(candidate).includes(one)) ? 'shows' : 'not',
    { trace: traceOf(COUPON), maxReplays: 40 },
  );
  expect(named(shrunk.steps)).toEqual(['theme', 'add lamp']);
});
