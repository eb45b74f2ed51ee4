import type { Divergence } from '../compare/divergence.ts';
import { markVolatile } from '../compare/knowledge.ts';
import { noteNoise } from '../run.ts';
import { replayWithOthers } from './replay.ts';
import {
  gravestFirst,
  isKnown,
  isOfTheSameControl,
  isOneOfMany,
  showsTheSameAmount,
  showsWhatWasTyped,
} from './suspects.ts';
import type { Walk } from './walk.ts';

/** Divergences of one page that are looked into. */
const MAX_FRESH = 3;

/**
 * Performs the steps of the walk again for every divergence that is new to the run: what shows once more is a suspect,
 * the rest is noise. True when there was any; the walk stands elsewhere then.
 */
export async function confirmNew(walk: Walk, divergences: readonly Divergence[]): Promise<boolean> {
  const { run, where, steps, keys, pages } = walk;
  const { suspects, knowledge } = run;
  for (const one of divergences) {
    if (isKnown(suspects, one)) continue;
    const follows =
      showsWhatWasTyped(suspects, one, steps) ||
      showsTheSameAmount(suspects, one) ||
      isOfTheSameControl(suspects, one);
    if (follows || isOneOfMany(suspects, one)) suspects.dismissed.add(one.cause);
  }
  const fresh = gravestFirst(divergences.filter((one) => !isKnown(suspects, one)));
  // What an action did wrong shows in several places; what a page lacks when it is opened may have several causes.
  const last = steps.at(-1);
  const count = last !== undefined && 'goto' in last ? MAX_FRESH : 1;
  const rest = fresh.slice(count);
  for (const { cause } of rest) suspects.dismissed.add(cause);
  const also = rest.map(({ what }) => what);
  for (const divergence of fresh.slice(0, count)) {
    suspects.hasSent ||= walk.hasSent;
    const again = await replayWithOthers(walk, steps, divergence);
    if (again.kind === 'shown' || again.kind === 'over') {
      suspects.confirmed.set(divergence.cause, {
        divergence,
        steps,
        keys,
        pages,
        where,
        also,
        isSeenAgain: again.kind === 'shown',
      });
      continue;
    }
    suspects.dismissed.add(divergence.cause);
    markVolatile(knowledge, divergence);
    noteNoise(run, {
      what: divergence.what,
      where: walk.moment.head.url,
      how: 'it did not show when the same steps were done again',
    });
  }
  return fresh.length > 0;
}
