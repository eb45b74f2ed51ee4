import type { Alignable, RowPairs } from './row-pairs.ts';
import { straighten } from './straighten.ts';

/** Runs of rows are more often unique than single ones: cards and table rows repeat. */
const WINDOWS = [8, 3, 1];

/** Pairs row y with row y; rows that only the head has are inserted. */
export function pairInPlace(baseHeight: number, headHeight: number): RowPairs {
  return Int32Array.from({ length: headHeight }, (_, y) => (y < baseHeight ? y : -1));
}

/**
 * Pairs the rows of two pictures in order, as `diff` does with lines (patience diff).
 *
 * Common ends first, then runs of rows that occur once in both, in their longest common order, then the gaps between
 * them. In a gap without such rows every row of the shorter side is paired, so that what changed in place or was drawn
 * anew a little differently is still compared; the longer side's surplus is put where the rest fits best.
 */
export function alignRows(rows: Alignable): RowPairs {
  const pairs: RowPairs = new Int32Array(rows.head.length).fill(-1);
  alignRange({ ...rows, pairs }, [0, rows.base.length], [0, rows.head.length]);
  straighten(pairs, rows);
  return pairs;
}

interface Alignment extends Alignable {
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
  const anchors = findAnchors(alignment, [b, bEnd], [h, hEnd]);
  if (anchors.length === 0) {
    pairGap(alignment, [b, bEnd], [h, hEnd]);
    return;
  }
  for (const [anchorBase, anchorHead] of anchors) {
    // The anchor before has reached over this one.
    if (anchorBase < b || anchorHead < h) continue;
    alignRange(alignment, [b, anchorBase], [h, anchorHead]);
    b = anchorBase;
    h = anchorHead;
    while (b < bEnd && h < hEnd && base[b] === head[h]) pairs[h++] = b++;
  }
  alignRange(alignment, [b, bEnd], [h, hEnd]);
}

/** Pairs all rows of the shorter side; the other's surplus stays together, where least differs. */
function pairGap({ pairs, distance }: Alignment, [b, bEnd]: Range, [h, hEnd]: Range): void {
  const [inBase, inHead] = [bEnd - b, hEnd - h];
  const length = Math.min(inBase, inHead);
  const [skipBase, skipHead] = [inBase - length, inHead - length];
  let split = length;
  if (skipBase + skipHead > 0) {
    // Cost of pairing all rows after the surplus, then of taking them before it one by one.
    let cost = 0;
    let least = 0;
    split = 0;
    for (let row = 0; row < length; row += 1) {
      cost += distance(b + row, h + row) - distance(b + row + skipBase, h + row + skipHead);
      if (cost < least) {
        least = cost;
        split = row + 1;
      }
    }
  }
  for (let row = 0; row < length; row += 1) {
    if (row < split) pairs[h + row] = b + row;
    else pairs[h + row + skipHead] = b + row + skipBase;
  }
}

type Anchor = readonly [base: number, head: number];

/** Starts of runs whose content occurs once in both ranges, reduced to the longest series that keeps its order. */
function findAnchors({ base, head }: Alignment, baseRange: Range, headRange: Range): readonly Anchor[] {
  for (const size of WINDOWS) {
    const inBase = uniqueRuns(base, baseRange, size);
    const candidates: Anchor[] = [];
    for (const [hash, y] of uniqueRuns(head, headRange, size)) {
      const paired = inBase.get(hash);
      if (paired === undefined || paired < 0 || y < 0) continue;
      // Equal hashes of runs may lie: an anchor without equal rows would never be got over.
      if (isEqualRun(base, head, [paired, y], size)) candidates.push([paired, y]);
    }
    if (candidates.length > 0) return longestIncreasing(candidates.sort((a, b) => a[1] - b[1]));
  }
  return [];
}

function isEqualRun(base: Int32Array, head: Int32Array, [b, h]: Anchor, size: number): boolean {
  for (let row = 0; row < size; row += 1) if (base[b + row] !== head[h + row]) return false;
  return true;
}

/** First row by the hash of its run; -1 when the hash occurs more than once. */
function uniqueRuns(hashes: Int32Array, [from, to]: Range, size: number): Map<number, number> {
  const runs = new Map<number, number>();
  for (let y = from; y + size <= to; y += 1) {
    let hash = hashes[y] ?? 0;
    for (let row = 1; row < size; row += 1) hash = (Math.imul(hash, 31) + (hashes[y + row] ?? 0)) | 0;
    runs.set(hash, runs.has(hash) ? -1 : y);
  }
  return runs;
}

/** The longest subsequence whose first numbers rise (patience sorting). */
function longestIncreasing(items: readonly Anchor[]): readonly Anchor[] {
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
  const result: Anchor[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const item = items[index];
    if (item !== undefined) result.push(item);
  }
  return result.reverse();
}
