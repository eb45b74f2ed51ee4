import { createHash } from 'node:crypto';
import type { Step } from '../domain/flow.ts';
import { compareScreenshots, isDifferent, type PictureDiff } from './compare-screenshots.ts';
import { decodePng } from './decode-png.ts';
import { type Cause, describeChange, nameElement } from './describe-change.ts';
import type { Difference } from './difference.ts';
import { boxesOf, type ElementChange, listElementChanges } from './element-changes.ts';
import { cutEvidence } from './evidence.ts';
import { type Box, crop, type Image, overlaps } from './image.ts';
import type { ElementBox, Observation, Session } from './ports.ts';

/** More than this at one state is a redesign: the rest is counted, not listed. */
const MAX_CAUSES = 6;

/** Where and after which steps a state was seen. */
export interface StateContext {
  readonly steps: readonly Step[];
  readonly environment: string;
  readonly path: string;
}

export interface PictureFindings {
  readonly differences: readonly Difference[];
  /** Regions that changed without anyone doing anything. */
  readonly volatile: readonly string[];
}

/** What was found before for the very same two pictures, by their digest. */
export type KnownPictures = Map<string, PictureFindings>;

interface Sides {
  readonly base: { readonly session: Session; readonly observation: Observation };
  readonly head: { readonly session: Session; readonly observation: Observation };
}

/**
 * Compares what two states look like and names the causes.
 *
 * Equal bytes end it at once. Otherwise each side is captured again where it stands: what differs between two captures
 * of one side moves by itself and is left out.
 */
export async function comparePictures(
  sides: Sides,
  context: StateContext,
  known: KnownPictures,
): Promise<PictureFindings> {
  const [first, second] = [sides.base.observation.screenshot, sides.head.observation.screenshot];
  if (first === undefined || second === undefined) return { differences: [], volatile: [] };
  if (Buffer.compare(first, second) === 0) return { differences: [], volatile: [] };
  const pair = createHash('sha256').update(first).update(second).digest('hex');
  const { steps, environment } = context;
  const before = known.get(pair);
  if (before !== undefined) {
    const url = sides.head.observation.url;
    return { ...before, differences: before.differences.map((one) => ({ ...one, steps, environment, url })) };
  }
  const found = await compareDiffering(sides, context, { first, second });
  known.set(pair, found);
  return found;
}

