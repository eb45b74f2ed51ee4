import { compareScreenshots } from '../../src/verify/pictures/compare-screenshots.ts';
import { decodePng } from '../../src/verify/pictures/decode-png.ts';
import { encodePng } from '../../src/verify/pictures/encode-png.ts';
import { paintDiff } from '../../src/verify/pictures/paint-diff.ts';
import { findCauses, type PictureCause } from '../../src/verify/pictures/picture-causes.ts';
import type { ElementBox } from '../../src/verify/ports.ts';

/** From two PNGs to a verdict and, where they differ, the picture of the difference of the whole page. */
export function ourCompare(
  first: Uint8Array,
  second: Uint8Array,
  elements?: readonly [base: readonly ElementBox[], head: readonly ElementBox[]],
): { changed: number; inserted: number; diff?: Uint8Array; causes: readonly PictureCause[] } {
  if (Buffer.compare(first, second) === 0) return { changed: 0, inserted: 0, causes: [] };
  const [base, head] = [decodePng(first), decodePng(second)];
  const diff = compareScreenshots(base, head);
  return {
    changed: diff.changedPixels,
    inserted: [...diff.inserted, ...diff.removed].reduce((sum, box) => sum + box.width * box.height, 0),
    diff: encodePng(paintDiff(head, diff, { x: 0, y: 0, width: head.width, height: head.height })),
    causes: elements === undefined ? [] : findCauses(diff, ...elements),
  };
}
