import type { Step } from '../../domain/flow.ts';
import type { Difference } from '../difference.ts';
import { compareScreenshots, isDifferent } from '../pictures/compare-screenshots.ts';
import type { Image } from '../pictures/image.ts';
import { noteNoise, noteUnfinished, type Run } from '../run.ts';
import { prove } from '../shrink/prove.ts';
import { shrinkSteps } from '../shrink/shrink-steps.ts';
import { compareAuditsOf, comparePicturesOf } from './look-at-state.ts';
import { isImpossible } from './perform-in-lockstep.ts';
import { stride } from './stride.ts';
import type { StateSuspect } from './suspects.ts';
import { traceOf } from './trace.ts';
import type { Walk } from './walk.ts';

/** Replays for one state; each costs two pictures or two audits. */
const MAX_REPLAYS = 15;
const MAX_LISTED = 8;

/**
 * Goes to a state again, keeps what shows there again, and looks for a shorter way to it.
 *
 * `suspects` were met in the same state. A picture that no element explains must also look the same on each side both
 * times: two random pictures differ every time, but never twice in the same way.
 */
export async function judgeState(walk: Walk, suspects: readonly StateSuspect[]): Promise<void> {
  const [first] = suspects;
  if (first === undefined) return;
  const { run } = walk;
  const { kind } = first;
  const seen = await lookAgain(walk, kind, first.difference.steps);
  if (seen === 'over') {
    noteUnfinished(
      run,
      `looking again at ${suspects.map(({ difference }) => `“${difference.title}”`).join(', ')}`,
    );
    return;
  }
  const confirmed = suspects.filter((one) => findSame(seen, one) !== undefined);
  for (const one of suspects) if (!confirmed.includes(one)) noteUnsteady(run, one, seen);
  const findings = confirmed.filter(({ difference }) => difference.intent !== 'looks-intended');
  let shown = seen;
  await shrinkSteps(
    first.difference.steps,
    async (candidate) => {
      const found = await lookAgain(walk, kind, candidate);
      if (found === 'over') return 'over';
      if (findings.some((one) => findSame(found, one) === undefined)) return 'not';
      shown = found;
      return 'shows';
    },
    {
      trace: traceOf(first.difference.steps, first.pages),
      maxReplays: findings.length === 0 ? 0 : MAX_REPLAYS,
    },
  );
  const told = kind === 'picture' ? findings.slice(1) : [];
  for (const one of confirmed.filter((each) => !told.includes(each))) {
    const difference = findSame(shown, one) ?? one.difference;
    const proof =
      difference.style === undefined ? {} : { proof: (await prove(run, difference, walk.where)).verdict };
    const isFirst = one === findings[0];
    const body = isFirst ? withOthers(difference.body, told) : difference.body;
    const toldWith = isFirst ? told.flatMap((each) => [each.difference, ...each.others]) : [];
    for (const each of [{ ...difference, ...proof, body, toldWith }, ...one.others]) {
      run.ledger.add(each, 'confirmed');
    }
  }
}

/** What looks different in one state most likely has one cause: the gravest tells it, the others are listed. */
function withOthers(body: string, others: readonly StateSuspect[]): string {
  if (others.length === 0) return body;
  const lines = others.slice(0, MAX_LISTED).map(({ difference }) => `- ${difference.title}`);
  const rest = others.length - lines.length;
  return [
    `${body}\n\nIn the same picture also:\n`,
    ...lines,
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ].join('\n');
}

/** The same difference among those of another look. */
function findSame(seen: readonly Difference[], { difference }: StateSuspect): Difference | undefined {
  return seen.find((one) => one.key === difference.key && isSamePicture(difference, one));
}

function noteUnsteady(run: Run, { difference }: StateSuspect, seen: readonly Difference[]): void {
  const isThere = seen.some(({ key }) => key === difference.key);
  const how = isThere ? 'it looked different in a second run' : 'it did not show in a second run';
  noteNoise(run, { what: difference.title, where: difference.url, how });
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
