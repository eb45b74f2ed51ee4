/** A repeatable source of choices. */
export interface Random {
  /** A number from 0 (included) to 1 (not included). */
  next(): number;
  /** A whole number from 0 to `count - 1`. */
  below(count: number): number;
  /** One of `items`; undefined when there are none. */
  pick<Item>(items: readonly Item[]): Item | undefined;
  /** One of `items`, each as likely as its weight; undefined when no weight is above 0. */
  pickWeighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item | undefined;
}

/** Numbers that follow from `seed` alone: mulberry32, by Tommy Ettinger, public domain. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    pick: (items) => items[below(items.length)],
    pickWeighted(items, weightOf) {
      const weights = items.map(weightOf);
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      for (const [index, item] of items.entries()) {
        const weight = weights[index] ?? 0;
        if (weight <= 0) continue;
        left -= weight;
        if (left < 0) return item;
      }
      return undefined;
    },
  };
}
