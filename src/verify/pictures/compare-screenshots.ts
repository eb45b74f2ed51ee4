import {
  type AlignedColumns,
  alignInColumns,
  alignWholeRows,
  type HashedPair,
  isSameAlignment,
} from './align-columns.ts';
import { pairInPlace } from './align-rows.ts';
import { markChanges } from './changed-bands.ts';
import { hashBoth, isSameRow } from './hash-rows.ts';
import { type Box, crop, type Image } from './image.ts';
import { toBaseY } from './map-rows.ts';
import { findRegions } from './regions.ts';
import { listInserted, listRemoved } from './surplus-rows.ts';

/** Fewer changed rows than this are compared where they are: nothing that matters has moved within them. */
const MIN_SHIFT_ROWS = 24;

/** A part of the page that looks different, where it is on the head and where the same content is on the base. */
export interface Region {
  readonly head: Box;
  readonly base: Box;
}

/** Where two pictures differ. */
export interface PictureDiff {
  /** Pixels that differ once the pictures are aligned. Rows that only one side has are not among them. */
  readonly changedPixels: number;
  /** Closed and merged, largest first. */
  readonly regions: readonly Region[];
  /** What only the head has, in pixels of the head: what follows is further down there. */
  readonly inserted: readonly Box[];
  /** What only the base has, in pixels of the base. */
  readonly removed: readonly Box[];
  /** One byte a pixel of the head, `width` in a row, 1 where it differs from the base. */
  readonly mask: Uint8Array;
  /** The larger width of the two. */
  readonly width: number;
  /** How the rows of the two belong together. */
  readonly columns: readonly AlignedColumns[];
}

/** Whether anything differs, be it only in its place. */
export function isDifferent(diff: PictureDiff): boolean {
  return diff.changedPixels > 0 || diff.inserted.length > 0 || diff.removed.length > 0;
}

/**
 * Compares two pictures after aligning what has moved.
 *
 * They are compared in place, with whole rows aligned, and with columns of rows aligned, as far as it takes; the one
 * that leaves the least to look at counts. Pixels are compared by pixelmatch, on the bands of rows that differ only.
 */
export function compareScreenshots(base: Image, head: Image): PictureDiff {
  const width = Math.max(base.width, head.width);
  const [first, second] = [widen(base, width), widen(head, width)];
  const changedRows = countChangedRows(first, second);
  const inPlace = [{ x: 0, width, pairs: pairInPlace(first.height, second.height) }];
  if (changedRows < MIN_SHIFT_ROWS && base.height === head.height)
    return compareAligned(first, second, inPlace);
  const pair: HashedPair = { base: first, head: second, hashes: hashBoth(first, second) };
  const whole = alignWholeRows(pair);
  let best = compareAligned(first, second, whole);
  // What one side has more of is different in any alignment: nothing can be gained beyond that.
  const least = Math.abs(base.height - head.height) * width;
  // Most of a moved page is equal once it is aligned: the costly comparison in place would only lose.
  if (cost(best) - least >= (changedRows * width) / 4 && !isSameAlignment(whole, inPlace)) {
    best = cheaper(compareAligned(first, second, inPlace), best);
  }
  if (cost(best) - least < (MIN_SHIFT_ROWS * width) / 4) return best;
  const columns = alignInColumns(pair);
  return isSameAlignment(columns, best.columns)
    ? best
    : cheaper(best, compareAligned(first, second, columns));
}

function cheaper(simple: PictureDiff, other: PictureDiff): PictureDiff {
  return cost(other) < cost(simple) ? other : simple;
}

/** The area that a reader would have to look at. */
function cost({ regions, inserted, removed }: PictureDiff): number {
  return [...regions.map(({ head }) => head), ...inserted, ...removed].reduce(
    (sum, box) => sum + box.width * box.height,
    0,
  );
}

function widen(image: Image, width: number): Image {
  return image.width === width ? image : crop(image, { x: 0, y: 0, width, height: image.height });
}

function compareAligned(base: Image, head: Image, columns: readonly AlignedColumns[]): PictureDiff {
  const mask = new Uint8Array(head.width * head.height);
  const changedPixels = columns.reduce((sum, part) => sum + markChanges(base, head, part, mask), 0);
  const regions = changedPixels === 0 ? [] : findRegions(mask, head.width, head.height);
  return {
    changedPixels,
    regions: regions.map((box) => ({ head: box, base: { ...box, y: toBaseY(columns, box) } })),
    inserted: columns.length === 0 ? [] : listInserted(columns),
    removed: listRemoved(columns, base.height),
    mask,
    width: head.width,
    columns,
  };
}

function countChangedRows(base: Image, head: Image): number {
  let rows = Math.abs(base.height - head.height);
  for (let y = 0; y < Math.min(base.height, head.height); y += 1) {
    if (!isSameRow(base, y, head, y)) rows += 1;
  }
  return rows;
}
