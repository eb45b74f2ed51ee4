import type { ElementBox } from '../ports.ts';
import type { PictureDiff } from './compare-screenshots.ts';
import { type Cause, describeChange, nameElement, sentence } from './describe-change.ts';
import { boxesOf, type ElementChange } from './element-change.ts';
import { diffElements } from './element-changes.ts';
import type { GeometryFault } from './geometry/fault.ts';
import { findGeometryFaults } from './geometry/find-geometry-faults.ts';
import { type Box, overlaps } from './image.ts';
import { type Intent, intentOf } from './intent.ts';
import { toBaseY, toHeadY } from './map-rows.ts';
import { displacedAreas, restOf } from './unexplained-pixels.ts';

/** One cause of what a picture shows. */
export interface PictureCause extends Cause {
  readonly intent: Intent;
  /** What to frame on the head's picture. */
  readonly boxes: readonly Box[];
  /** How many elements show it. */
  readonly count: number;
  /** No element explains it. */
  readonly isUnexplained: boolean;
  /** The elements concerned, on the head, else on the base. */
  readonly elements: readonly ElementBox[];
  /** The change of the element, where it is one. */
  readonly change?: ElementChange;
  /** Of what no element explains: where the same part is on the base. */
  readonly baseBox?: Box;
}

const PAGE: ElementBox = {
  key: '',
  tag: 'body',
  role: '',
  name: '',
  text: '',
  isInteractive: false,
  x: 0,
  y: 0,
  width: 0,
  height: 0,
  styles: {},
};

/** Says why two pictures of a page differ: by its elements, else by the picture alone. Every visible change has a cause. */
export function findCauses(
  diff: PictureDiff,
  base: readonly ElementBox[],
  head: readonly ElementBox[],
): readonly PictureCause[] {
  const { causes: changes, displaced, pairs } = diffElements(base, head);
  const faults = findGeometryFaults(base, head, pairs);
  const visible = changes.filter((change) => isVisible(change, diff));
  const causes = new Map<string, PictureCause>();
  for (const change of visible) {
    const cause = describeChange(change);
    const known = causes.get(cause.key);
    const boxes = [...(known?.boxes ?? []), placeOnHead(change, diff)];
    const elements = [...(known?.elements ?? []), change.kind === 'removed' ? change.base : change.head];
    const count = boxes.length;
    const first = known ?? { ...cause, intent: intentOf(change), isUnexplained: false, change };
    causes.set(cause.key, { ...first, boxes, count, elements });
  }
  const explained = [...withDisplacement([...causes.values()], diff, displaced), ...faults.map(ofFault)];
  const shown = [
    ...visible.flatMap((change) => areasOf(change, diff)),
    ...displacedAreas({ head, pairs }, diff),
    ...explained.flatMap((cause) => cause.boxes),
  ];
  const shift = explained.length === 0 ? moves(diff, displaced) : [];
  return [...explained, ...shift, ...unexplained(restOf(diff, shown), diff, head)];
}

/** Whether a change shows in the picture. What has only moved shows in its new place, though nothing else differs. */
function isVisible(change: ElementChange, diff: PictureDiff): boolean {
  const { base, head } = boxesOf(change);
  const shows = (box: Box | undefined, side: 'base' | 'head', bands: readonly Box[]): boolean =>
    box !== undefined &&
    [...diff.regions.map((region) => region[side]), ...bands].some((one) => overlaps(one, box, 2));
  if (shows(head, 'head', diff.inserted) || shows(base, 'base', diff.removed)) return true;
  const isPlaced = change.kind === 'moved' || change.kind === 'resized';
  return isPlaced && diff.inserted.length + diff.removed.length > 0;
}

