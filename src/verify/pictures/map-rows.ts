import type { AlignedColumns } from './align-columns.ts';
import type { Box } from './image.ts';

/** The row of the base that shows what the head shows at the top of a box of the head. */
export function toBaseY(columns: readonly AlignedColumns[], box: Box): number {
  const pairs = columnAt(columns, box)?.pairs;
  if (pairs === undefined) return box.y;
  for (let y = Math.max(0, box.y); y < Math.min(pairs.length, box.y + box.height); y += 1) {
    const paired = pairs[y] ?? -1;
    if (paired >= 0) return paired - (y - box.y);
  }
  // The box lies within what was inserted: what stands above it tells.
  for (let y = Math.min(box.y, pairs.length) - 1; y >= 0; y -= 1) {
    const paired = pairs[y] ?? -1;
    if (paired >= 0) return paired + 1;
  }
  return 0;
}

/** The row of the head that shows what the base shows at the top of a box of the base, or what took its place. */
export function toHeadY(columns: readonly AlignedColumns[], box: Box): number {
  const pairs = columnAt(columns, box)?.pairs;
  if (pairs === undefined) return box.y;
  for (let y = 0; y < pairs.length; y += 1) {
    const paired = pairs[y] ?? -1;
    if (paired >= box.y) return paired < box.y + box.height ? y - (paired - box.y) : y;
  }
  return Math.min(box.y, pairs.length);
}

function columnAt(columns: readonly AlignedColumns[], box: Box): AlignedColumns | undefined {
  const middle = box.x + box.width / 2;
  return columns.find(({ x, width }) => middle >= x && middle < x + width) ?? columns[0];
}
