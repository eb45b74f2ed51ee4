import type { Image } from './image.ts';

/** Width of the columns that are aligned by themselves when a page does not move as a whole. */
export const STRIP_WIDTH = 64;

/** A number for each row of a picture: over its whole width, and over each strip of columns. */
export interface RowHashes {
  readonly whole: Int32Array;
  /** From the left; the last one may be narrower. */
  readonly strips: readonly Int32Array[];
}

/**
 * Hashes the rows of two pictures of one width. Equal rows have equal hashes; so have, rarely, others.
 *
 * The rows that both begin and end with are known to be equal: they keep the hash 0.
 */
export function hashBoth(base: Image, head: Image): { readonly base: RowHashes; readonly head: RowHashes } {
  const least = Math.min(base.height, head.height);
  let top = 0;
  while (top < least && isSameRow(base, top, head, top)) top += 1;
  let bottom = 0;
  while (bottom < least - top && isSameRow(base, base.height - 1 - bottom, head, head.height - 1 - bottom)) {
    bottom += 1;
  }
  return {
    base: hashRows(base, top, base.height - bottom),
    head: hashRows(head, top, head.height - bottom),
  };
}

/** Whether two rows of pictures of one width are equal, byte by byte. */
export function isSameRow(base: Image, baseY: number, head: Image, headY: number): boolean {
  const length = base.width * 4;
  const [from, to] = [headY * length, baseY * length];
  return head.data.compare(base.data, to, to + length, from, from + length) === 0;
}

function hashRows({ data, width, height }: Image, from: number, to: number): RowHashes {
  const pixels = new Int32Array(data.buffer, data.byteOffset, width * height);
  const whole = new Int32Array(height);
  const strips = Array.from({ length: Math.ceil(width / STRIP_WIDTH) }, () => new Int32Array(height));
  for (let y = from; y < to; y += 1) {
    let rowHash = 0;
    for (let strip = 0, x = y * width; strip < strips.length; strip += 1) {
      const end = Math.min(y * width + width, x + STRIP_WIDTH);
      let hash = 0x811c9dc5 | 0;
      for (; x < end; x += 1) {
        // FNV's prime spreads upwards only; the shift brings the high bits down again.
        hash = Math.imul(hash ^ (pixels[x] ?? 0), 0x01000193);
        hash ^= hash >>> 15;
      }
      const hashes = strips[strip];
      if (hashes !== undefined) hashes[y] = hash;
      rowHash = Math.imul(rowHash ^ hash, 0x01000193);
      rowHash ^= rowHash >>> 13;
    }
    whole[y] = rowHash;
  }
  return { whole, strips };
}
