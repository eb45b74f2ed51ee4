import { createHash } from 'node:crypto';
import type { Step } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import { foldVolatile } from '../model/template-text.ts';
import type { ElementBox, Observation, Session } from '../ports.ts';
import { styleTarget } from '../shrink/has-style.ts';
import { compareScreenshots, isDifferent, type PictureDiff } from './compare-screenshots.ts';
import { decodePng } from './decode-png.ts';
import { nameElement } from './describe-change.ts';
import { drawEvidence } from './evidence.ts';
import { type Box, crop, type Image, overlaps } from './image.ts';
import type { Intent } from './intent.ts';
import { lookOfCause } from './look-of.ts';
import { elementAt, findCauses, type PictureCause } from './picture-causes.ts';

/** More than this at one state is a redesign: the rest is counted, not listed. */
const MAX_CAUSES = 6;

/** Where and after which steps a state was seen. */
export interface StateContext {
  readonly steps: readonly Step[];
  readonly environment: string;
  readonly path: string;
}

/** A difference of pictures, with what tells whether it is worth reporting. */
export interface PictureDifference extends Difference {
  readonly intent: Intent;
  /** The elements concerned, on the head, else on the base: to find the source lines. */
  readonly elements: readonly ElementBox[];
}

export interface PictureFindings {
  /** Every cause of what looks different, the suspicious ones first. */
  readonly differences: readonly PictureDifference[];
  /** Regions that changed without anyone doing anything. */
  readonly volatile: readonly string[];
}

/** What the run knows of pictures already. */
export interface KnownPictures {
  /** What was found for the very same two pictures, by their digest. */
  readonly found: Map<string, PictureFindings>;
  /** Causes that were seen to stand still: they need no further captures to be believed. */
  readonly still: Set<string>;
  /** Texts with a time or an id in them, without it: where one shows again, nothing is to be learned. */
  readonly changing: Set<string>;
}

interface Sides {
  readonly base: { readonly session: Session; readonly observation: Observation };
  readonly head: { readonly session: Session; readonly observation: Observation };
}

/**
 * Compares what two states look like and names the causes.
 *
 * Equal bytes end it at once: two captures of two deployments that agree are stable, too. A cause that is new to the
 * run makes each side be captured again where it stands: what differs between two captures of one side moves by itself
 * and is left out.
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
  const found = await compareDiffering(sides, { first, second, context, known });
  known.found.set(pair, found);
  return found;
}

const NOTHING: PictureFindings = { differences: [], volatile: [] };

interface Shots {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  readonly context: StateContext;
  readonly known: KnownPictures;
}

async function compareDiffering(
  sides: Sides,
  { first, second, context, known }: Shots,
): Promise<PictureFindings> {
  const { base: onBase, head: onHead } = sides;
  const describing = Promise.all([onBase.session.describeElements(), onHead.session.describeElements()]);
  const [base, head] = [decodePng(first), decodePng(second)];
  const diff = compareScreenshots(base, head);
  const elements = await describing;
  if (!isDifferent(diff)) return NOTHING;
  const pictures: Pictures = {
    base,
    head,
    elements,
    context,
    url: onHead.observation.url,
    first,
    second,
  };
  const all = findCauses(diff, ...elements);
  const changing = all.filter(showsVolatileText);
  const causes = all.filter((cause) => !changing.includes(cause));
  const isNews = changing.some((cause) => !known.changing.has(steadyText(cause)));
  if (!isNews && causes.every((cause) => known.still.has(cause.key))) {
    return { differences: toDifferences(causes, pictures), volatile: [] };
  }
  const [baseAgain, headAgain] = await Promise.all([onBase.session.capture(), onHead.session.capture()]);
  for (const cause of changing) known.changing.add(steadyText(cause));
  const moving = [
    ...changing.flatMap(({ boxes }) => boxes),
    ...movingRegions(first, baseAgain, base),
    ...movingRegions(second, headAgain, head),
  ];
  const volatile = moving.map((box) => describePlace(elements[1], box));
  const standing = moving.length === 0 ? causes : findCauses(withoutMoving(diff, moving), ...elements);
  const sure = standing.filter((cause) => !showsVolatileText(cause));
  for (const cause of sure) if (!cause.isUnexplained) known.still.add(cause.key);
  return { differences: toDifferences(sure, pictures), volatile };
}

/** Ids, moments and ages differ between two servers, and mean nothing. */
function showsVolatileText({ change }: PictureCause): boolean {
  return change?.kind === 'text' && foldVolatile(change.base.text) === foldVolatile(change.head.text);
}

