import { alignRows, pairInPlace } from './align-rows.ts';
import { type RowHashes, STRIP_WIDTH } from './hash-rows.ts';
import type { Image } from './image.ts';
import type { RowPairs } from './row-pairs.ts';

/** Columns of the picture that moved alike. */
export interface AlignedColumns {
  readonly x: number;
  readonly width: number;
  readonly pairs: RowPairs;
}

/** Two pictures of one width with the hashes of their rows. */
export interface HashedPair {
  readonly base: Image;
  readonly head: Image;
  readonly hashes: { readonly base: RowHashes; readonly head: RowHashes };
}

/** Columns that are looked at when two rows of a strip are compared roughly. */
const SAMPLE_STEP = 4;
/** Channels of two pixels that are further apart than this look different. */
const VISIBLE = 12;
/** A page has few parts that move by themselves; more alignments than this are accidents. */
const MAX_CANDIDATES = 5;

export function isSameAlignment(
  first: readonly AlignedColumns[],
  second: readonly AlignedColumns[],
): boolean {
  return (
    first.length === second.length &&
    first.every(({ x, width, pairs }, at) => {
      const other = second[at];
      return other?.x === x && other.width === width && keyOf(other.pairs) === keyOf(pairs);
    })
  );
}

function keyOf({ buffer, byteOffset, byteLength }: RowPairs): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}

/** Aligns whole rows: right where the page moves as one. */
export function alignWholeRows({ base, head, hashes }: HashedPair): readonly AlignedColumns[] {
  const columns = { x: 0, width: head.width };
  const distance = distanceIn(base, head, { ...columns, step: Math.max(1, Math.floor(head.width / 48)) });
  return [{ ...columns, pairs: alignRows({ base: hashes.base.whole, head: hashes.head.whole, distance }) }];
}

/**
 * Aligns the picture in columns: right where a part such as a side bar stays while the rest moves.
 *
 * Every strip of 64 pixels is aligned by itself; then each takes the alignment that fits it best among those that most
 * strips share, and the border between two neighbours is moved to the pixel where it lies.
 */
export function alignInColumns(pair: HashedPair): readonly AlignedColumns[] {
  const { base, head, hashes } = pair;
  const own = hashes.head.strips.map((strip, index) =>
    alignRows({
      base: hashes.base.strips[index] ?? strip,
      head: strip,
      distance: distanceIn(base, head, stripAt(index, head.width)),
    }),
  );
  const candidates = mostShared([...own, pairInPlace(base.height, head.height)]);
  const chosen = own.map((pairs, index) => bestFor(pair, index, [...candidates, pairs]));
  return moveBorders(pair, joinEqual(chosen, head.width));
}

