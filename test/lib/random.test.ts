import { expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';

test('the same seed gives the same numbers, another seed gives others', () => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed);
    return Array.from({ length: 20 }, () => random.next());
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('numbers fall evenly between 0 and 1', () => {
  const random = createRandom(1);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let draw = 0; draw < 10_000; draw += 1) {
    const index = random.below(10);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});

test('a weight of nothing is never drawn, a threefold weight about three times as often', () => {
  const random = createRandom(3);
  const drawn = Array.from({ length: 4_000 }, () =>
    random.pickWeighted(['never', 'once', 'thrice'], (item) => ({ never: 0, once: 1, thrice: 3 })[item] ?? 0),
  );
  expect(drawn).not.toContain('never');
  const share = drawn.filter((item) => item === 'thrice').length / drawn.length;
  expect(share).toBeGreaterThan(0.7);
  expect(share).toBeLessThan(0.8);
});

test('there is nothing to draw where there is nothing', () => {
  const random = createRandom(3);
  expect(random.pick([])).toBeUndefined();
  expect(random.pickWeighted(['a'], () => 0)).toBeUndefined();
});
