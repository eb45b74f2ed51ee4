import type { Difference } from './difference.ts';
import { compareScreenshots, isDifferent } from './pictures/compare-screenshots.ts';
import type { Image } from './pictures/image.ts';
import { noteNoise, type Run } from './run.ts';

/**
 * Keeps what showed again in a second run from fresh contexts, and notes the rest as noise.
 *
 * A picture that no element explains must also look the same on each side in both runs: two random pictures differ
 * every time, but never twice in the same way.
 */
export function keepConfirmed(
  run: Run,
  {
    first,
    second,
    where,
    wasCut,
  }: {
    readonly first: readonly Difference[];
    readonly second: readonly Difference[];
    readonly where: string;
    /** The second run ended before it had seen everything: what it did not show may still be there. */
    readonly wasCut: boolean;
  },
): void {
  for (const difference of first) {
    const again = second.find((other) => other.key === difference.key);
    if (difference.isOnBase === true || (again !== undefined && isSamePicture(difference, again))) {
      run.ledger.add(difference, 'confirmed');
      continue;
    }
    if (wasCut && again === undefined) {
      run.ledger.add(difference, 'once');
      continue;
    }
    noteNoise(run, {
      what: difference.title,
      where,
      how: again === undefined ? 'it did not show in a second run' : 'it looked different in a second run',
    });
  }
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