/** A changed text without what changes by itself. */
function steadyText({ change }: PictureCause): string {
  return change?.kind === 'text' ? foldVolatile(change.base.text) : '';
}

function describePlace(elements: readonly ElementBox[], box: Box): string {
  const element = elementAt(elements, box);
  return element === undefined ? 'a part of the page' : nameElement(element);
}

/** The difference without what moves by itself. */
function withoutMoving(diff: PictureDiff, moving: readonly Box[]): PictureDiff {
  const mask = Uint8Array.from(diff.mask);
  const stays = (box: Box): boolean => !moving.some((one) => overlaps(one, box, 4));
  for (const { head } of diff.regions) {
    if (stays(head)) continue;
    for (let y = head.y; y < head.y + head.height; y += 1) {
      mask.fill(0, y * diff.width + head.x, y * diff.width + head.x + head.width);
    }
  }
  return { ...diff, mask, regions: diff.regions.filter(({ head }) => stays(head)) };
}

function movingRegions(before: Uint8Array, again: Uint8Array | undefined, decoded: Image): readonly Box[] {
  if (again === undefined || Buffer.compare(before, again) === 0) return [];
  return compareScreenshots(decoded, decodePng(again)).regions.map((region) => region.head);
}

interface Pictures {
  readonly base: Image;
  readonly head: Image;
  readonly elements: readonly [base: readonly ElementBox[], head: readonly ElementBox[]];
  readonly context: StateContext;
  readonly url: string;
  readonly first: Uint8Array;
  readonly second: Uint8Array;
}

/** The suspicious ones first, each group in the order in which it was found. */
function toDifferences(causes: readonly PictureCause[], pictures: Pictures): readonly PictureDifference[] {
  const ordered = [
    ...causes.filter(({ intent }) => intent === 'suspicious'),
    ...causes.filter(({ intent }) => intent === 'looks-intended'),
  ];
  return ordered.slice(0, MAX_CAUSES).map((cause) => toDifference(cause, pictures));
}

function toDifference(cause: PictureCause, pictures: Pictures): PictureDifference {
  const { base, head, context, url, first, second } = pictures;
  const boxes = cause.boxes.slice(0, 20);
  const others = cause.count > 1 ? ` ${cause.count} elements on this page show it.` : '';
  const [box] = cause.boxes;
  const list =
    cause.details === undefined ? '' : `\n\n${cause.details.map((line) => `- ${line}`).join('\n')}`;
  const style = styleOf(cause, pictures);
  const look = lookOfCause(cause, head);
  return {
    key: `visual|${cause.key}`,
    category: 'visual',
    severity: cause.severity,
    source: 'firsthand/picture',
    title: cause.title.slice(0, 200),
    body: [`The same state looks different on the head.${others}`, list].join(''),
    expected: cause.expected,
    actual: cause.actual,
    steps: context.steps,
    url,
    environment: context.environment,
    intent: cause.intent,
    elements: cause.elements,
    evidence: () => drawEvidence({ base: first, head: second, boxes }),
    ...(style === undefined ? {} : { style }),
    ...(look === undefined ? {} : { look }),
    ...(cause.isUnexplained && box !== undefined
      ? { region: { base: crop(base, cause.baseBox ?? box), head: crop(head, box) } }
      : {}),
  };
}

/** What a plain test can check of a change of style: the first property that differs, where one text shows it. */
function styleOf(
  { change }: PictureCause,
  { elements: [base, head] }: Pictures,
): Difference['style'] | undefined {
  const [style] = change?.kind === 'restyled' ? change.styles : [];
  if (change?.kind !== 'restyled' || style === undefined) return undefined;
  const of = styleTarget(change.head, head);
  if (of === undefined || change.base.text !== change.head.text) return undefined;
  return styleTarget(change.base, base) === undefined
    ? undefined
    : { of, property: style.property, value: style.from };
}
