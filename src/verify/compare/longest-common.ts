/** Above this many cells the exact way costs too much; then what stands in both once is lined up only. */
const MAX_CELLS = 1_500_000;

/** The pairs of indexes, ascending, of a longest common subsequence of two lists of keys. */
export function longestCommon(
  base: readonly string[],
  head: readonly string[],
): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < base.length && start < head.length && base[start] === head[start]) start += 1;
  let end = 0;
  while (
    end < base.length - start &&
    end < head.length - start &&
    base[base.length - 1 - end] === head[head.length - 1 - end]
  ) {
    end += 1;
  }
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index < start; index += 1) pairs.push([index, index]);
  const [from, to] = [base.slice(start, base.length - end), head.slice(start, head.length - end)];
  const middle = from.length * to.length > MAX_CELLS ? increasing(from, to) : table(from, to);
  for (const [a, b] of middle) pairs.push([a + start, b + start]);
  for (let index = end; index > 0; index -= 1) pairs.push([base.length - index, head.length - index]);
  return pairs;
}

function table(base: readonly string[], head: readonly string[]): readonly (readonly [number, number])[] {
  if (base.length === 0 || head.length === 0) return [];
  const width = head.length + 1;
  const lengths = new Uint16Array((base.length + 1) * width);
  const at = (a: number, b: number): number => lengths[a * width + b] ?? 0;
  for (let a = base.length - 1; a >= 0; a -= 1) {
    for (let b = head.length - 1; b >= 0; b -= 1) {
      lengths[a * width + b] =
        base[a] === head[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0, b = 0; a < base.length && b < head.length; ) {
    if (base[a] === head[b]) pairs.push([a++, b++]);
    else if (at(a + 1, b) >= at(a, b + 1)) a += 1;
    else b += 1;
  }
  return pairs;
}

/** Keys that stand in both lists once, as far as they keep their order. */
function increasing(
  base: readonly string[],
  head: readonly string[],
): readonly (readonly [number, number])[] {
  const once = (keys: readonly string[]): ReadonlyMap<string, number> => {
    const places = new Map<string, number>();
    const twice = new Set<string>();
    keys.forEach((key, index) => {
      if (places.has(key)) twice.add(key);
      places.set(key, index);
    });
    for (const key of twice) places.delete(key);
    return places;
  };
  const there = once(head);
  const pairs: (readonly [number, number])[] = [];
  let last = -1;
  for (const [key, index] of once(base)) {
    const other = there.get(key);
    if (other === undefined || other <= last) continue;
    pairs.push([index, other]);
    last = other;
  }
  return pairs;
}
