import type { ElementBox } from '../../ports.ts';
import { type ElementPairs, parentsOf } from '../match-elements.ts';
import { findBrokenImages } from './broken-images.ts';
import { findClippedText } from './clipped-text.ts';
import { findCoveredControls } from './covered-controls.ts';
import { type GeometryFault, type PairedElements, together } from './fault.ts';
import { findOutsideWindow } from './outside-window.ts';
import { findOverlapping } from './overlapping-elements.ts';
import { findSizelessControls } from './sizeless-controls.ts';

const CHECKS: readonly ((page: PairedElements) => readonly GeometryFault[])[] = [
  findCoveredControls,
  findSizelessControls,
  findBrokenImages,
  findOutsideWindow,
  findClippedText,
  findOverlapping,
];

/** Finds what is covered, without size, cut off, outside the window or over something else on the head only. */
export function findGeometryFaults(
  base: readonly ElementBox[],
  head: readonly ElementBox[],
  pairs: ElementPairs,
): readonly GeometryFault[] {
  const page = { base, head, pairs, parents: { base: parentsOf(base), head: parentsOf(head) } };
  return together(CHECKS.flatMap((check) => check(page)));
}
