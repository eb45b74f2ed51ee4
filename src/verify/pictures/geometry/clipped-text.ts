import type { ElementBox } from '../../ports.ts';
import { nameElement, sentence } from '../describe-change.ts';
import { ancestors, type GeometryFault, isUnseen, type PairedElements } from './fault.ts';

/** Accents and descenders may be cut by this without a person seeing it. */
const TOLERANCE = 3;
const CUTS = /hidden|clip/;

/**
 * Texts that were whole on the base and are cut off on the head, by their own box or by one around them.
 *
 * Not what is shortened on purpose (a longer text with an ellipsis), nor what may be scrolled to, nor what lies wholly
 * outside, as the slides of a carousel do.
 */
export function findClippedText({ base, head, pairs, parents }: PairedElements): readonly GeometryFault[] {
  const onBase = new Set(base.filter((element) => cutOff(element, parents.base) > TOLERANCE));
  return head.flatMap((element) => {
    const old = pairs.get(element);
    if (old === undefined || old.text === '' || element.text === '' || isUnseen(element)) return [];
    const by = cutOff(element, parents.head);
    if (by <= TOLERANCE || onBase.has(old)) return [];
    // With other words the box is as good as it was: a longer title ends in an ellipsis where that is the design.
    if (old.text !== element.text && element.styles['text-overflow'] === 'ellipsis') return [];
    const name = nameElement(element);
    return [
      {
        key: `clipped|${element.key}|${element.text}`,
        severity: 'medium',
        title: `${sentence(name)} is cut off by ${by} px`,
        expected: `the whole of “${element.text.slice(0, 80)}”`,
        actual: `${by} px of it are hidden`,
        element,
        count: 1,
      },
    ];
  });
}

/** By how many pixels a text is cut off. */
function cutOff(element: ElementBox, parents: ReadonlyMap<ElementBox, ElementBox>): number {
  if (element.text === '') return 0;
  const overflow = element.styles['overflow'] ?? 'visible';
  const own = CUTS.test(overflow) ? Math.max(element.overflow?.x ?? 0, element.overflow?.y ?? 0) : 0;
  let by = own;
  for (const around of ancestors(element, parents)) {
    const value = around.styles['overflow'] ?? 'visible';
    if (/auto|scroll/.test(value)) break;
    if (around.tag === 'body' || !CUTS.test(value)) continue;
    const right = element.x + element.width - (around.x + around.width);
    const bottom = element.y + element.height - (around.y + around.height);
    const isOutside = right >= element.width || bottom >= element.height;
    if (isOutside) return 0;
    by = Math.max(by, right, bottom, around.x - element.x, around.y - element.y);
  }
  return by;
}
