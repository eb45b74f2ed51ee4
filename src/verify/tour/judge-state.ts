import type { Step } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import { compareScreenshots, isDifferent } from '../pictures/compare-screenshots.ts';
import type { Image } from '../pictures/image.ts';
import { noteNoise } from '../run.ts';
import { prove } from '../shrink/prove.ts';
import { shrinkSteps } from '../shrink/shrink-steps.ts';
import { compareAuditsOf, comparePicturesOf } from './look-at-state.ts';
import { isImpossible } from './perform-in-lockstep.ts';
import { stride } from './stride.ts';
import type { StateSuspect } from './suspects.ts';
import type { Walk } from './walk.ts';

/** Replays for one state; each costs two pictures or two audits. */
const MAX_REPLAYS = 15;

/**
 * Goes to the state again, keeps what shows again, and looks for a shorter way to it.
 *
 * A picture that no element explains must also look the same on each side both times: two random pictures differ every
 * time, but never twice in the same way.
 */
export async function judgeState(walk: Walk, { kind, difference, others }: StateSuspect): Promise<void> {
  const { run } = walk;
  const seen = await lookAgain(walk, kind, difference.steps);
  if (seen === 'over') {
    run.ledger.add(difference, 'once');
    return;
  }
  const again = seen.find((one) => one.key === difference.key);
  if (again === undefined || !isSamePicture(difference, again)) {
    const how =
      again === undefined ? 'it did not show in a second run' : 'it looked different in a second run';
    noteNoise(run, { what: difference.title, where: difference.url, how });
    return;
  }
  let shortest = again;
  await shrinkSteps(
    difference.steps,
    async (candidate) => {
      const found = await lookAgain(walk, kind, candidate);
      if (found === 'over') return 'over';
      const same = found.find((one) => one.key === difference.key);
      if (same === undefined || !isSamePicture(difference, same)) return 'not';
      shortest = same;
      return 'shows';
    },
    { maxReplays: difference.intent === 'looks-intended' ? 0 : MAX_REPLAYS },
  );
  const proof =
    shortest.style === undefined ? {} : { proof: (await prove(run, shortest, walk.where)).verdict };
  for (const one of [{ ...shortest, ...proof }, ...others]) run.ledger.add(one, 'confirmed');
}

async function lookAgain(
  walk: Walk,
  kind: StateSuspect['kind'],
  steps: readonly Step[],
): Promise<readonly Difference[] | 'over'> {
  for (const [index, step] of steps.entries()) {
    if (!walk.run.budget.repeat()) return 'over';
    const { outcomes } = await stride(walk, step, { isFresh: index === 0 });
    if (isImpossible(outcomes.base ?? outcomes.head)) return [];
  }
  return kind === 'picture' ? comparePicturesOf(walk) : compareAuditsOf(walk);
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
