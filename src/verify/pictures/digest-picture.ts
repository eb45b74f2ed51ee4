import { BRIGHTNESS_CELLS, COLOUR_CELLS, writeStep } from '../../domain/look.ts';
import type { Box, Image } from './image.ts';

/** Pixels that are read along each side of a cell: enough for its average, on the largest picture too. */
const SAMPLES = 8;
/** Of 256 levels of a channel, what one of the 64 steps of a digest stands for. */
const LEVELS = 4;

/**
 * Makes the perceptual digest of a part of a picture: `width x height : cells`. The cells are the brightness on a grid
 * of 16 × 16, then both colour differences (of ITU-R BT.601) on one of 4 × 4, each a step from 0 to 63.
 */
export function digestPicture(image: Image, box: Box): string {
  const part = inside(box, image);
  const bright = grid(Math.sqrt(BRIGHTNESS_CELLS), image, part).map(brightness);
  const coloured = grid(Math.sqrt(COLOUR_CELLS / 2), image, part).flatMap((pixel) => [
    128 + 0.564 * (pixel.blue - brightness(pixel)),
    128 + 0.713 * (pixel.red - brightness(pixel)),
  ]);
  const cells = [...bright, ...coloured].map((level) => writeStep(level / LEVELS));
  return `${part.width}x${part.height}:${cells.join('')}`;
}

interface Pixel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

function brightness({ red, green, blue }: Pixel): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** The part of a box that lies in the picture: at least one pixel of it. */
function inside(box: Box, { width, height }: Image): Box {
  const x = Math.max(0, Math.min(width - 1, Math.round(box.x)));
  const y = Math.max(0, Math.min(height - 1, Math.round(box.y)));
  const right = Math.max(x + 1, Math.min(width, Math.round(box.x + box.width)));
  const bottom = Math.max(y + 1, Math.min(height, Math.round(box.y + box.height)));
  return { x, y, width: right - x, height: bottom - y };
}

/** The average colours of `side` × `side` cells, row by row. */
function grid(side: number, image: Image, box: Box): readonly Pixel[] {
  const cells: Pixel[] = [];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) cells.push(average(image, box, { side, row, column }));
  }
  return cells;
}

function average(
  image: Image,
  box: Box,
  { side, row, column }: { readonly side: number; readonly row: number; readonly column: number },
): Pixel {
  const sum = { red: 0, green: 0, blue: 0 };
  const perCell = SAMPLES * side;
  for (let down = 0; down < SAMPLES; down += 1) {
    const y = box.y + Math.floor(((row * SAMPLES + down + 0.5) * box.height) / perCell);
    for (let across = 0; across < SAMPLES; across += 1) {
      const x = box.x + Math.floor(((column * SAMPLES + across + 0.5) * box.width) / perCell);
      const at = (y * image.width + x) * 4;
      sum.red += image.data[at] ?? 255;
      sum.green += image.data[at + 1] ?? 255;
      sum.blue += image.data[at + 2] ?? 255;
    }
  }
  const count = SAMPLES * SAMPLES;
  return { red: sum.red / count, green: sum.green / count, blue: sum.blue / count };
}
