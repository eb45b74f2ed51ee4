import pixelmatch from 'pixelmatch';
import { alignRows, pairInPlace, type RowPairs } from './align-rows.ts';
import { type Box, crop, type Image } from './image.ts';
import { findRegions } from './regions.ts';

/** Per-pixel colour tolerance, pixelmatch's own default; its anti-aliasing check stays on. */
const THRESHOLD = 0.1;
/** Changed rows this close are compared as one band; the anti-aliasing check looks two pixels away. */
const BAND_GAP = 8;
const BAND_MARGIN = 3;
/** When a larger share of the rows differs, something may have moved them. */
const SHIFT_SHARE = 0.1;

/** Rows that only one side has. `y` counts on that side. */
export interface RowBand {
  readonly y: number;
  readonly rows: number;
}

/** Where two pictures differ. */
export interface PictureDiff {
  readonly changedPixels: number;
  /** Closed and merged; on the base the same content lies `shift` pixels higher. */
  readonly regions: readonly { readonly head: Box; readonly base: Box }[];
  readonly inserted: readonly RowBand[];
  readonly removed: readonly RowBand[];
  /** One byte a pixel of the head, 1 where it differs from the base. */
  readonly mask: Uint8Array;
}

/** Whether anything differs. */
export function isDifferent(diff: PictureDiff): boolean {
  return diff.changedPixels > 0 || diff.inserted.length > 0 || diff.removed.length > 0;
}

/**
 * Compares two pictures row by row, after aligning their rows when much of the page has moved.
 *
 * Pixels are compared by pixelmatch on the bands of rows that differ; the result equals that of comparing the whole.
 */
export function compareScreenshots(base: Image, head: Image): PictureDiff {
  const width = Math.max(base.width, head.width);
  const [wideBase, wideHead] = [widen(base, width), widen(head, width)];
  const inPlace = pairInPlace(wideBase, wideHead);
  const changedRows = countChangedRows(wideBase, wideHead);
  if (base.height === head.height && changedRows <= head.height * SHIFT_SHARE) {
    return compareRows(wideBase, wideHead, inPlace);
  }
  const aligned = compareRows(wideBase, wideHead, alignRows(wideBase, wideHead));
  // Most of a moved page is equal once it is aligned: the costly comparison in place would only lose.
  if (cost(aligned, width) < (changedRows * width) / 4) return aligned;
  const unaligned = compareRows(wideBase, wideHead, inPlace);
  return cost(aligned, width) < cost(unaligned, width) ? aligned : unaligned;
}

/** The area that a reader would have to look at. */
function cost(diff: PictureDiff, width: number): number {
  const rows = [...diff.inserted, ...diff.removed].reduce((sum, band) => sum + band.rows, 0);
  return diff.regions.reduce((sum, { head }) => sum + head.width * head.height, 0) + rows * width;
}

function widen(image: Image, width: number): Image {
  return image.width === width ? image : crop(image, { x: 0, y: 0, width, height: image.height });
}

function compareRows(base: Image, head: Image, pairs: RowPairs): PictureDiff {
  const { width } = head;
  const mask = new Uint8Array(width * head.height);
  let changedPixels = 0;
  for (const band of changedBands(base, head, pairs)) {
    const rows = band.to - band.from;
    const output = new Uint8Array(rows * width * 4);
    const offset = (pairs[band.from] ?? 0) - band.from;
    changedPixels += pixelmatch(
      slice(base, band.from + offset, rows),
      slice(head, band.from, rows),
      output,
      width,
      rows,
      { threshold: THRESHOLD, diffMask: true },
    );
    for (let index = 0; index < rows * width; index += 1) {
      if (output[index * 4 + 3] !== 0) mask[band.from * width + index] = 1;
    }
  }
  const shiftAt = (y: number): number => {
    for (let row = y; row >= 0; row -= 1) if ((pairs[row] ?? -1) >= 0) return row - (pairs[row] ?? row);
    return 0;
  };
  const regions = findRegions(mask, width, head.height).map((box) => ({
    head: box,
    base: { ...box, y: box.y - shiftAt(box.y) },
  }));
  return {
    changedPixels,
    regions,
    inserted: insertedBands(pairs),
    removed: removedBands(pairs, base.height),
    mask,
  };
}

function slice(image: Image, y: number, rows: number): Buffer {
  return image.data.subarray(y * image.width * 4, (y + rows) * image.width * 4);
}

/** Runs of paired rows that hold a difference, with a margin, each inside one run of rows that moved alike. */
function changedBands(base: Image, head: Image, pairs: RowPairs): { from: number; to: number }[] {
  const bands: { from: number; to: number }[] = [];
  for (let start = 0; start < pairs.length; ) {
    const offset = (pairs[start] ?? -1) - start;
    let end = start + 1;
    if ((pairs[start] ?? -1) >= 0) {
      while (end < pairs.length && (pairs[end] ?? -1) - end === offset && (pairs[end] ?? -1) >= 0) end += 1;
      for (let y = start; y < end; y += 1) {
        if (slice(base, y + offset, 1).equals(slice(head, y, 1))) continue;
        const last = bands.at(-1);
        const to = Math.min(end, y + 1 + BAND_MARGIN);
        if (last !== undefined && last.to >= start && y - last.to <= BAND_GAP && last.from >= start)
          last.to = to;
        else bands.push({ from: Math.max(start, y - BAND_MARGIN), to });
      }
    }
    start = end;
  }
  return bands;
}

function insertedBands(pairs: RowPairs): RowBand[] {
  const bands: { y: number; rows: number }[] = [];
  pairs.forEach((paired, y) => {
    if (paired >= 0) return;
    const last = bands.at(-1);
    if (last !== undefined && last.y + last.rows === y) last.rows += 1;
    else bands.push({ y, rows: 1 });
  });
  return bands;
}

function removedBands(pairs: RowPairs, baseHeight: number): RowBand[] {
  const bands: RowBand[] = [];
  let next = 0;
  for (const paired of pairs) {
    if (paired < 0) continue;
    if (paired > next) bands.push({ y: next, rows: paired - next });
    next = paired + 1;
  }
  if (next < baseHeight) bands.push({ y: next, rows: baseHeight - next });
  return bands;
}

function countChangedRows(base: Image, head: Image): number {
  let rows = Math.abs(base.height - head.height);
  for (let y = 0; y < Math.min(base.height, head.height); y += 1) {
    if (!slice(base, y, 1).equals(slice(head, y, 1))) rows += 1;
  }
  return rows;
}
