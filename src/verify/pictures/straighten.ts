import type { Alignable, RowPairs } from './row-pairs.ts';

/** Rows `head` and following of the head, paired with `base` and following of the base. */
interface Block {
  readonly base: number;
  readonly head: number;
  readonly length: number;
}

const MAX_PASSES = 4;

/**
 * Joins runs of rows that moved differently by accident.
 *
 * Blank rows, and the dither pattern of a gradient, which repeats every eight rows, are equal also where they do not
 * belong together. A run that fits as well at the shift of its neighbour takes that shift. Changes `pairs`.
 */
export function straighten(pairs: RowPairs, { base, distance }: Alignable): void {
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const blocks = listBlocks(pairs);
    const straightened =
      blocks.length < 2 ? blocks : shiftBlocks(blocks, base.length, pairs.length, distance);
    if (straightened.length === blocks.length && straightened.every((one, at) => one === blocks[at])) return;
    pairs.fill(-1);
    for (const block of straightened) {
      for (let row = 0; row < block.length; row += 1) pairs[block.head + row] = block.base + row;
    }
  }
}

function listBlocks(pairs: RowPairs): readonly Block[] {
  const blocks: Block[] = [];
  for (let y = 0; y < pairs.length; ) {
    const base = pairs[y] ?? -1;
    let end = y + 1;
    if (base >= 0) {
      while (end < pairs.length && pairs[end] === base + end - y) end += 1;
      blocks.push({ base, head: y, length: end - y });
    }
    y = end;
  }
  return blocks;
}

function shiftBlocks(
  blocks: readonly Block[],
  baseHeight: number,
  headHeight: number,
  distance: Alignable['distance'],
): readonly Block[] {
  const result = [...blocks];
  for (const [at, block] of blocks.entries()) {
    const before = result[at - 1];
    const after = result[at + 1];
    const free = {
      from: before === undefined ? 0 : before.head + before.length,
      to: after === undefined ? headHeight : after.head,
    };
    for (const neighbour of [after, before]) {
      if (neighbour === undefined || block.base + block.length > baseHeight) continue;
      const moved = { ...block, head: block.base + neighbour.head - neighbour.base };
      if (moved.head === block.head || moved.head < free.from || moved.head + moved.length > free.to)
        continue;
      // The larger one stays: else two neighbours would change places for ever.
      if (neighbour.length < block.length && costOf(block, distance) === costOf(moved, distance)) continue;
      if (costOf(moved, distance) > costOf(block, distance)) continue;
      result[at] = moved;
      break;
    }
  }
  return result;
}

function costOf({ base, head, length }: Block, distance: Alignable['distance']): number {
  let cost = 0;
  for (let row = 0; row < length; row += 1) cost += distance(base + row, head + row);
  return cost;
}