/** The alignments by the number of strips that have them, most first. */
function mostShared(alignments: readonly RowPairs[]): readonly RowPairs[] {
  const groups = new Map<string, { pairs: RowPairs; count: number }>();
  for (const pairs of alignments) {
    const key = keyOf(pairs);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { pairs, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_CANDIDATES)
    .map(({ pairs }) => pairs);
}

function bestFor(pair: HashedPair, strip: number, candidates: readonly RowPairs[]): RowPairs {
  const [base, head] = [pair.hashes.base.strips[strip], pair.hashes.head.strips[strip]];
  const distance = distanceIn(pair.base, pair.head, stripAt(strip, pair.head.width));
  let best: RowPairs | undefined;
  let least = Infinity;
  for (const pairs of candidates) {
    let wrong = countUnpaired(pairs, pair.base.height) * (STRIP_WIDTH / SAMPLE_STEP);
    for (let y = 0; y < pairs.length && wrong < least; y += 1) {
      const paired = pairs[y] ?? -1;
      if (paired >= 0 && base?.[paired] !== head?.[y]) wrong += distance(paired, y);
    }
    if (wrong >= least) continue;
    least = wrong;
    best = pairs;
  }
  return best ?? new Int32Array();
}

function stripAt(index: number, width: number): Columns {
  const x = index * STRIP_WIDTH;
  return { x, width: Math.min(STRIP_WIDTH, width - x), step: SAMPLE_STEP };
}

/** Rows that only one side has. */
function countUnpaired(pairs: RowPairs, baseHeight: number): number {
  let paired = 0;
  for (let y = 0; y < pairs.length; y += 1) if ((pairs[y] ?? -1) >= 0) paired += 1;
  return pairs.length - paired + baseHeight - paired;
}

function joinEqual(strips: readonly RowPairs[], width: number): AlignedColumns[] {
  const columns: AlignedColumns[] = [];
  strips.forEach((pairs, index) => {
    const x = index * STRIP_WIDTH;
    const right = Math.min(width, x + STRIP_WIDTH);
    const last = columns.at(-1);
    if (last?.pairs === pairs) columns.splice(-1, 1, { ...last, width: right - last.x });
    else columns.push({ x, width: right - x, pairs });
  });
  return columns;
}

/** Puts each border where the fewest pixels differ; a narrow part between two others may vanish altogether. */
function moveBorders(pair: HashedPair, columns: readonly AlignedColumns[]): readonly AlignedColumns[] {
  const result: AlignedColumns[] = [];
  for (const next of columns) {
    const last = result.pop();
    if (last === undefined) {
      result.push(next);
      continue;
    }
    const from = Math.max(last.x, next.x - STRIP_WIDTH);
    const to = Math.min(next.x + next.width, next.x + STRIP_WIDTH);
    const border = bestBorder(costs(pair, last.pairs, from, to), costs(pair, next.pairs, from, to)) + from;
    if (border > last.x) result.push({ ...last, width: border - last.x });
    if (border < next.x + next.width) {
      result.push({ ...next, x: border, width: next.x + next.width - border });
    }
  }
  return result;
}

/** Where to change from the first to the second so that the sum of both costs is least. */
function bestBorder(first: Int32Array, second: Int32Array): number {
  let cost = 0;
  let least = 0;
  let border = 0;
  for (let x = 0; x < first.length; x += 1) {
    cost += (first[x] ?? 0) - (second[x] ?? 0);
    if (cost < least) {
      least = cost;
      border = x + 1;
    }
  }
  return border;
}

/** For each column of pixels: how many of them differ or have no partner. */
function costs({ base, head }: HashedPair, pairs: RowPairs, from: number, to: number): Int32Array {
  const result = new Int32Array(to - from).fill(countUnpaired(pairs, base.height));
  const [onBase, onHead] = [pixelsOf(base), pixelsOf(head)];
  for (let y = 0; y < pairs.length; y += 1) {
    const paired = pairs[y] ?? -1;
    if (paired < 0) continue;
    for (let x = from; x < to; x += 1) {
      if (onBase[paired * base.width + x] !== onHead[y * head.width + x]) {
        result[x - from] = (result[x - from] ?? 0) + 1;
      }
    }
  }
  return result;
}

interface Columns {
  readonly x: number;
  readonly width: number;
  readonly step: number;
}

/** Counts the sampled pixels of two rows that look different; a gradient's dither does not. */
function distanceIn(
  base: Image,
  head: Image,
  { x, width, step }: Columns,
): (base: number, head: number) => number {
  const [first, second] = [base.data, head.data];
  const differs = (a: number, b: number): boolean => Math.abs((first[a] ?? 0) - (second[b] ?? 0)) > VISIBLE;
  return (baseY, headY) => {
    let count = 0;
    for (let column = x; column < x + width; column += step) {
      const [a, b] = [(baseY * base.width + column) * 4, (headY * head.width + column) * 4];
      if (differs(a, b) || differs(a + 1, b + 1) || differs(a + 2, b + 2)) count += 1;
    }
    return count;
  };
}

function pixelsOf({ data, width, height }: Image): Int32Array {
  return new Int32Array(data.buffer, data.byteOffset, width * height);
}
