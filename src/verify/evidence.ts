import type { PictureDiff } from './compare-screenshots.ts';
import type { Evidence } from './difference.ts';
import { type Box, boundingBox, crop, drawBox, type Image } from './image.ts';

const MARGIN = 40;
const MIN_WIDTH = 640;
const MIN_HEIGHT = 360;
const MAX_WIDTH = 1_200;
const MAX_HEIGHT = 900;

/**
 * Cuts the same part out of both pictures: what differs, with some of its surroundings.
 *
 * `boxes` are in pixels of the head's picture. In the diff, what differs is red on the paled head.
 */
export function cutEvidence(
  base: Image,
  head: Image,
  { boxes, diff }: { readonly boxes: readonly Box[]; readonly diff?: PictureDiff },
): Evidence {
  const frame = frameFor(boxes, head, Math.max(base.height, head.height));
  const actual = crop(head, frame);
  const annotated = { ...actual, data: Buffer.from(actual.data) };
  for (const box of boxes) drawBox(annotated, { ...box, x: box.x - frame.x, y: box.y - frame.y });
  return {
    expected: crop(base, frame),
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

function paintDiff(head: Image, diff: PictureDiff, frame: Box): Image {
  const picture = crop(head, frame);
  const isInserted = (y: number): boolean =>
    diff.inserted.some((band) => y >= band.y && y < band.y + band.rows);
  for (let y = 0; y < frame.height; y += 1) {
    const inserted = isInserted(frame.y + y);
    for (let x = 0; x < frame.width; x += 1) {
      const at = (y * frame.width + x) * 4;
      const isInside = frame.x + x < head.width && frame.y + y < head.height;
      const differs = isInside && diff.mask[(frame.y + y) * head.width + frame.x + x] === 1;
      if (differs) picture.data.writeUInt32BE(0xe0_10_20_ff, at);
      else {
        const grey =
          255 -
          (255 - ((picture.data[at] ?? 0) + (picture.data[at + 1] ?? 0) + (picture.data[at + 2] ?? 0)) / 3) *
            0.25;
        picture.data[at] = inserted ? 255 : grey;
        picture.data[at + 1] = inserted ? grey * 0.85 : grey;
        picture.data[at + 2] = inserted ? grey * 0.85 : grey;
      }
    }
  }
  return picture;
}
