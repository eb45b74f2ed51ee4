import type { Box, Image } from '../../src/verify/pictures/image.ts';
import type { ElementBox } from '../../src/verify/ports.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** A picture whose rows all differ, so that it can be told when one of them moved. */
export function striped(width: number, height: number): Image {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.set([(y * 7) % 256, y % 251, 64], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** The picture with a box painted over. */
export function painted(image: Image, box: Box, [red, green, blue]: Rgb): Image {
  const data = Buffer.from(image.data);
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      data.set([red, green, blue, 255], (y * image.width + x) * 4);
    }
  }
  return { ...image, data };
}

/** The picture with plain rows put in before row `y`. */
export function withRows(image: Image, y: number, rows: number): Image {
  const at = y * image.width * 4;
  const band = Buffer.alloc(rows * image.width * 4, 200);
  return {
    width: image.width,
    height: image.height + rows,
    data: Buffer.concat([image.data.subarray(0, at), band, image.data.subarray(at)]),
  };
}

/** An element; what a test leaves out does not matter to it. */
export function elementBox(over: Partial<ElementBox> = {}): ElementBox {
  return {
    key: 'body>p',
    tag: 'p',
    role: 'paragraph',
    name: 'Hello',
    text: 'Hello',
    isInteractive: false,
    x: 0,
    y: 0,
    width: 100,
    height: 20,
    styles: { color: 'rgb(0, 0, 0)', 'background-color': 'rgba(0, 0, 0, 0)', 'background-image': 'none' },
    ...over,
  };
}

/** A linear congruential generator: the same numbers in every run. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
