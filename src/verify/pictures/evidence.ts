import type { Evidence } from '../difference.ts';
import { compareScreenshots, type PictureDiff } from './compare-screenshots.ts';
import { decodePng } from './decode-png.ts';
import { drawNumber } from './draw-number.ts';
import { type Box, boundingBox, crop, drawBox, type Image, overlaps } from './image.ts';
import { toBaseY, toHeadY } from './map-rows.ts';

const MARGIN = 40;
const MIN_WIDTH = 640;
const MIN_HEIGHT = 360;
const MAX_WIDTH = 1_400;
const MAX_HEIGHT = 1_000;
/** Between what is marked and its outline, so that the outline does not cut through letters. */
const PADDING = 6;
const LINE = 3;
/** Letters of one word stand closer than this. */
const GAP = 4;
const MAX_GROWTH = 48;

/** PNGs of one state on both sides, and what to frame on the head: where they differ, unless boxes are given. */
export interface Pictured {
  readonly base: Uint8Array | undefined;
  readonly head: Uint8Array;
  readonly boxes?: readonly Box[];
}

/** Draws the pictures of a difference: the part of the page that looks different, or the top of the page. */
export function drawEvidence({ base, head, boxes }: Pictured): Evidence {
  const actual = decodePng(head);
  if (base === undefined) return { actual: cutTop(actual) };
  const expected = decodePng(base);
  const diff = compareScreenshots(expected, actual);
  const framed = boxes ?? diff.regions.slice(0, 6).map((region) => growToWhole(region.head, actual));
  return cutEvidence(expected, actual, { boxes: framed, diff });
}

/**
 * Cuts the same part out of both pictures: what differs, with some of its surroundings.
 *
 * `boxes` are in pixels of the head's picture; the base is cut where the same content lies there. In the diff, what
 * differs is red on the paled head, what was inserted is green, and a blue line stands where something is missing.
 */
export function cutEvidence(
  base: Image,
  head: Image,
  { boxes, diff }: { readonly boxes: readonly Box[]; readonly diff?: PictureDiff },
): Evidence {
  const height = Math.max(base.height, head.height);
  const marked = padBoxes(boxes, { width: head.width, height });
  const frame = frameFor(fitting(marked), head, height);
  const actual = crop(head, frame);
  const annotated = { ...actual, data: Buffer.from(actual.data) };
  marked.forEach((box, index) => {
    const place = { ...box, x: box.x - frame.x, y: box.y - frame.y };
    drawBox(annotated, place);
    if (marked.length > 1) drawNumber(annotated, index + 1, place);
  });
  const aligned = diff === undefined ? frame : alignFrame(frame, marked[0], diff);
  return {
    expected: crop(base, aligned),
    actual,
    ...(diff === undefined ? {} : { diff: paintDiff(head, diff, frame) }),
    annotated,
  };
}

/** The whole window of the head, for findings that have no place on the page. */
export function cutTop(picture: Image): Image {
  const box = {
    x: 0,
    y: 0,
    width: Math.min(picture.width, MAX_WIDTH),
    height: Math.min(picture.height, MAX_HEIGHT),
  };
  return crop(picture, box);
}

/** Widens a box to the end of the words that it cuts through: of `€40.60` and `€2.80` the last digit is the same. */
function growToWhole(box: Box, image: Image): Box {
  const isBlank = (x: number): boolean => {
    const at = (y: number): number => image.data.readUInt32BE((y * image.width + x) * 4);
    const bottom = Math.min(image.height, box.y + box.height);
    for (let y = box.y + 1; y < bottom; y += 1) if (at(y) !== at(box.y)) return false;
    return true;
  };
  const reach = (from: number, step: 1 | -1): number => {
    let end = from;
    for (let x = from + step; Math.abs(x - from) <= MAX_GROWTH && x >= 0 && x < image.width; x += step) {
      if (!isBlank(x)) end = x;
      else if (Math.abs(x - end) > GAP) break;
    }
    return end;
  };
  const left = reach(box.x, -1);
  return { ...box, x: left, width: reach(box.x + box.width - 1, 1) - left + 1 };
}

