import type { Image } from './image.ts';

/** For each row of the head: the row of the base that it is paired with, or -1 where the head inserted it. */
export type RowPairs = Int32Array;

/** Pairs row y with row y; rows that only the head has are inserted. */
export function pairInPlace(base: Image, head: Image): RowPairs {
  return Int32Array.from({ length: head.height }, (_, y) => (y < base.height ? y : -1));
}

/**
 * Pairs equal rows of two pictures of one width, in order, as `diff` does with lines.
 *
 * Common ends first, then rows that occur once in both, in their longest common order, then the gaps between them. A
 * gap without such rows is paired from its top, so that rows which changed in place are still compared.
 */
export function alignRows(base: Image, head: Image): RowPairs {
  const pairs: RowPairs = new Int32Array(head.height).fill(-1);
  alignRange({ base: hashRows(base), head: hashRows(head), pairs }, [0, base.height], [0, head.height]);
  return pairs;
}

interface Alignment {
  readonly base: Int32Array;
  readonly head: Int32Array;
  readonly pairs: RowPairs;
}

type Range = readonly [from: number, to: number];

function alignRange(alignment: Alignment, baseRange: Range, headRange: Range): void {
  const { base, head, pairs } = alignment;
  let [b, bEnd] = baseRange;
  let [h, hEnd] = headRange;
  while (b < bEnd && h < hEnd && base[b] === head[h]) pairs[h++] = b++;
  while (b < bEnd && h < hEnd && base[bEnd - 1] === head[hEnd - 1]) pairs[--hEnd] = --bEnd;
  if (b >= bEnd || h >= hEnd) return;
  const anchors = commonUniqueRows(alignment, [b, bEnd], [h, hEnd]);
  if (anchors.length === 0) {
    while (b < bEnd && h < hEnd) pairs[h++] = b++;
    return;
  }
  for (const [anchorBase, anchorHead] of anchors) {
    alignRange(alignment, [b, anchorBase], [h, anchorHead]);
    pairs[anchorHead] = anchorBase;
    b = anchorBase + 1;
    h = anchorHead + 1;
  }
  alignRange(alignment, [b, bEnd], [h, hEnd]);
}

/** Rows whose content occurs once in both ranges, reduced to the longest run that keeps its order. */
function commonUniqueRows(
  { base, head }: Alignment,
  baseRange: Range,
  headRange: Range,
): (readonly [number, number])[] {
  const inBase = uniqueRows(base, baseRange);
  const candidates: [number, number][] = [];
  for (const [hash, y] of uniqueRows(head, headRange)) {
    const paired = inBase.get(hash);
    if (paired !== undefined && paired >= 0 && y >= 0) candidates.push([paired, y]);
  }
  return longestIncreasing(candidates.sort((a, b) => a[1] - b[1]));
}

/** Row by hash; -1 when the hash occurs more than once. */
function uniqueRows(hashes: Int32Array, [from, to]: Range): Map<number, number> {
  const rows = new Map<number, number>();
  for (let y = from; y < to; y += 1) {
    const hash = hashes[y] ?? 0;
    rows.set(hash, rows.has(hash) ? -1 : y);
  }
  return rows;
}

/** The longest subsequence whose first numbers rise (patience sorting). */
function longestIncreasing(items: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tails: number[] = [];
  const before: number[] = [];
  items.forEach((item, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((items[tails[middle] ?? 0]?.[0] ?? 0) < item[0]) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = index;
  });
  const result: (readonly [number, number])[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const item = items[index];
    if (item !== undefined) result.push(item);
  }
  return result.reverse();
}

function hashRows({ data, width, height }: Image): Int32Array {
  const pixels = new Int32Array(data.buffer, data.byteOffset, width * height);
  const hashes = new Int32Array(height);
  for (let y = 0; y < height; y += 1) {
    let hash = 0x811c9dc5 | 0;
    for (let x = y * width; x < (y + 1) * width; x += 1) {
      hash = Math.imul(hash ^ (pixels[x] ?? 0), 0x01000193);
      hash ^= hash >>> 15;
    }
    hashes[y] = hash;
  }
  return hashes;
}
