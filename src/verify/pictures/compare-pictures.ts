import { createHash } from 'node:crypto';
import type { Step } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import type { ElementBox, Observation, Session } from '../ports.ts';
import { compareScreenshots, isDifferent, type PictureDiff } from './compare-screenshots.ts';
import { decodePng } from './decode-png.ts';
import { type Cause, describeChange, nameElement } from './describe-change.ts';
import { boxesOf, type ElementChange, listElementChanges } from './element-changes.ts';
import { drawEvidence } from './evidence.ts';
import { type Box, crop, type Image, overlaps } from './image.ts';

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

/** What the run knows of pictures already. */
export interface KnownPictures {
  /** What was found for the very same two pictures, by their digest. */
  readonly found: Map<string, PictureFindings>;
  /** Causes that were seen to stand still: they need no further captures to be believed. */
  readonly still: Set<string>;
}

interface Sides {
  readonly base: { readonly session: Session; readonly observation: Observation };
  readonly head: { readonly session: Session; readonly observation: Observation };
}

/**
 * Compares what two states look like and names the causes.
 *
 * Equal bytes end it at once. A cause that is new to the run makes each side be captured again where it stands: what
 * differs between two captures of one side moves by itself and is left out.
 */
export async function comparePictures(
  sides: Sides,
  context: StateContext,
  known: KnownPictures,
): Promise<PictureFindings> {
  const [first, second] = [sides.base.observation.screenshot, sides.head.observation.screenshot];
  if (first === undefined || second === undefined) return NOTHING;
  if (Buffer.compare(first, second) === 0) return NOTHING;
  const pair = createHash('sha256').update(first).update(second).digest('hex');
  const { steps, environment } = context;
  const before = known.found.get(pair);
  if (before !== undefined) {
    const url = sides.head.observation.url;
    return { ...before, differences: before.differences.map((one) => ({ ...one, steps, environment, url })) };
  }
  const found = await compareDiffering(sides, { first, second, context, still: known.still });
  known.found.set(pair, found);
  return found;
}

const NOTHING: PictureFindings = { differences: [], volatile: [] };

interface Shots {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly context: StateContext;
  readonly still: Set<string>;
}

async function compareDiffering(
  sides: Sides,
  { first, second, context, still }: Shots,
): Promise<PictureFindings> {
  const { base: onBase, head: onHead } = sides;
  const describing = Promise.all([onBase.session.describeElements(), onHead.session.describeElements()]);
  const [base, head] = [decodePng(first), decodePng(second)];
  const diff = compareScreenshots(base, head);
  const [baseElements, headElements] = await describing;
  if (!isDifferent(diff)) return NOTHING;
  const pictures: Pictures = { base, head, diff, context, url: onHead.observation.url, first, second };
  const causes = findCauses(diff, baseElements, headElements);
  if (causes.every((cause) => still.has(cause.key))) {
    return {
      differences: causes.slice(0, MAX_CAUSES).map((cause) => toDifference(cause, pictures)),
      volatile: [],
    };
  }
  const [baseAgain, headAgain] = await Promise.all([onBase.session.capture(), onHead.session.capture()]);
  const moving = [...movingRegions(first, baseAgain, base), ...movingRegions(second, headAgain, head)];
  const standing: PictureDiff = {
    ...diff,
    regions: diff.regions.filter((region) => !moving.some((box) => overlaps(box, region.head, 4))),
  };
  const volatile = moving.map((box) => nameElement(elementAt(headElements, box) ?? PAGE));
  if (standing.regions.length === 0 && diff.inserted.length === 0 && diff.removed.length === 0) {
    return { differences: [], volatile };
  }
  const sure = moving.length === 0 ? causes : findCauses(standing, baseElements, headElements);
  for (const cause of sure) if (!cause.isUnexplained) still.add(cause.key);
  return { differences: sure.slice(0, MAX_CAUSES).map((cause) => toDifference(cause, pictures)), volatile };
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
  return compareScreenshots(decoded, decodePng(again)).regions.map((region) => region.head);
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
  readonly first: Uint8Array;
  readonly second: Uint8Array;
}

function toDifference(cause: PictureCause, pictures: Pictures): Difference {
  const { base, head, diff, context, url, first, second } = pictures;
  const boxes = cause.boxes.slice(0, 20);
  const others = cause.count > 1 ? ` ${cause.count} elements on this page show it.` : '';
  const [box] = cause.boxes;
  const list =
    cause.details === undefined ? '' : `\n\n${cause.details.map((line) => `- ${line}`).join('\n')}`;
  const inserted = diff.inserted.reduce((sum, band) => sum + band.rows, 0);
  const removed = diff.removed.reduce((sum, band) => sum + band.rows, 0);
  const moved = inserted + removed > 0 ? ` What follows moved by ${inserted - removed} px.` : '';
  return {
    key: `visual|${cause.key}`,
    category: 'visual',
    severity: cause.severity,
    source: 'firsthand/picture',
    title: cause.title.slice(0, 200),
    body: [`The same state looks different on the head.${others}${moved}`, list].join(''),
    expected: cause.expected,
    actual: cause.actual,
    steps: context.steps,
    url,
    environment: context.environment,
    evidence: () => drawEvidence({ base: first, head: second, boxes }),
    ...(cause.isUnexplained && box !== undefined
      ? { region: { base: crop(base, box), head: crop(head, box) } }
      : {}),
  };
}
