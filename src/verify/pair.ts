/** The same thing of both deployments; without a base, `base` is undefined. */
export interface Pair<Thing> {
  readonly base: Thing | undefined;
  readonly head: Thing;
}

/** Does the same on both sides at the same time. */
export async function onBoth<Thing, Result>(
  pair: Pair<Thing>,
  work: (thing: Thing, side: 'base' | 'head') => Promise<Result>,
): Promise<Pair<Result>> {
  const [base, head] = await Promise.all([
    pair.base === undefined ? undefined : work(pair.base, 'base'),
    work(pair.head, 'head'),
  ]);
  return { base, head };
}

/** Joins two pairs side by side. */
export function zip<First, Second>(first: Pair<First>, second: Pair<Second>): Pair<readonly [First, Second]> {
  return {
    base: first.base === undefined || second.base === undefined ? undefined : [first.base, second.base],
    head: [first.head, second.head],
  };
}