/** Grows every box by the padding, as far as its outline stays inside, and joins those that then touch. */
export function padBoxes(
  boxes: readonly Box[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly Box[] {
  const merged: Box[] = [];
  for (const box of boxes) {
    const left = Math.max(LINE, box.x - PADDING);
    const top = Math.max(LINE, box.y - PADDING);
    const right = Math.min(width - LINE, box.x + box.width + PADDING);
    const bottom = Math.min(height - LINE, box.y + box.height + PADDING);
    let padded: Box = {
      x: left,
      y: top,
      width: Math.max(1, right - left),
      height: Math.max(1, bottom - top),
    };
    // What has grown may touch another one in turn.
    for (let at = merged.findIndex((one) => overlaps(one, padded, LINE)); at >= 0; ) {
      padded = boundingBox([padded, ...merged.splice(at, 1)]) ?? padded;
      const grown = padded;
      at = merged.findIndex((one) => overlaps(one, grown, LINE));
    }
    merged.push(padded);
  }
  return merged;
}

/** The boxes that fit into one picture: all of them, or the first alone with its surroundings. */
function fitting(boxes: readonly Box[]): readonly Box[] {
  const around = boundingBox(boxes);
  if (around === undefined) return [];
  const fits = around.width + 2 * MARGIN <= MAX_WIDTH && around.height + 2 * MARGIN <= MAX_HEIGHT;
  return fits ? boxes : boxes.slice(0, 1);
}

function frameFor(boxes: readonly Box[], head: Image, height: number): Box {
  const around = boundingBox(boxes) ?? { x: 0, y: 0, width: head.width, height: MAX_HEIGHT };
  const along = (start: number, length: number, limits: { min: number; max: number; end: number }) => {
    const wanted = Math.min(limits.end, limits.max, Math.max(limits.min, length + 2 * MARGIN));
    // What is larger than the frame is shown from its beginning.
    const from = length + 2 * MARGIN > wanted ? start - MARGIN : start - (wanted - length) / 2;
    return { from: Math.round(Math.max(0, Math.min(from, limits.end - wanted))), wanted: Math.round(wanted) };
  };
  const x = along(around.x, around.width, { min: MIN_WIDTH, max: MAX_WIDTH, end: head.width });
  const y = along(around.y, around.height, { min: MIN_HEIGHT, max: MAX_HEIGHT, end: height });
  return { x: x.from, y: y.from, width: x.wanted, height: y.wanted };
}

/** Paints what differs on the whole of the paled head. */
export function drawDiff(head: Image, diff: PictureDiff): Image {
  return paintDiff(head, diff, { x: 0, y: 0, width: head.width, height: head.height });
}

/** The frame on the base that shows what the head shows around a box. */
function alignFrame(frame: Box, box: Box | undefined, { columns }: PictureDiff): Box {
  const around = box ?? frame;
  return { ...frame, y: Math.max(0, frame.y + toBaseY(columns, around) - around.y) };
}

const RED = 0xe0_10_20_ff;
const BLUE = 0x10_50_e0_ff;

function paintDiff(head: Image, diff: PictureDiff, frame: Box): Image {
  const picture = crop(head, frame);
  const inserted = diff.inserted.filter((band) => overlaps(band, frame));
  const missing = diff.removed.map((box) => ({ ...box, y: toHeadY(diff.columns, box) }));
  const right = Math.min(frame.width, diff.width - frame.x);
  const bottom = Math.min(frame.height, diff.mask.length / diff.width - frame.y);
  for (let y = 0; y < frame.height; y += 1) {
    const bands = inserted.filter((band) => frame.y + y >= band.y && frame.y + y < band.y + band.height);
    const isIn = (x: number): boolean =>
      bands.some((band) => frame.x + x >= band.x && frame.x + x < band.x + band.width);
    for (let x = 0; x < frame.width; x += 1) {
      const at = (y * frame.width + x) * 4;
      const differs = x < right && y < bottom && diff.mask[(frame.y + y) * diff.width + frame.x + x] === 1;
      if (differs) picture.data.writeUInt32BE(RED, at);
      else pale(picture.data, at, bands.length > 0 && isIn(x));
    }
  }
  for (const line of missing) {
    for (let y = line.y - frame.y; y < line.y - frame.y + LINE; y += 1) {
      for (
        let x = Math.max(0, line.x - frame.x);
        x < Math.min(right, line.x + line.width - frame.x);
        x += 1
      ) {
        if (y >= 0 && y < frame.height) picture.data.writeUInt32BE(BLUE, (y * frame.width + x) * 4);
      }
    }
  }
  return picture;
}

/** Makes a pixel a light grey, or a light green where it was inserted. Few colours make a small file. */
function pale(data: Buffer, at: number, isInserted: boolean): void {
  const sum = (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  const grey = (255 - (255 - sum / 3) * 0.25) & 0xfe;
  data[at] = isInserted ? grey * 0.8 : grey;
  data[at + 1] = grey;
  data[at + 2] = isInserted ? grey * 0.8 : grey;
}
