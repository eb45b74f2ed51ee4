import type { Step } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import { compareScreenshots, isDifferent } from '../pictures/compare-screenshots.ts';
import type { Image } from '../pictures/image.ts';
import { noteNoise } from '../run.ts';
import { comparePicturesOf } from './look-at-state.ts';
import { isImpossible } from './perform-in-lockstep.ts';
import { stride } from './stride.ts';
import type { PictureSuspect } from './suspects.ts';
import type { Walk } from './walk.ts';

/**
 * Goes to the state again and keeps what looks different again.
 *
 * A picture that no element explains must also look the same on each side both times: two random pictures differ every
 * time, but never twice in the same way.
 */
export async function judgePicture(walk: Walk, { difference, others }: PictureSuspect): Promise<void> {
  const { run } = walk;
  const evidence = await lookAgain(walk, difference.steps);
  if (evidence === 'over') {
    run.ledger.add(difference, 'once');
    return;
  }
  const again = evidence.find((one) => one.key === difference.key);
  if (again !== undefined && isSamePicture(difference, again)) {
    for (const one of [difference, ...others]) run.ledger.add(one, 'confirmed');
    return;
  }
  noteNoise(run, {
    what: difference.title,
    where: difference.url,
    how: again === undefined ? 'it did not show in a second run' : 'it looked different in a second run',
  });
}

async function lookAgain(walk: Walk, steps: readonly Step[]): Promise<readonly Difference[] | 'over'> {
  for (const [index, step] of steps.entries()) {
    if (!walk.run.budget.repeat()) return 'over';
    const { outcomes } = await stride(walk, step, { isFresh: index === 0 });
    if (isImpossible(outcomes.base ?? outcomes.head)) return [];
  }
  return comparePicturesOf(walk);
}

function isSamePicture({ region: first }: Difference, { region: second }: Difference): boolean {
  if (first === undefined || second === undefined) return first === second;
  return isSame(first.base, second.base) && isSame(first.head, second.head);
}

function isSame(first: Image, second: Image): boolean {
  return (
    first.width === second.width &&
    first.height === second.height &&
    !isDifferent(compareScreenshots(first, second))
  );
}
