import type { Step } from '../../domain/flow.ts';
import { sleep } from '../../lib/sleep.ts';
import type { Verdict } from '../difference.ts';
import { onBoth, type Pair } from '../pair.ts';
import { performOnBoth } from '../perform-on-both.ts';
import type { Session, StepOutcome } from '../ports.ts';
import { type Run, withSessions } from '../run.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Claim, type Claimed, claimOf } from './claim.ts';
import { errorLine } from './error-line.ts';
import { hasStyle } from './has-style.ts';
import { countSent, type SentRequest } from './sent-request.ts';

const ROUNDS = 3;
/** As long as assertions of Playwright Test wait when nothing else is said. */
const ASSERTION_MS = 5_000;
/** How long an error may take to be reported after the last step. */
const ERROR_MS = 3_000;
const POLL_MS = 100;
/** What holds at once may cease to hold a moment later: the page is left alone so long before it is asked. */
const QUIET_MS = 500;

export interface Proof {
  readonly verdict: Verdict;
  /** How many rounds were played to their end, and how many of them showed the difference. */
  readonly rounds: number;
  readonly shown: number;
}

/**
 * Proves a difference by its steps alone, the way a witness test does: plain steps on fresh contexts with the real
 * clock, three times.
 *
 * In the first round the head gets all the time that a test would give it; in the others, a fair multiple of what the
 * base needs. Without a base, what the head does alone decides.
 */
export async function prove(run: Run, difference: Claimed, where: Surroundings): Promise<Proof> {
  const claim = claimOf(difference);
  let [rounds, shown] = [0, 0];
  if (claim === undefined) return { verdict: 'untestable', rounds, shown };
  while (rounds < ROUNDS) {
    const isFirst = rounds === 0;
    const showing = await withSessions(run, { ...where, clock: { kind: 'real' } }, (sessions) =>
      playRound(run, claim, { sessions, isFirst }),
    );
    // Too little time is no proof of anything: what a round told that ended late does not count.
    if (showing === 'over' || run.budget.isOver()) return { verdict: 'cut', rounds, shown };
    rounds += 1;
    if (showing === 'shows') shown += 1;
  }
  const verdict = shown === ROUNDS ? 'confirmed' : shown === 0 ? 'rejected' : 'flaky';
  return { verdict, rounds, shown };
}

interface Round {
  readonly sessions: Pair<Session>;
  readonly isFirst: boolean;
}

async function playRound(run: Run, claim: Claim, round: Round): Promise<'shows' | 'not' | 'over'> {
  const last = claim.kind === 'step' || claim.kind === 'request' ? claim.steps.at(-1) : undefined;
  for (const step of last === undefined ? claim.steps : claim.steps.slice(0, -1)) {
    if (!run.budget.repeat()) return 'over';
    const outcomes = await performOnBoth(run, round.sessions, { step, isAgain: false });
    if (!isDone(outcomes.base) || !isDone(outcomes.head)) return 'not';
  }
  if (!run.budget.repeat()) return 'over';
  const shows = await check(run, claim, { ...round, last });
  return shows ? 'shows' : 'not';
}

async function check(
  run: Run,
  claim: Claim,
  { sessions, isFirst, last }: Round & { readonly last: Step | undefined },
): Promise<boolean> {
  switch (claim.kind) {
    case 'step': {
      if (last === undefined) return false;
      if ('expect' in last) await sleep(QUIET_MS, run.signal);
      const outcomes = await performLast(run, sessions, { step: last, isFirst });
      return isDone(outcomes.base) && outcomes.head.kind === 'impossible';
    }
    case 'error':
      return reportsOnHeadOnly(run, sessions, claim.error);
    case 'request':
      return last !== undefined && sendsOnBaseOnly(run, sessions, { step: last, sends: claim.sends });
    case 'style': {
      await sleep(QUIET_MS, run.signal);
      const { base, head } = await onBoth(sessions, (session) => hasStyle(session, claim.style));
      return base !== 'another' && base !== 'unclear' && head === 'another';
    }
    default:
      return claim satisfies never;
  }
}

async function performLast(
  run: Run,
  sessions: Pair<Session>,
  { step, isFirst }: { readonly step: Step; readonly isFirst: boolean },
): Promise<Pair<StepOutcome>> {
  if ('goto' in step || !isFirst) return performOnBoth(run, sessions, { step, isAgain: !isFirst });
  return onBoth(sessions, (session) => session.perform(step, run.budget.within(ASSERTION_MS)));
}

/** Undefined: there is no base, which cannot disagree. */
function isDone(outcome: StepOutcome | undefined): boolean {
  return outcome?.kind !== 'impossible';
}

/** Does the last step, and counts on both sides until the base has sent what it should. */
async function sendsOnBaseOnly(
  run: Run,
  sessions: Pair<Session>,
  { step, sends }: { readonly step: Step; readonly sends: SentRequest },
): Promise<boolean> {
  let [base, head] = [0, 0];
  await onBoth(sessions, (session) => session.read());
  const outcomes = await performOnBoth(run, sessions, { step, isAgain: false });
  if (!isDone(outcomes.base) || !isDone(outcomes.head)) return false;
  const deadline = run.ports.elapsedMs() + run.budget.within(ERROR_MS);
  const count = async (): Promise<void> => {
    const now = await onBoth(sessions, async (session) => countSent(sends, (await session.read()).requests));
    base += now.base ?? 0;
    head += now.head;
  };
  await count();
  while (base < sends.times && run.ports.elapsedMs() < deadline) {
    await sleep(POLL_MS, run.signal);
    await count();
  }
  await sleep(QUIET_MS, run.signal);
  await count();
  return base === sends.times && head !== sends.times;
}

/** Listens on both sides until the head has reported the error, and then whether the base has too. */
async function reportsOnHeadOnly(
  run: Run,
  sessions: Pair<Session>,
  error: Extract<Claim, { kind: 'error' }>['error'],
): Promise<boolean> {
  const wanted = errorLine(error);
  const reports = async (session: Session): Promise<boolean> =>
    (await session.read()).errors.some((one) => errorLine(one) === wanted);
  const deadline = run.ports.elapsedMs() + run.budget.within(ERROR_MS);
  let seen = await onBoth(sessions, reports);
  while (!seen.head && seen.base !== true && run.ports.elapsedMs() < deadline) {
    await sleep(POLL_MS, run.signal);
    seen = await onBoth(sessions, reports);
  }
  if (!seen.head || seen.base === true) return false;
  // The base may be a little later than the head.
  await sleep(QUIET_MS, run.signal);
  return !(await onBoth(sessions, reports)).base;
}
