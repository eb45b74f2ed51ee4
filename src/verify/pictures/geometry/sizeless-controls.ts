import { nameElement, sentence } from '../describe-change.ts';
import type { GeometryFault, PairedElements } from './fault.ts';

/** Smaller than this in one direction nothing can be hit, or seen. */
const LEAST = 3;

/** Controls that had a size on the base and have none on the head. */
export function findSizelessControls({ head, pairs }: PairedElements): readonly GeometryFault[] {
  return head.flatMap((element) => {
    const old = pairs.get(element);
    if (old === undefined || !element.isInteractive) return [];
    const [before, after] = [old, element].map(({ width, height }) => Math.min(width, height));
    if (before === undefined || after === undefined || after >= LEAST || before < LEAST * 2) return [];
    const name = nameElement(element);
    return [
      {
        key: `no-size|${element.key}|${element.name}`,
        severity: 'high',
        title: `${sentence(name)} has no size any more`,
        expected: `${old.width} × ${old.height} px`,
        actual: `${element.width} × ${element.height} px`,
        element,
        count: 1,
      },
    ];
  });
}
