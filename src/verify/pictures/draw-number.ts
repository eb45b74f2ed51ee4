import type { Box, Image } from './image.ts';

/** Digits of 3 × 5 dots, a row each from the top, the left dot in the highest bit. */
const DIGITS: readonly (readonly number[])[] = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 7, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 2, 2, 2],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7],
];
const DOT = 2;
const PADDING = 2;
const INK = 0xff_ff_ff_ff;
const GROUND = 0xff_00_c8_ff;

/** Writes a number into the left top corner of a box, white on magenta. Changes `image`. */
export function drawNumber(image: Image, number: number, box: Box): void {
  const digits = String(number)
    .split('')
    .map((digit) => DIGITS[Number(digit)] ?? []);
  const width = digits.length * 4 * DOT - DOT + 2 * PADDING;
  const height = 5 * DOT + 2 * PADDING;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor((x - PADDING) / DOT);
      const bits = digits[Math.floor(column / 4)]?.[Math.floor((y - PADDING) / DOT)] ?? 0;
      const isInk = column >= 0 && column % 4 < 3 && ((bits >> (2 - (column % 4))) & 1) === 1;
      const [toX, toY] = [box.x + x, box.y + y];
      if (toX < 0 || toY < 0 || toX >= image.width || toY >= image.height) continue;
      image.data.writeUInt32BE(isInk ? INK : GROUND, (toY * image.width + toX) * 4);
    }
  }
}
