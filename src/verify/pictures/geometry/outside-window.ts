import type { ElementBox } from '../../ports.ts';
import { nameElement, sentence } from '../describe-change.ts';
import { ancestors, type GeometryFault, isFloating, isUnseen, type PairedElements } from './fault.ts';

/** Borders, shadows and rounding may reach out by this. */
const TOLERANCE = 4;

/**
 * Elements that reach out of the window to the right on the head and did not on the base.
 *
 * Not what an ancestor cuts off or lets scroll, as in carousels; nor what is wholly outside, as a menu that waits there.
 */
export function findOutsideWindow({ base, head, pairs, parents }: PairedElements): readonly GeometryFault[] {
  const [before, after] = [windowWidth(base), windowWidth(head)];
  if (before === undefined || after === undefined) return [];
  const outside = head.filter((element) => {
    const old = pairs.get(element);
    if (!reachesOut(element, after) || isUnseen(element) || isFloating(element, parents.head)) return false;
    if (old !== undefined && reachesOut(old, before)) return false;
    return ![...ancestors(element, parents.head)].some(
      ({ styles, tag }) => tag !== 'body' && /hidden|clip|auto|scroll/.test(styles['overflow'] ?? ''),
    );
  });
  const widest = outside.reduce<ElementBox | undefined>(
    (best, one) => (best === undefined || one.x + one.width > best.x + best.width ? one : best),
    undefined,
  );
  if (widest === undefined) return [];
  const name = nameElement(widest);
  const by = Math.round(widest.x + widest.width - after);
  return [
    {
      key: `outside|${widest.key}|${widest.name}`,
      severity: 'medium',
      title: `${sentence(name)} reaches ${by} px out of the window: the page scrolls sideways`,
      expected: `${name} within ${after} px`,
      actual: `${name} ends at ${widest.x + widest.width} px`,
      element: widest,
      count: outside.length,
    },
  ];
}

function reachesOut({ x, width }: ElementBox, windowWidth: number): boolean {
  return x < windowWidth && x + width > windowWidth + TOLERANCE;
}

/** The body is as wide as the window less its margins, unless it is styled otherwise. */
function windowWidth(elements: readonly ElementBox[]): number | undefined {
  const body = elements.find(({ tag }) => tag === 'body');
  return body === undefined ? undefined : body.x * 2 + body.width;
}
