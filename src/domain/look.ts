import { z } from 'zod';

/** Of the grid on which a digest has the brightness of a picture, and of the coarser one on which it has its colours. */
export const BRIGHTNESS_CELLS = 16 * 16;
export const COLOUR_CELLS = 4 * 4 * 2;

/** What a visual change looks like, so that it is known again on another commit. */
export const lookSchema = z
  .strictObject({
    place: z
      .string()
      .regex(/^[0-9a-f]{12}$/)
      .describe('What changed, of which elements, on which page and in which window, as a hash.'),
    picture: z
      .string()
      .regex(new RegExp(`^\\d{1,6}x\\d{1,6}:[A-Za-z0-9+/]{${BRIGHTNESS_CELLS + COLOUR_CELLS}}$`))
      .describe('Size and perceptual digest of the new picture there.'),
  })
  .readonly();
export type Look = z.infer<typeof lookSchema>;

/** Of 63 steps between black and white: antialiasing stays below it. */
const MAX_BRIGHTNESS_STEPS = 2;
const MAX_COLOUR_STEPS = 3;
/** Cells that may differ more: a caret or a digit, but no other picture. */
const MAX_BRIGHTNESS_CELLS = 10;
const MAX_COLOUR_CELLS = 1;
/** Of one side, in pixels, and as a share of it. */
const SIZE_SLACK = { pixels: 4, share: 0.05 };

const STEPS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Writes a number from 0 to 63 as one character of a digest. */
export function writeStep(step: number): string {
  return STEPS.charAt(Math.max(0, Math.min(63, Math.round(step))));
}

/** Whether two digests are of the same picture, but for what no eye sees. */
export function isSamePicture(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [readDigest(one), readDigest(other)];
  if (a === undefined || b === undefined || !isSameSize(a, b)) return false;
  const apart = (from: number, to: number, most: number): number => {
    let cells = 0;
    for (let at = from; at < to; at += 1) {
      const steps = STEPS.indexOf(a.cells.charAt(at)) - STEPS.indexOf(b.cells.charAt(at));
      if (Math.abs(steps) > most) cells += 1;
    }
    return cells;
  };
  return (
    apart(0, BRIGHTNESS_CELLS, MAX_BRIGHTNESS_STEPS) <= MAX_BRIGHTNESS_CELLS &&
    apart(BRIGHTNESS_CELLS, BRIGHTNESS_CELLS + COLOUR_CELLS, MAX_COLOUR_STEPS) <= MAX_COLOUR_CELLS
  );
}

interface Digest {
  readonly width: number;
  readonly height: number;
  readonly cells: string;
}

function readDigest(picture: string): Digest | undefined {
  const [, width, height, cells = ''] = /^(\d+)x(\d+):(.+)$/.exec(picture) ?? [];
  if (cells.length !== BRIGHTNESS_CELLS + COLOUR_CELLS) return undefined;
  return { width: Number(width), height: Number(height), cells };
}

function isSameSize(a: Digest, b: Digest): boolean {
  const isNear = (one: number, other: number): boolean =>
    Math.abs(one - other) <= Math.max(SIZE_SLACK.pixels, SIZE_SLACK.share * Math.max(one, other));
  return isNear(a.width, b.width) && isNear(a.height, b.height);
}
