import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { describeMoment } from '../compare-behaviour.ts';
import type { Difference } from '../difference.ts';
import type { PageNode } from '../model/page-model.ts';
import { onBoth } from '../pair.ts';
import { drawEvidence } from '../pictures/evidence.ts';
import type { Walk } from './walk.ts';

/** Describes a divergence that shows on both windows at this moment, with pictures of them. */
export async function describeSuspect(
  walk: Walk,
  divergence: Divergence,
  steps: readonly Step[],
): Promise<Difference> {
  const { sessions, moment, where } = walk;
  const shots = await onBoth(sessions, (session) => session.capture());
  const { head } = shots;
  const scale = where.environment.viewport.deviceScaleFactor;
  const boxes = [divergence.nodes?.head, divergence.nodes?.base]
    .flatMap((node) => boxOf(node, scale))
    .slice(0, 1);
  const moment_ = describeMoment(steps);
  return {
    key: divergence.cause,
    category: divergence.category,
    severity: divergence.severity,
    source: divergence.source,
    title: `${moment_}: ${divergence.what}`.slice(0, 200),
    body: 'The same steps were done on the base at the same time, in the same browser, with the same clock.',
    expected: divergence.expected,
    actual: divergence.actual,
    steps,
    ...(divergence.expect === undefined ? {} : { expect: divergence.expect }),
    url: moment.head.url,
    environment: where.environment.name,
    ...(head === undefined
      ? {}
      : {
          evidence: () => drawEvidence({ base: shots.base, head, ...(boxes.length === 0 ? {} : { boxes }) }),
        }),
  };
}

function boxOf(node: PageNode | undefined, scale: number) {
  if (node?.box === undefined) return [];
  const { x, y, width, height } = node.box;
  return [{ x: x * scale, y: y * scale, width: width * scale, height: height * scale }];
}
