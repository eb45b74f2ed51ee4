import type { ElementBox } from '../ports.ts';
import type { PictureDiff } from './compare-screenshots.ts';
import type { Box } from './image.ts';
import { toHeadY } from './map-rows.ts';
import type { ElementPairs } from './match-elements.ts';
import { findRegions } from './regions.ts';

/** Shadows, outlines and letters that reach out of their box. */
const REACH = 6;
/** How far the edge of a box that grew may have drawn its shadow. */
const EDGE = 24;
/** Fewer pixels beside what is explained are the rim of it. */
const MIN_PIXELS = 12;

/** The regions that differ outside of the given boxes of the head. */
export function restOf(diff: PictureDiff, explained: readonly Box[]): readonly Box[] {
  if (diff.changedPixels === 0) return [];
  if (explained.length === 0) return diff.regions.map(({ head }) => head);
  const { width } = diff;
  const height = diff.mask.length / width;
  const mask = Uint8Array.from(diff.mask);
  for (const box of explained) {
    const left = Math.max(0, box.x - REACH);
    const right = Math.min(width, box.x + box.width + REACH);
    for (let y = Math.max(0, box.y - REACH); y < Math.min(height, box.y + box.height + REACH); y += 1) {
      if (right > left) mask.fill(0, y * width + left, y * width + right);
    }
  }
  return findRegions(mask, width, height).filter((box) => countMarked(mask, width, box) >= MIN_PIXELS);
}

function countMarked(mask: Uint8Array, width: number, box: Box): number {
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) count += mask[y * width + x] ?? 0;
  }
  return count;
}

/**
 * What is drawn anew because elements moved or grew: the whole of those that hold nothing else, and of those with a
 * background picture; of others the edges.
 */
export function displacedAreas(
  { head, pairs }: { readonly head: readonly ElementBox[]; readonly pairs: ElementPairs },
  diff: PictureDiff,
): readonly Box[] {
  const holders = new Set(head.flatMap(({ parent }) => (parent === undefined ? [] : [head[parent]])));
  return head.flatMap((element) => {
    const old = pairs.get(element);
    if (old === undefined || isInPlace(old, element)) return [];
    const before = { ...old, y: toHeadY(diff.columns, old) };
    const isWhole = !holders.has(element) || (element.styles['background-image'] ?? 'none') !== 'none';
    return isWhole ? [element, old, before] : [element, before].flatMap(edgesOf);
  });
}

function isInPlace(base: ElementBox, head: ElementBox): boolean {
  return base.x === head.x && base.y === head.y && base.width === head.width && base.height === head.height;
}

function edgesOf({ x, y, width, height }: Box): readonly Box[] {
  const across = { x: x - EDGE, width: width + 2 * EDGE, height: 2 * EDGE };
  const down = { y: y - EDGE, height: height + 2 * EDGE, width: 2 * EDGE };
  return [
    { ...across, y: y - EDGE },
    { ...across, y: y + height - EDGE },
    { ...down, x: x - EDGE },
    { ...down, x: x + width - EDGE },
  ];
}
