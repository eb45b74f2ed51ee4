import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../../src/verify/pictures/decode-png.ts';
import { encodePng } from '../../../src/verify/pictures/encode-png.ts';
import type { Image } from '../../../src/verify/pictures/image.ts';
import { randomNumbers } from '../../support/pictures.ts';

/** Smooth areas, equal rows and noise, so that every filter has something to do. */
function mixed(width: number, height: number, isOpaque: boolean): Image {
  const random = randomNumbers(width * 1_000 + height);
  const data = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const isNoise = y % 7 === 3;
      data[at] = isNoise ? random(256) : x * 3 + (y >> 2);
      data[at + 1] = isNoise ? random(256) : y >> 2;
      data[at + 2] = isNoise ? random(256) : 255 - x;
      data[at + 3] = isOpaque ? 255 : random(256);
    }
  }
  return { width, height, data };
}

describe('decodePng', () => {
  const cases = [0, 1, 2, 3, 4].flatMap((filterType) =>
    ([2, 6] as const).map((colorType) => ({ filterType, colorType })),
  );
  it.each(cases)('reads filter $filterType of colour type $colorType to the byte', (options) => {
    for (const width of [1, 2, 3, 4, 5, 61, 64]) {
      const image = mixed(width, 40, options.colorType === 2);
      const png = new PNG({ width, height: 40 });
      image.data.copy(png.data);
      const bytes = PNG.sync.write(png, { ...options, inputHasAlpha: true });
      expect(decodePng(bytes).data.equals(image.data)).toBe(true);
    }
  });

  it('refuses what is no PNG, and what claims more pixels than it holds', () => {
    expect(() => decodePng(Buffer.from('GIF89a, or so it says'))).toThrow(Error);
    const bytes = Buffer.from(encodePng(mixed(30, 30, true)));
    bytes.writeUInt32BE(40_000, 20);
    expect(() => decodePng(bytes)).toThrow(/of its pixels/);
  });
});

describe('encodePng', () => {
  it('keeps every pixel of pictures with many and with few colours', () => {
    for (const height of [1, 8, 100, 300]) {
      for (const width of [1, 7, 90]) {
        const image = mixed(width, height, true);
        expect(decodePng(encodePng(image)).data.equals(image.data)).toBe(true);
      }
    }
    const plain: Image = { width: 9, height: 2, data: Buffer.alloc(72, 255) };
    expect(decodePng(encodePng(plain)).data.equals(plain.data)).toBe(true);
  });

  it('writes what other decoders read', () => {
    const image = mixed(90, 120, true);
    expect(PNG.sync.read(Buffer.from(encodePng(image))).data.equals(image.data)).toBe(true);
  });

  it('writes a picture of few colours with a palette', () => {
    const plain: Image = { width: 200, height: 200, data: Buffer.alloc(160_000, 255) };
    expect(encodePng(plain)[25]).toBe(3);
  });
});