/** The box to frame in the head's picture; for what is gone, the place where it was. */
function placeOnHead(change: ElementChange, diff: PictureDiff): Box {
  const { base, head } = boxesOf(change);
  const box = head ?? (base === undefined ? PAGE : { ...base, y: toHeadY(diff.columns, base) });
  const inside = diff.regions.filter((region) => overlaps(region.head, box)).map((region) => region.head);
  // A whole page or column "changed" where only a part of it looks different: the part is what to look at.
  const part = inside[0];
  if (part !== undefined && box.width * box.height > 4 * part.width * part.height) return part;
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

/** Where a change shows on the head, be it only what it left behind. */
function areasOf(change: ElementChange, diff: PictureDiff): readonly Box[] {
  const { base, head } = boxesOf(change);
  return [
    ...(head === undefined ? [] : [head]),
    ...(base === undefined ? [] : [base, { ...base, y: toHeadY(diff.columns, base) }]),
  ];
}

/** Says how far things moved and how many, with the cause that took or gave the room. */
function withDisplacement(
  causes: readonly PictureCause[],
  diff: PictureDiff,
  displaced: number,
): readonly PictureCause[] {
  const words = wordsForShift(diff, displaced);
  const takesRoom = ({ change }: PictureCause): boolean =>
    change !== undefined && change.kind !== 'restyled' && change.kind !== 'moved';
  const at = Math.max(0, causes.findIndex(takesRoom));
  if (words === undefined) return causes;
  return causes.map((cause, index) =>
    index === at
      ? { ...cause, title: `${cause.title} (${words})`, actual: `${cause.actual}; ${words}` }
      : cause,
  );
}

/** `20 px inserted, 484 elements moved`; undefined when nothing moved. */
function wordsForShift({ inserted, removed }: PictureDiff, displaced: number): string | undefined {
  const rows = (bands: readonly Box[]): number => {
    const most = new Map<number, number>();
    for (const { x, height } of bands) most.set(x, (most.get(x) ?? 0) + height);
    return Math.max(0, ...most.values());
  };
  let [more, less] = [rows(inserted), rows(removed)];
  // The page kept its height: what the empty space at its end gave or took is no second event.
  if (more === less && (inserted[0]?.y ?? 0) <= (removed[0]?.y ?? 0)) less = 0;
  else if (more === less) more = 0;
  const parts = [
    ...(more > 0 ? [`${more} px inserted`] : []),
    ...(less > 0 ? [`${less} px removed`] : []),
    ...(displaced > 0 ? [`${displaced} ${displaced === 1 ? 'element' : 'elements'} moved`] : []),
  ];
  return displaced === 0 && more + less === 0 ? undefined : parts.join(', ');
}

/** The picture moved, but no element did anything. */
function moves(diff: PictureDiff, displaced: number): readonly PictureCause[] {
  const [band, words] =
    diff.inserted.length > 0 ? [diff.inserted[0], 'inserted'] : [diff.removed[0], 'missing'];
  const shift = wordsForShift(diff, displaced);
  if (band === undefined || shift === undefined) return [];
  const box = { ...band, height: Math.max(band.height, 20) };
  return [
    {
      key: `rows|${words}|${band.height}`,
      severity: 'medium',
      title: `${sentence(shift)}: from ${band.y} px on everything is in another place`,
      expected: `the page without ${band.height} px ${words}`,
      actual: `${band.height} px ${words} at y = ${band.y}`,
      intent: 'suspicious',
      boxes: [{ ...box, width: Math.min(box.width, 400) }],
      count: 1,
      isUnexplained: false,
      elements: [],
    },
  ];
}

function unexplained(
  regions: readonly Box[],
  diff: PictureDiff,
  head: readonly ElementBox[],
): readonly PictureCause[] {
  return regions.map((region) => {
    const element = elementAt(head, region) ?? PAGE;
    const { x, y, width, height } = region;
    return {
      key: `picture|${element.key}|${element.name}`,
      severity: 'medium',
      title: `${sentence(nameElement(element))} looks different`,
      expected: 'the picture of the base',
      actual: `${width} × ${height} px at ${x}, ${y} differ; no element or style explains it`,
      intent: 'suspicious',
      boxes: [region],
      count: 1,
      isUnexplained: true,
      elements: [element],
      ...(diff.regions.length === 0 ? {} : { baseBox: { ...region, y: toBaseY(diff.columns, region) } }),
    };
  });
}

function ofFault(fault: GeometryFault): PictureCause {
  return {
    key: fault.key,
    severity: fault.severity,
    title: fault.title,
    expected: fault.expected,
    actual: fault.actual,
    intent: 'suspicious',
    boxes: [fault.element],
    count: fault.count,
    isUnexplained: false,
    elements: [fault.element],
  };
}

/** The smallest element that holds the middle of a box. */
export function elementAt(elements: readonly ElementBox[], box: Box): ElementBox | undefined {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: 1, height: 1 };
  return elements
    .filter((element) => overlaps(element, middle))
    .reduce<ElementBox | undefined>(
      (best, element) =>
        best === undefined || element.width * element.height <= best.width * best.height ? element : best,
      undefined,
    );
}
