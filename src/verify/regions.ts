import type { Box } from './image.ts';

/** Differing pixels closer than about this belong together. */
const CELL = 16;

/**
 * The boxes around groups of marked pixels, largest first.
 *
 * Pixels are gathered in cells of 16 × 16; cells that touch, also over one empty cell, form a group.
 */
export function findRegions(mask: Uint8Array, width: number, height: number): Box[] {
  const columns = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  const cells = markCells(mask, { width, columns, rows });
  const seen = new Uint8Array(cells.length);
  const boxes: Box[] = [];
  for (let start = 0; start < cells.length; start += 1) {
    if (cells[start] === undefined || seen[start] === 1) continue;
    const group: number[] = [];
    const queue = [start];
    seen[start] = 1;
    for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
      group.push(cell);
      const [column, row] = [cell % columns, Math.floor(cell / columns)];
      for (let y = Math.max(0, row - 2); y <= Math.min(rows - 1, row + 2); y += 1) {
        for (let x = Math.max(0, column - 2); x <= Math.min(columns - 1, column + 2); x += 1) {
          const near = y * columns + x;
          if (cells[near] === undefined || seen[near] === 1) continue;
          seen[near] = 1;
          queue.push(near);
        }
      }
    }
    boxes.push(around(group.flatMap((cell) => cells[cell] ?? [])));
  }
  return boxes.sort((a, b) => b.width * b.height - a.width * a.height || a.y - b.y || a.x - b.x);
}

interface Grid {
  readonly width: number;
  readonly columns: number;
  readonly rows: number;
}

/** For each cell the box of its marked pixels, or undefined when it has none. */
function markCells(mask: Uint8Array, { width, columns, rows }: Grid): (Box | undefined)[] {
  const cells: (Box | undefined)[] = Array.from({ length: columns * rows });
  for (let index = mask.indexOf(1); index >= 0; index = mask.indexOf(1, index + 1)) {
    const [x, y] = [index % width, Math.floor(index / width)];
    const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
    const pixel = { x, y, width: 1, height: 1 };
    const known = cells[cell];
    cells[cell] = known === undefined ? pixel : around([known, pixel]);
  }
  return cells;
}

function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
