import type { AlignedColumns } from './align-columns.ts';
import type { Box } from './image.ts';

/** The boxes that only the head has, in its pixels, from the top. */
export function listInserted(columns: readonly AlignedColumns[]): readonly Box[] {
  return joinNeighbours(
    columns.flatMap(({ x, width, pairs }) => runs(pairs.length, (y) => (pairs[y] ?? -1) < 0, { x, width })),
  );
}

/** The boxes that only the base has, in its pixels, from the top. */
export function listRemoved(columns: readonly AlignedColumns[], baseHeight: number): readonly Box[] {
  return joinNeighbours(
    columns.flatMap(({ x, width, pairs }) => {
      const isPaired = new Uint8Array(baseHeight);
      for (const paired of pairs) if (paired >= 0) isPaired[paired] = 1;
      return runs(baseHeight, (y) => isPaired[y] === 0, { x, width });
    }),
  );
}

/** The runs of rows for which `isIn` holds. */
function runs(
  height: number,
  isIn: (y: number) => boolean,
  columns: { readonly x: number; readonly width: number },
): Box[] {
  const boxes: Box[] = [];
  for (let y = 0; y < height; y += 1) {
    if (!isIn(y)) continue;
    const from = y;
    while (y < height && isIn(y)) y += 1;
    boxes.push({ ...columns, y: from, height: y - from });
  }
  return boxes;
}

/** Columns side by side that have the same rows more or less are one box. */
function joinNeighbours(boxes: readonly Box[]): readonly Box[] {
  const joined: Box[] = [];
  for (const box of boxes) {
    const at = joined.findIndex(
      (one) => one.x + one.width === box.x && one.y === box.y && one.height === box.height,
    );
    const left = joined[at];
    if (left === undefined) joined.push(box);
    else joined[at] = { ...left, width: left.width + box.width };
  }
  return joined.sort((a, b) => a.y - b.y || a.x - b.x);
}
