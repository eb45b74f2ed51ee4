import { expect, test } from 'vitest';
import { alignRows } from '../../../src/verify/pictures/align-rows.ts';

test('runs of rows whose hashes collide are not taken for the same rows', () => {
  // 31 × 31 × 1 = 961: both runs of three have one hash, and no row of one stands where it does in the other.
  const rows = { base: Int32Array.of(0, 0, 961), head: Int32Array.of(1, 0, 0) };
  const pairs = alignRows({ ...rows, distance: (b, h) => (rows.base[b] === rows.head[h] ? 0 : 1) });
  expect(pairs).toHaveLength(3);
  expect([...pairs].every((row) => row >= -1 && row < 3)).toBe(true);
});
