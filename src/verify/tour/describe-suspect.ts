import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { describeMoment } from '../describe-moment.ts';
import type { Difference } from '../difference.ts';
import type { NodeBox, PageNode } from '../model/page-model.ts';
import { onBoth } from '../pair.ts';
import { drawEvidence } from '../pictures/evidence.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Walk } from './walk.ts';

const TOGETHER =
  'The same steps were done on the base at the same time, in the same browser and with the same clock.';

/** Describes a divergence that both windows show at this moment, with pictures of them. */
export async function describeSuspect(
  walk: Walk,
  divergence: Divergence,
  steps: readonly Step[],
): Promise<Difference> {
  const { sessions, where } = walk;
  const { base, head } = await onBoth(sessions, (session) => session.capture());
  const difference = describeDivergence(walk, divergence, steps);
  if (head === undefined) return difference;
  const boxes = boxesOf(divergence, where.environment.viewport.deviceScaleFactor);
  const evidence = () => drawEvidence({ base, head, ...(boxes.length === 0 ? {} : { boxes }) });
  return { ...difference, evidence };
}

/** The difference without pictures. */
export function describeDivergence(
  { moment, where, sessions }: Walk,
  divergence: Divergence,
  steps: readonly Step[],
): Difference {
  const { cause, category, severity, source, what, expected, actual, expect, error, sends } = divergence;
  return {
    key: cause,
    category,
    severity: sessions.base === undefined ? 'medium' : severity,
    source,
    title: `${describeMoment(steps)}: ${what}`.slice(0, 200),
    body: sessions.base === undefined ? 'Seen on the head alone.' : TOGETHER,
    expected,
    actual,
    steps,
    ...(expect === undefined ? {} : { expect }),
    ...(error === undefined ? {} : { error }),
    ...(sends === undefined ? {} : { sends }),
    url: moment.head.url,
    environment: where.environment.name,
    ...accountOf(where),
    ...(sessions.base === undefined ? { hasNoBase: true } : {}),
  };
}

/** Who is logged in, as a difference says it. */
export function accountOf({ storage, as: role }: Surroundings): Pick<Difference, 'account'> {
  if (storage === undefined) return {};
  return { account: role === undefined ? {} : { role } };
}

/** Equally true of the base. */
export function describePreExisting(walk: Walk, divergence: Divergence): Difference {
  const difference = describeDivergence(walk, divergence, walk.steps);
  return { ...difference, severity: 'low', body: 'The base shows it as well.', isOnBase: true };
}

/** Where it shows on the head, else where the base has what the head lacks; in pixels of the picture. */
function boxesOf({ nodes }: Divergence, scale: number): readonly NodeBox[] {
  const box = boxOf(nodes?.head) ?? boxOf(nodes?.base);
  if (box === undefined) return [];
  const { x, y, width, height } = box;
  return [{ x: x * scale, y: y * scale, width: width * scale, height: height * scale }];
}

function boxOf(node: PageNode | undefined): NodeBox | undefined {
  const box = node?.box;
  return box === undefined || box.width <= 0 || box.height <= 0 ? undefined : box;
}

/** What else differed at that moment, as a part of a body; nothing when nothing did. */
export function alsoSeen(also: readonly string[]): readonly string[] {
  return also.length === 0
    ? []
    : [`At the same moment also:\n\n${also.map((what) => `- ${what}`).join('\n')}`];
}
