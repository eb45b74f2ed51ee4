import { nameElement, sentence } from '../describe-change.ts';
import type { GeometryFault, PairedElements } from './fault.ts';

/** Controls that could be clicked on the base, and on the head lie under something else wherever one scrolls to. */
export function findCoveredControls({ head, pairs }: PairedElements): readonly GeometryFault[] {
  return head.flatMap((element) => {
    const old = pairs.get(element);
    if (element.coveredBy === undefined || old === undefined || old.coveredBy !== undefined) return [];
    if (!old.isInteractive) return [];
    const name = nameElement(element);
    return [
      {
        key: `covered|${element.key}|${element.name}`,
        severity: 'high',
        title: `${sentence(name)} is covered by ${element.coveredBy}`,
        expected: `a click on ${name} reaches it`,
        actual: `a click on ${name} hits ${element.coveredBy}`,
        element,
        count: 1,
      },
    ];
  });
}