async function compareDiffering(
  sides: Sides,
  context: StateContext,
  { first, second }: { readonly first: Uint8Array; readonly second: Uint8Array },
): Promise<PictureFindings> {
  const [baseAgain, headAgain] = await Promise.all([
    sides.base.session.capture(),
    sides.head.session.capture(),
  ]);
  const [base, head] = [decodePng(baseAgain ?? first), decodePng(headAgain ?? second)];
  const moving = [...movingRegions(first, baseAgain, base), ...movingRegions(second, headAgain, head)];
  const diff = compareScreenshots(base, head);
  if (!isDifferent(diff)) return { differences: [], volatile: [] };
  const [baseElements, headElements] = await Promise.all([
    sides.base.session.describeElements(),
    sides.head.session.describeElements(),
  ]);
  const still = {
    ...diff,
    regions: diff.regions.filter((region) => !moving.some((box) => overlaps(box, region.head, 4))),
  };
  const volatile = moving.map((box) => nameElement(elementAt(headElements, box) ?? PAGE));
  if (still.regions.length === 0 && diff.inserted.length === 0 && diff.removed.length === 0) {
    return { differences: [], volatile };
  }
  const causes = findCauses(still, baseElements, headElements);
  const shown = causes
    .slice(0, MAX_CAUSES)
    .map((cause) =>
      toDifference(cause, { base, head, diff: still, context, url: sides.head.observation.url }),
    );
  return { differences: shown, volatile };
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

function movingRegions(before: Uint8Array, again: Uint8Array | undefined, decoded: Image): readonly Box[] {
  if (again === undefined || Buffer.compare(before, again) === 0) return [];
  return compareScreenshots(decodePng(before), decoded).regions.map((region) => region.head);
}

interface PictureCause extends Cause {
  readonly boxes: readonly Box[];
  /** How many elements show it. */
  readonly count: number;
  /** No element explains it. */
  readonly isUnexplained: boolean;
}

function findCauses(
  diff: PictureDiff,
  base: readonly ElementBox[],
  head: readonly ElementBox[],
): readonly PictureCause[] {
  const visible = listElementChanges(base, head).filter((change) => isVisible(change, diff));
  const causes = new Map<string, PictureCause>();
  for (const change of visible) {
    const cause = describeChange(change);
    const box = placeOnHead(change, diff);
    const known = causes.get(cause.key);
    if (known === undefined)
      causes.set(cause.key, { ...cause, boxes: [box], count: 1, isUnexplained: false });
    else causes.set(cause.key, { ...known, boxes: [...known.boxes, box], count: known.count + 1 });
  }
  if (causes.size > 0) return [...causes.values()];
  return unexplained(diff, head);
}

function isVisible(change: ElementChange, diff: PictureDiff): boolean {
  const { base, head } = boxesOf(change);
  const bands = (list: readonly { y: number; rows: number }[], box: Box): boolean =>
    list.some((band) => box.y < band.y + band.rows + 2 && band.y < box.y + box.height + 2);
  return (
    (head !== undefined &&
      (diff.regions.some((region) => overlaps(region.head, head, 2)) || bands(diff.inserted, head))) ||
    (base !== undefined &&
      (diff.regions.some((region) => overlaps(region.base, base, 2)) || bands(diff.removed, base)))
  );
}

/** The box to frame in the head's picture; for what is gone, the place where it was. */
function placeOnHead(change: ElementChange, diff: PictureDiff): Box {
  const { base, head } = boxesOf(change);
  const box = head ?? base ?? PAGE;
  const inside = diff.regions.filter((region) => overlaps(region.head, box)).map((region) => region.head);
  // A whole page or column "changed" where only a part of it looks different: the part is what to look at.
  const part = inside[0];
  if (part !== undefined && box.width * box.height > 4 * part.width * part.height) return part;
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

function unexplained(diff: PictureDiff, head: readonly ElementBox[]): readonly PictureCause[] {
  const bands = diff.inserted.map((band) => ({ ...band, words: 'inserted' }));
  const gone = diff.removed.map((band) => ({ ...band, words: 'missing' }));
  if (diff.regions.length === 0) {
    return [...bands, ...gone].slice(0, 1).map(({ y, rows, words }) => ({
      key: `rows|${words}|${rows}`,
      severity: 'medium',
      title: `${rows} px ${words} at ${y} px from the top; everything below moved`,
      expected: `the page without ${rows} px ${words}`,
      actual: `${rows} px ${words} at y = ${y}`,
      boxes: [{ x: 0, y, width: 400, height: Math.max(rows, 20) }],
      count: 1,
      isUnexplained: false,
    }));
  }
  return diff.regions.map((region) => {
    const element = elementAt(head, region.head) ?? PAGE;
    const { x, y, width, height } = region.head;
    return {
      key: `picture|${element.key}|${element.name}`,
      severity: 'medium',
      title: `${nameElement(element).replace(/^./, (letter) => letter.toUpperCase())} looks different`,
      expected: 'the picture of the base',
      actual: `${width} × ${height} px at ${x}, ${y} differ; no element or style explains it`,
      boxes: [region.head],
      count: 1,
      isUnexplained: true,
    };
  });
}

/** The smallest element that holds the middle of a box. */
function elementAt(elements: readonly ElementBox[], box: Box): ElementBox | undefined {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: 1, height: 1 };
  return elements
    .filter((element) => overlaps(element, middle))
    .reduce<ElementBox | undefined>(
      (best, element) =>
        best === undefined || element.width * element.height <= best.width * best.height ? element : best,
      undefined,
    );
}

interface Pictures {
  readonly base: Image;
  readonly head: Image;
  readonly diff: PictureDiff;
  readonly context: StateContext;
  readonly url: string;
}

function toDifference(cause: PictureCause, { base, head, diff, context, url }: Pictures): Difference {
  const others = cause.count > 1 ? ` ${cause.count} elements on this page show it.` : '';
  const [box] = cause.boxes;
  const inserted = diff.inserted.reduce((sum, band) => sum + band.rows, 0);
  const removed = diff.removed.reduce((sum, band) => sum + band.rows, 0);
  const moved = inserted + removed > 0 ? ` What follows moved by ${inserted - removed} px.` : '';
  return {
    key: `visual|${cause.key}`,
    category: 'visual',
    severity: cause.severity,
    source: 'firsthand/picture',
    title: cause.title.slice(0, 200),
    body: `The same state looks different on the head.${others}${moved}`,
    expected: cause.expected,
    actual: cause.actual,
    steps: context.steps,
    url,
    environment: context.environment,
    evidence: cutEvidence(base, head, { boxes: cause.boxes.slice(0, 20), diff }),
    ...(cause.isUnexplained && box !== undefined
      ? { region: { base: crop(base, box), head: crop(head, box) } }
      : {}),
  };
}
