import { nameElement, sentence } from '../describe-change.ts';
import type { GeometryFault, PairedElements } from './fault.ts';

/** Images that are broken on the head and were not, or were not there, on the base. */
export function findBrokenImages({ head, pairs }: PairedElements): readonly GeometryFault[] {
  return head.flatMap((element) => {
    if (element.isBroken !== true || pairs.get(element)?.isBroken === true) return [];
    const name = nameElement(element);
    return [
      {
        key: `broken-image|${element.key}|${element.name}`,
        severity: 'medium',
        title: `${sentence(name)} does not load`,
        expected: 'the picture',
        actual: 'the sign of a broken picture',
        element,
        count: 1,
      },
    ];
  });
}
