import type { Evidence } from '../difference.ts';
import { compareScreenshots, type PictureDiff } from './compare-screenshots.ts';
import { decodePng } from './decode-png.ts';
import { drawNumber } from './draw-number.ts';
import { type Box, boundingBox, crop, drawBox, type Image, overlaps } from './image.ts';
import { toBaseY } from './map-rows.ts';
import { paintDiff } from './paint-diff.ts';

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

/** The frame on the base that shows what the head shows around a box. */
function alignFrame(frame: Box, box: Box | undefined, { columns }: PictureDiff): Box {
  const around = box ?? frame;
  return { ...frame, y: Math.max(0, frame.y + toBaseY(columns, around) - around.y) };
}
