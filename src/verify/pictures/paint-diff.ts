import type { PictureDiff } from './compare-screenshots.ts';
import { type Box, crop, type Image, overlaps } from './image.ts';
import { toHeadY } from './map-rows.ts';

const RED = wordOf(0xe0, 0x10, 0x20);
const BLUE = wordOf(0x10, 0x50, 0xe0);
/** How high the line is that stands for what is missing. */
const LINE = 3;
/** By the sum of the three channels: the paled grey, and the paled green of what was inserted. */
const GREYS = palette((grey) => wordOf(grey, grey, grey));
const GREENS = palette((grey) => wordOf(grey * 0.8, grey, grey * 0.8));

/** Paints a part of the head pale: red what differs, green what was inserted, a blue line where something is missing. */
export function paintDiff(head: Image, diff: PictureDiff, frame: Box): Image {
  const picture = crop(head, frame);
  const { data } = picture;
  const pixels = new Int32Array(data.buffer, data.byteOffset, frame.width * frame.height);
  const inserted = diff.inserted.filter((band) => overlaps(band, frame));
  const maskHeight = diff.mask.length / diff.width;
  for (let y = 0; y < frame.height; y += 1) {
    pale(pixels, GREYS, { from: y * frame.width, to: (y + 1) * frame.width, data });
    if (frame.y + y >= maskHeight) continue;
    const from = (frame.y + y) * diff.width + frame.x;
    const marks = diff.mask.subarray(from, from + Math.min(frame.width, diff.width - frame.x));
    for (let x = marks.indexOf(1); x >= 0; x = marks.indexOf(1, x + 1)) pixels[y * frame.width + x] = RED;
  }
  const fresh = inserted.length === 0 ? data : crop(head, frame).data;
  for (const band of inserted) {
    for (const [from, to] of rowsIn(band, frame)) pale(pixels, GREENS, { from, to, data: fresh });
  }
  for (const box of diff.removed) {
    const line = { ...box, y: toHeadY(diff.columns, box), height: LINE };
    for (const [from, to] of rowsIn(line, frame)) pixels.fill(BLUE, from, to);
  }
  return picture;
}

/** Paints a run of pixels in the paled colours of `data`. */
function pale(
  pixels: Int32Array,
  colours: Int32Array,
  { from, to, data }: { readonly from: number; readonly to: number; readonly data: Buffer },
): void {
  for (let at = from; at < to; at += 1) {
    const sum = (data[at * 4] ?? 0) + (data[at * 4 + 1] ?? 0) + (data[at * 4 + 2] ?? 0);
    pixels[at] = colours[sum] ?? 0;
  }
}

/** The runs of pixels of a frame that a box takes. */
function* rowsIn(box: Box, frame: Box): Generator<readonly [from: number, to: number]> {
  const left = Math.max(0, box.x - frame.x);
  const right = Math.min(frame.width, box.x + box.width - frame.x);
  if (right <= left) return;
  const bottom = Math.min(frame.height, box.y + box.height - frame.y);
  for (let y = Math.max(0, box.y - frame.y); y < bottom; y += 1) {
    yield [y * frame.width + left, y * frame.width + right];
  }
}

/** Few colours make a small file: every second grey of the lightest quarter. */
function palette(colourOf: (grey: number) => number): Int32Array {
  return Int32Array.from({ length: 766 }, (_, sum) => colourOf((255 - (255 - sum / 3) * 0.25) & 0xfe));
}

/** A pixel as it lies in memory, whatever the order of the machine's bytes. */
function wordOf(red: number, green: number, blue: number): number {
  return new Int32Array(Uint8Array.from([red, green, blue, 255]).buffer)[0] ?? 0;
}
