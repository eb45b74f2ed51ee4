import pixelmatch from 'pixelmatch';
import { describe, expect, it } from 'vitest';
import { compareScreenshots, isDifferent } from '../../../src/verify/pictures/compare-screenshots.ts';
import { padBoxes } from '../../../src/verify/pictures/evidence.ts';
import type { Image } from '../../../src/verify/pictures/image.ts';
import { painted, randomNumbers, striped, withRows } from '../../support/pictures.ts';

const page = striped(120, 200);

describe('compareScreenshots', () => {
  it('finds nothing in equal pictures', () => {
    const diff = compareScreenshots(page, striped(120, 200));
    expect(isDifferent(diff)).toBe(false);
    expect([diff.changedPixels, diff.regions, diff.inserted, diff.removed]).toEqual([0, [], [], []]);
  });

  it('frames the one region that differs, to the pixel', () => {
    const box = { x: 30, y: 40, width: 20, height: 10 };
    const diff = compareScreenshots(page, painted(page, box, [255, 0, 255]));
    expect(diff.regions).toEqual([{ head: box, base: box }]);
    expect(diff.changedPixels).toBe(200);
  });

  it('calls a banner inserted rows, and nothing below it changed', () => {
    const diff = compareScreenshots(page, withRows(page, 20, 30));
    expect(diff).toMatchObject({
      changedPixels: 0,
      regions: [],
      inserted: [{ y: 20, rows: 30 }],
      removed: [],
    });
    const back = compareScreenshots(withRows(page, 20, 30), page);
    expect(back).toMatchObject({ changedPixels: 0, inserted: [], removed: [{ y: 20, rows: 30 }] });
  });

  it('finds what changed below a banner at its old and at its new place', () => {
    const box = { x: 10, y: 150, width: 30, height: 10 };
    const diff = compareScreenshots(page, withRows(painted(page, box, [255, 0, 255]), 20, 30));
    expect(diff.regions).toEqual([{ head: { ...box, y: 180 }, base: box }]);
  });

  it('compares pictures of different width and height', () => {
    const diff = compareScreenshots(page, striped(140, 210));
    expect(isDifferent(diff)).toBe(true);
    expect(diff.regions.every(({ head }) => head.x >= 120)).toBe(true);
  });

  it('counts and marks the same pixels as pixelmatch does on whole pictures', () => {
    const random = randomNumbers(7);
    for (let round = 0; round < 60; round += 1) {
      const [width, height] = [20 + random(60), 120 + random(120)];
      const base = noisy(striped(width, height), random, random(40));
      // Few enough rows differ for the comparison in place: that is what is claimed to be the same.
      const head = noisy(base, random, random(10));
      const output = new Uint8Array(width * height * 4);
      const expected = pixelmatch(base.data, head.data, output, width, height, {
        threshold: 0.1,
        diffMask: true,
      });
      const diff = compareScreenshots(base, head);
      const mask = Array.from({ length: width * height }, (_, index) =>
        output[index * 4 + 3] === 0 ? 0 : 1,
      );
      expect({ round, changed: diff.changedPixels }).toEqual({ round, changed: expected });
      expect([...diff.mask]).toEqual(mask);
    }
  });
});

describe('padBoxes', () => {
  const size = { width: 400, height: 300 };

  it('leaves six pixels between what is marked and its outline', () => {
    expect(padBoxes([{ x: 50, y: 60, width: 20, height: 10 }], size)).toEqual([
      { x: 44, y: 54, width: 32, height: 22 },
    ]);
  });

  it('joins the boxes that touch once they are padded, also over a third one', () => {
    const row = [50, 90, 70].map((x) => ({ x, y: 60, width: 10, height: 10 }));
    expect(padBoxes(row, size)).toEqual([{ x: 44, y: 54, width: 62, height: 22 }]);
  });

  it('keeps the outline inside the picture', () => {
    expect(padBoxes([{ x: 0, y: 0, width: 400, height: 300 }], size)).toEqual([
      { x: 3, y: 3, width: 394, height: 294 },
    ]);
  });
});

/** Blocks of colour at random places, none higher than two rows. */
function noisy(image: Image, random: (below: number) => number, blocks: number): Image {
  let result = image;
  for (let block = 0; block < Math.min(blocks, Math.floor(image.height / 40)); block += 1) {
    const width = 1 + random(10);
    const box = { x: random(image.width - width), y: random(image.height - 2), width, height: 1 + random(2) };
    result = painted(result, box, [random(256), random(256), random(256)]);
  }
  return result;
}
