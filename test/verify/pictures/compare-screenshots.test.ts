import pixelmatch from 'pixelmatch';
import { describe, expect, it } from 'vitest';
import { compareScreenshots, isDifferent } from '../../../src/verify/pictures/compare-screenshots.ts';
import { padBoxes } from '../../../src/verify/pictures/evidence.ts';
import { type Box, type Image, overlaps } from '../../../src/verify/pictures/image.ts';
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
      inserted: [{ x: 0, y: 20, width: 120, height: 30 }],
      removed: [],
    });
    const back = compareScreenshots(withRows(page, 20, 30), page);
    expect(back).toMatchObject({
      changedPixels: 0,
      inserted: [],
      removed: [{ x: 0, y: 20, width: 120, height: 30 }],
    });
  });

  it('finds what changed below a banner at its old and at its new place', () => {
    const box = { x: 10, y: 150, width: 30, height: 10 };
    const diff = compareScreenshots(page, withRows(painted(page, box, [255, 0, 255]), 20, 30));
    expect(diff.regions).toEqual([{ head: { ...box, y: 180 }, base: box }]);
  });

  it('lets a side bar stay where it is while the rest moves', () => {
    const beside = (rest: Image): Image => {
      const bar = striped(300, rest.height);
      let picture: Image = { ...bar, data: Buffer.from(bar.data) };
      for (let y = 0; y < rest.height; y += 1) {
        rest.data.copy(picture.data, (y * 300 + 110) * 4, y * rest.width * 4, y * rest.width * 4 + 190 * 4);
      }
      picture = painted(picture, { x: 20, y: 30, width: 60, height: 5 }, [255, 255, 255]);
      return picture;
    };
    const rest = painted(striped(190, 200), { x: 90, y: 80, width: 70, height: 30 }, [9, 9, 9]);
    const diff = compareScreenshots(beside(rest), beside(withRows(rest, 10, 20)));
    expect(diff).toMatchObject({ changedPixels: 0, regions: [], removed: [] });
    expect(diff.columns.map(({ x, width }) => [x, width])).toEqual([
      [0, 110],
      [110, 190],
    ]);
    expect(diff.inserted).toEqual([
      { x: 110, y: 10, width: 190, height: 20 },
      { x: 0, y: 200, width: 110, height: 20 },
    ]);
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

describe('alignment', () => {
  it('hides no change of content: what was painted lies in a region, or in what was inserted', () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 60; round += 1) {
      const base = noisy(striped(90 + random(90), 150 + random(150)), random, 20);
      const box = {
        x: random(60),
        y: random(base.height - 20),
        width: 4 + random(20),
        height: 4 + random(12),
      };
      // A single row that is cut off from its box may pass for anti-aliasing: that is pixelmatch's business.
      const place = random(base.height);
      const at = place > box.y && place < box.y + box.height ? box.y : place;
      const rows = random(50);
      const head = withRows(painted(base, box, [255, 0, 255]), at, rows);
      const diff = compareScreenshots(base, head);
      const missed: string[] = [];
      for (let y = box.y; y < box.y + box.height; y += 1) {
        for (let x = box.x; x < box.x + box.width; x += 1) {
          const onHead = { x, y: y < at ? y : y + rows, width: 1, height: 1 };
          const shown = [...diff.regions.map((region) => region.head), ...diff.inserted];
          if (!shown.some((one) => overlaps(one, onHead))) missed.push(`${x}, ${y}`);
        }
      }
      expect({ round, missed }).toEqual({ round, missed: [] });
    }
  });

  it('accounts for every row of both pictures', () => {
    const random = randomNumbers(23);
    for (let round = 0; round < 60; round += 1) {
      const page = noisy(striped(200, 120 + random(100)), random, 30);
      const [base, head] = [page, page].map((one) => withRows(one, random(one.height), random(40)));
      if (base === undefined || head === undefined) continue;
      const diff = compareScreenshots(base, head);
      for (const { x, width, pairs } of diff.columns) {
        const paired = [...pairs].filter((row) => row >= 0);
        expect(new Set(paired).size).toBe(paired.length);
        expect(paired).toEqual(paired.toSorted((a, b) => a - b));
        const height = (boxes: readonly Box[]): number =>
          boxes
            .filter((box) => overlaps(box, { x, y: 0, width, height: 1_000 }))
            .reduce((sum, box) => sum + box.height, 0);
        expect(paired.length + height(diff.inserted)).toBe(head.height);
        expect(paired.length + height(diff.removed)).toBe(base.height);
      }
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
