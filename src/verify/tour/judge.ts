import { SEVERITIES } from '../../domain/finding.ts';
import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import type { Difference } from '../difference.ts';
import { noteNoise, noteUnfinished, type Run, reportProgress } from '../run.ts';
import { prove } from '../shrink/prove.ts';
import { shrinkSteps } from '../shrink/shrink-steps.ts';
import { alsoSeen, describeSuspect } from './describe-suspect.ts';
import { judgeState } from './judge-state.ts';
import { replay, replayWithOthers } from './replay.ts';
import { withWalk } from './stride.ts';
import { isSuspected, type StateSuspect, type Suspect, type Suspects } from './suspects.ts';
import { traceOf } from './trace.ts';
import type { Walk } from './walk.ts';

/** How often the shortest steps are performed before a finding stands. */
const ROUNDS = 3;
const MAX_MISSED = 2;
const MAX_ROUNDS = 6;
const MAX_REPLAYS = 40;
/** The part of the time left that each suspect gets at least: the gravest come first. */
const MIN_SHARE = 0.25;
/** What it takes to prove something, in steps that are still to be cut. */
const PROVING = 3;
/** What shortening may use of it: without further runs and a proof the shortest steps are worth little. */
const SHRINKING_SHARE = 0.6;

/** What is suspected and was not judged yet. */
export function unjudged({ confirmed, states }: Suspects): {
  readonly behaviour: readonly Suspect[];
  readonly looks: readonly StateSuspect[];
} {
  const isOpen = ({ isJudged }: Suspect | StateSuspect): boolean => isJudged !== true;
  return {
    behaviour: [...confirmed.values()].filter(isOpen),
    looks: [...states.values()].filter(isOpen),
  };
}

/** Shrinks, replays and proves what a run suspects, the gravest first, and hands it to the ledger. */
export async function judge(run: Run): Promise<void> {
  const { confirmed, states } = run.suspects;
  const { behaviour, looks: suspected } = unjudged(run.suspects);
  const sorted = [...behaviour].sort(
    (a, b) => gravity(a.divergence) - gravity(b.divergence) || a.steps.length - b.steps.length,
  );
  const looks = [...groupByState(suspected).values()];
  const total = sorted.length + looks.length;
  let done = 0;
  let left = PROVING * total + sorted.reduce((sum, { steps }) => sum + steps.length, 0);
  const next = (what: string, steps: readonly Step[]): Run => {
    done += 1;
    reportProgress(run, 'shrinking', `${what} (${done} of ${total})`);
    const own = PROVING + steps.length;
    const share = Math.max(MIN_SHARE, own / left);
    left -= own;
    return { ...run, budget: run.budget.sooner(share) };
  };
  for (const suspect of sorted) {
    const { divergence, steps, where } = suspect;
    await withWalk(next(divergence.what, steps), where, (walk) => judgeBehaviour(walk, suspect));
    confirmed.set(divergence.cause, { ...suspect, isJudged: true });
  }
  for (const suspects of looks) {
    const [first] = suspects;
    if (first === undefined) continue;
    await withWalk(next(first.difference.title, []), first.where, (walk) => judgeState(walk, suspects));
    for (const one of suspects) states.set(one.difference.key, { ...one, isJudged: true });
  }
}

/** What was met in one state is looked at in one go; the graver first. */
function groupByState(suspects: readonly StateSuspect[]): ReadonlyMap<string, readonly StateSuspect[]> {
  const groups = new Map<string, StateSuspect[]>();
  const rank = ({ difference }: StateSuspect): number => SEVERITIES.indexOf(difference.severity);
  for (const suspect of [...suspects].sort((a, b) => rank(a) - rank(b))) {
    const { kind, where, difference } = suspect;
    const key = JSON.stringify([kind, where.environment.name, where.storage === undefined, difference.steps]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [suspect]);
    else group.push(suspect);
  }
  return groups;
}

function gravity({ severity }: Divergence): number {
  return SEVERITIES.indexOf(severity);
}

async function judgeBehaviour(walk: Walk, suspect: Suspect): Promise<void> {
  const { run } = walk;
  const isIt = (shown: Divergence): boolean => isSuspected(suspect.divergence, shown);
  const shrinking = run.budget.sooner(SHRINKING_SHARE);
  let isSeenAgain = suspect.isSeenAgain;
  const { steps } = await shrinkSteps(
    suspect.steps,
    async (candidate) => {
      if (shrinking.isOver()) return 'over';
      const { kind } = await replay(walk, candidate, isIt);
      isSeenAgain ||= kind === 'shown';
      return kind === 'shown' ? 'shows' : kind === 'over' ? 'over' : 'not';
    },
    { stateKeys: suspect.keys, trace: traceOf(suspect.steps, suspect.pages), maxReplays: MAX_REPLAYS },
  );
  const shown = await performRounds(walk, steps, suspect.divergence);
  if (shown.kind === 'noise') {
    noteNoise(run, {
      what: suspect.divergence.what,
      where: walk.moment.head.url,
      how: `it showed in ${shown.shown} of ${shown.rounds} further runs of the same steps`,
    });
    return;
  }
  if (shown.kind === 'once' && shown.divergence === undefined && !isSeenAgain) {
    noteUnfinished(run, `confirming what was seen once (${suspect.divergence.what})`);
    return;
  }
  const described = await describeSuspect(walk, shown.divergence ?? suspect.divergence, shown.steps ?? steps);
  const difference = { ...described, body: [described.body, ...alsoSeen(suspect.also)].join('\n\n') };
  run.ledger.add({ ...difference, ...(await proofOf(walk, difference)) }, shown.kind);
}

async function proofOf({ run, where }: Walk, difference: Difference): Promise<Pick<Difference, 'proof'>> {
  return { proof: (await prove(run, difference, where)).verdict };
}

/** `once`: the time was over before every round was done. */
type Shown =
  | {
      readonly kind: 'confirmed' | 'once';
      readonly divergence: Divergence | undefined;
      /** As they were done the last time that it showed. */
      readonly steps: readonly Step[] | undefined;
    }
  | { readonly kind: 'noise'; readonly shown: number; readonly rounds: number };

/**
 * Performs the steps until the difference has shown three times. A round in which the base cannot be brought that far
 * tells nothing; of those that do, one may fail to show it.
 */
async function performRounds(walk: Walk, steps: readonly Step[], suspected: Divergence): Promise<Shown> {
  let divergence: Divergence | undefined;
  let done: readonly Step[] | undefined;
  let [shown, missed, lost] = [0, 0, 0];
  for (let round = 0; round < MAX_ROUNDS && shown < ROUNDS && missed < MAX_MISSED; round += 1) {
    const again = await replayWithOthers(walk, steps, suspected);
    if (again.kind === 'over') return { kind: 'once', divergence, steps: done };
    if (again.kind === 'not-shown') missed += 1;
    if (again.kind === 'lost') lost += 1;
    if (again.kind !== 'shown') continue;
    shown += 1;
    divergence = again.divergence;
    done = again.steps;
  }
  // What cannot be done any more tells nothing against what was seen.
  if (shown > 0 && shown < ROUNDS && missed === 0 && lost > 0)
    return { kind: 'once', divergence, steps: done };
  return shown === ROUNDS
    ? { kind: 'confirmed', divergence, steps: done }
    : { kind: 'noise', shown, rounds: shown + missed };
}
