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
  const count = columns * rows;
  const [left, top] = [new Int32Array(count).fill(width), new Int32Array(count).fill(-1)];
  const [right, bottom] = [new Int32Array(count).fill(-1), new Int32Array(count)];
  for (let index = mask.indexOf(1); index >= 0; index = mask.indexOf(1, index + 1)) {
    const y = Math.floor(index / width);
    const x = index - y * width;
    const cell = Math.floor(y / CELL) * columns + Math.floor(x / CELL);
    if (x < (left[cell] ?? 0)) left[cell] = x;
    if (x > (right[cell] ?? 0)) right[cell] = x;
    // Pixels come in the order of their rows.
    if (top[cell] === -1) top[cell] = y;
    bottom[cell] = y;
  }
  return Array.from({ length: count }, (_, cell) => {
    const [x, y] = [left[cell] ?? 0, top[cell] ?? -1];
    if (y === -1) return undefined;
    return { x, y, width: (right[cell] ?? x) - x + 1, height: (bottom[cell] ?? y) - y + 1 };
  });
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
