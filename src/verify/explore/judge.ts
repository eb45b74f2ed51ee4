import { SEVERITIES } from '../../domain/finding.ts';
import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { noteNoise, reportProgress } from '../run.ts';
import { prove } from '../shrink/prove.ts';
import { shrinkSteps } from '../shrink/shrink-steps.ts';
import { describeSuspect } from './describe-suspect.ts';
import { replay } from './replay.ts';
import type { Suspect, Suspects } from './suspects.ts';
import type { Walk } from './walk.ts';

/** How often the shortest steps are performed before a finding stands. */
const ROUNDS = 3;
const MAX_REPLAYS = 40;

/** Shrinks, replays and proves what exploration found, the gravest first, and hands it to the ledger. */
export async function judge(walk: Walk, suspects: Suspects): Promise<void> {
  const { run } = walk;
  const sorted = [...suspects.confirmed.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.divergence.severity) - SEVERITIES.indexOf(b.divergence.severity) ||
      a.steps.length - b.steps.length,
  );
  for (const [index, suspect] of sorted.entries()) {
    reportProgress(run, 'shrinking', `${suspect.divergence.what} (${index + 1} of ${sorted.length})`);
    await judgeOne(walk, suspect, run.budget.share(1 / (sorted.length - index)));
  }
}

async function judgeOne(walk: Walk, suspect: Suspect, budget: Walk['run']['budget']): Promise<void> {
  const { run } = walk;
  const isIt = ({ cause }: Divergence): boolean => cause === suspect.divergence.cause;
  const shrunk = await shrinkSteps(
    suspect.steps,
    async (candidate) => {
      if (budget.isOver()) return 'over';
      const { kind } = await replay(walk, candidate, isIt);
      return kind === 'shown' ? 'shows' : kind === 'over' ? 'over' : 'not';
    },
    { stateKeys: suspect.keys, maxReplays: MAX_REPLAYS },
  );
  const shown = await performRounds(walk, shrunk.steps, isIt);
  if (shown.kind === 'noise') {
    noteNoise(run, {
      what: suspect.divergence.what,
      where: walk.moment.head.url,
      how: `it showed in ${shown.count} of ${ROUNDS} further runs of the same steps`,
    });
    return;
  }
  const divergence = shown.divergence ?? suspect.divergence;
  const difference = await describeSuspect(walk, divergence, shrunk.steps);
  const { verdict } = await prove({ ...run, budget }, difference, walk.where);
  run.ledger.add({ ...difference, proof: verdict }, shown.kind);
}

/** `once`: the time was over before every round was done. */
type Shown =
  | { readonly kind: 'confirmed' | 'once'; readonly divergence: Divergence | undefined }
  | { readonly kind: 'noise'; readonly count: number };

async function performRounds(
  walk: Walk,
  steps: readonly Step[],
  isIt: (divergence: Divergence) => boolean,
): Promise<Shown> {
  let divergence: Divergence | undefined;
  let count = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const again = await replay(walk, steps, isIt);
    if (again.kind === 'over') return { kind: 'once', divergence };
    if (again.kind !== 'shown') continue;
    count += 1;
    divergence = again.divergence;
  }
  return count === ROUNDS ? { kind: 'confirmed', divergence } : { kind: 'noise', count };
}
