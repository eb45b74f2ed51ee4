import type { ElementBox } from '../../ports.ts';
import { nameElement, sentence } from '../describe-change.ts';
import { overlaps } from '../image.ts';
import { ancestors, type GeometryFault, isFloating, isUnseen, type PairedElements } from './fault.ts';

/** The smaller of two must lie under the other by this share, and by this many pixels each way. */
const SHARE = 0.2;
const LEAST = 5;
/** A count or a dot on the corner of a button. */
const BADGE = 32;

/**
 * Texts and controls that lie over each other on the head, and lay apart on the base.
 *
 * Not badges, tooltips, dialogs and what is stuck to the window, nor what moves with a carousel.
 */
export function findOverlapping({ head, pairs, parents }: PairedElements): readonly GeometryFault[] {
  const solid = head.filter(
    (element) => pairs.has(element) && isSolid(element) && !isFloating(element, parents.head),
  );
  const sorted = solid.toSorted((a, b) => a.y - b.y);
  const faults: GeometryFault[] = [];
  const reported = new Set<ElementBox>();
  sorted.forEach((lower, index) => {
    for (let at = index + 1; at < sorted.length; at += 1) {
      const upper = sorted[at];
      if (upper === undefined || upper.y >= lower.y + lower.height) break;
      if (reported.has(upper) || reported.has(lower)) continue;
      if (!liesOver(lower, upper) || isRelated(lower, upper, parents.head)) continue;
      const [first, second] = [pairs.get(lower), pairs.get(upper)];
      if (first === undefined || second === undefined || overlaps(first, second, -1)) continue;
      if (isHeldTogether(lower, upper, parents.head)) continue;
      reported.add(upper);
      reported.add(lower);
      faults.push(faultOf(lower, upper));
    }
  });
  return faults;
}

/** What a person reads or clicks. Words in a line may share a box around two lines. */
function isSolid(element: ElementBox): boolean {
  if (element.text === '' && !element.isInteractive && element.tag !== 'img') return false;
  if (isUnseen(element) || element.styles['display'] === 'inline') return false;
  const isBadge =
    element.styles['position'] === 'absolute' && element.width <= BADGE && element.height <= BADGE;
  return !isBadge;
}

function liesOver(a: ElementBox, b: ElementBox): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width < LEAST || height < LEAST) return false;
  return width * height >= SHARE * Math.min(a.width * a.height, b.width * b.height);
}

function isRelated(a: ElementBox, b: ElementBox, parents: ReadonlyMap<ElementBox, ElementBox>): boolean {
  return [...ancestors(a, parents)].includes(b) || [...ancestors(b, parents)].includes(a);
}

/** Slides of one carousel take each other's place. */
function isHeldTogether(a: ElementBox, b: ElementBox, parents: ReadonlyMap<ElementBox, ElementBox>): boolean {
  const around = new Set(ancestors(a, parents));
  const shared = [...ancestors(b, parents)].find((one) => around.has(one));
  const moves = [
    a,
    b,
    ...[...ancestors(a, parents), ...ancestors(b, parents)].filter((one) => one !== shared),
  ].some(({ styles }) => (styles['transform'] ?? 'none') !== 'none');
  return moves && /hidden|clip/.test(shared?.styles['overflow'] ?? '');
}

function faultOf(lower: ElementBox, upper: ElementBox): GeometryFault {
  const [first, second] = [nameElement(lower), nameElement(upper)];
  return {
    key: `overlap|${lower.key}|${upper.key}`,
    severity: 'medium',
    title: `${sentence(first)} and ${second} lie over each other`,
    expected: `${first} and ${second} apart`,
    actual: `${second} at ${upper.x}, ${upper.y} lies over ${first} at ${lower.x}, ${lower.y}`,
    element: upper,
    count: 1,
  };
}
