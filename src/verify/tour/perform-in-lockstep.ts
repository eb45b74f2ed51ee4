import type { Step } from '../../domain/flow.ts';
import { onBoth, type Pair } from '../pair.ts';
import type { Navigation, Session, StepOutcome } from '../ports.ts';
import { addressOf, pathOn } from '../site.ts';
import { stepOnHead } from './counterpart.ts';
import type { StrideOptions, Walk } from './walk.ts';

const STEP_MS = 4_000;
const LOAD_MS = 15_000;
/** Page time between two tries of a step. */
const RETRY_MS = 250;
/** What the head gets when the base is done: it may only be late. */
const FAIR_MS = 2_500;

/** Whether a step could not be done; of a side that there is not, it could. */
export function isImpossible(outcome: StepOutcome | undefined): boolean {
  return outcome?.kind === 'impossible';
}

/**
 * Performs one step on both sides. What is not possible yet is tried again, both sides given the same time: as much as
 * `patienceMs` says, and at least a fair share for a head whose base is done.
 */
export async function performInLockstep(
  walk: Walk,
  step: Step,
  { isFresh = false, patienceMs = 0 }: StrideOptions,
): Promise<Pair<StepOutcome>> {
  if ('goto' in step) return open(walk, step.goto, isFresh);
  const before = walk.moment;
  const attempt = (session: Session, side: 'base' | 'head'): Promise<StepOutcome> =>
    session.act(
      side === 'head' ? stepOnHead(walk.run.knowledge, before, step) : step,
      walk.run.budget.within(STEP_MS),
    );
  let outcomes = await onBoth(walk.sessions, attempt);
  for (let waited = 0; isWorthAnotherTry(outcomes, waited, patienceMs); waited += RETRY_MS) {
    await onBoth(walk.sessions, (session) => session.pass(RETRY_MS));
    const last = outcomes;
    outcomes = await onBoth(walk.sessions, async (session, side) => {
      const outcome = last[side];
      if (outcome?.kind === 'done') return outcome;
      await session.read();
      return attempt(session, side);
    });
  }
  return outcomes;
}

function isWorthAnotherTry({ base, head }: Pair<StepOutcome>, waited: number, patienceMs: number): boolean {
  if (!isImpossible(base) && !isImpossible(head)) return false;
  const limit = base?.kind === 'done' ? Math.max(FAIR_MS, patienceMs) : patienceMs;
  return waited < limit;
}

async function open({ run, sessions }: Walk, path: string, isFresh: boolean): Promise<Pair<StepOutcome>> {
  return onBoth(sessions, async (session, side) => {
    const site = run.sites[side] ?? run.sites.head;
    const [address, limitMs] = [addressOf(site, path), run.budget.within(LOAD_MS)];
    const navigation = await (isFresh ? session.reset(address, limitMs) : session.goto(address, limitMs));
    return toOutcome(navigation, path, (url) => pathOn(site, url) ?? url);
  });
}

function toOutcome(navigation: Navigation, path: string, shown: (url: string) => string): StepOutcome {
  if (navigation.kind === 'loaded') {
    if (navigation.status < 400) return { kind: 'done' };
    return { kind: 'impossible', why: `${shown(navigation.url)} answers ${navigation.status}` };
  }
  if (navigation.kind === 'blocked')
    return { kind: 'impossible', why: `${path} leads where the browser may not go: ${navigation.why}` };
  return { kind: 'impossible', why: `${path} could not be opened: ${navigation.why}` };
}
