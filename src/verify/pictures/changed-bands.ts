import pixelmatch from 'pixelmatch';
import type { AlignedColumns } from './align-columns.ts';
import { type Box, crop, type Image } from './image.ts';

/** Per-pixel colour tolerance, pixelmatch's own default; its anti-aliasing check stays on. */
const THRESHOLD = 0.1;
/** Changed rows this close are compared as one band; the anti-aliasing check looks two pixels away. */
const GAP = 8;
const MARGIN = 3;

/** Rows `from` up to `to` of the head, which the base has `offset` rows further down. */
interface Band {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/**
 * Marks the pixels of some columns that differ from their partners on the base, and returns their number.
 *
 * Only bands around rows that differ are compared, each with some of what surrounds it on its own side, which the
 * anti-aliasing check looks at. In place the result equals that of pixelmatch on the whole.
 */
export function markChanges(base: Image, head: Image, columns: AlignedColumns, mask: Uint8Array): number {
  let count = 0;
  for (const band of listBands(base, head, columns)) {
    const frame = frameOf(band, columns, { base, head });
    const { x, y, width, height } = frame;
    const output = new Uint8Array(width * height * 4);
    pixelmatch(cut(base, { ...frame, y: y + band.offset }), cut(head, frame), output, width, height, {
      threshold: THRESHOLD,
      diffMask: true,
    });
    for (let row = band.from; row < band.to; row += 1) {
      const start = ((row - y) * width + columns.x - x) * 4 + 3;
      for (let column = 0, to = row * head.width + columns.x; column < columns.width; column += 1, to += 1) {
        if (output[start + column * 4] === 0) continue;
        mask[to] = 1;
        count += 1;
      }
    }
  }
  return count;
}

/** The band with its surroundings, as far as both pictures have them, in pixels of the head. */
function frameOf(
  { from, to, offset }: Band,
  columns: AlignedColumns,
  { base, head }: { readonly base: Image; readonly head: Image },
): Box {
  const x = Math.max(0, columns.x - MARGIN);
  const y = Math.max(0, -offset, from - MARGIN);
  return {
    x,
    y,
    width: Math.min(head.width, columns.x + columns.width + MARGIN) - x,
    height: Math.min(head.height, base.height - offset, to + MARGIN) - y,
  };
}

function cut(image: Image, box: Box): Buffer {
  return box.width === image.width
    ? image.data.subarray(box.y * box.width * 4, (box.y + box.height) * box.width * 4)
    : crop(image, box).data;
}

/** Bands of paired rows that hold a difference, each inside one run of rows that moved alike. */
function listBands(base: Image, head: Image, { x, width, pairs }: AlignedColumns): Band[] {
  const bands: { from: number; to: number; offset: number }[] = [];
  const isSame = (baseY: number, headY: number): boolean => {
    const [b, h] = [(baseY * base.width + x) * 4, (headY * head.width + x) * 4];
    return head.data.compare(base.data, b, b + width * 4, h, h + width * 4) === 0;
  };
  for (let start = 0; start < pairs.length; ) {
    if ((pairs[start] ?? -1) < 0) {
      start += 1;
      continue;
    }
    const offset = (pairs[start] ?? 0) - start;
    let end = start + 1;
    while (end < pairs.length && (pairs[end] ?? -1) === end + offset) end += 1;
    for (let y = start; y < end; y += 1) {
      if (isSame(y + offset, y)) continue;
      const last = bands.at(-1);
      const to = y + 1;
      if (last !== undefined && last.from >= start && y - last.to <= GAP) last.to = to;
      else bands.push({ from: y, to, offset });
    }
    start = end;
  }
  return bands;
}
