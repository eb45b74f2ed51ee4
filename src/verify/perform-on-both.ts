import type { Step } from '../domain/flow.ts';
import { onBoth, type Pair } from './pair.ts';
import type { Session, StepOutcome } from './ports.ts';
import type { Run } from './run.ts';
import { addressOf, pathOn } from './site.ts';

/** How long a step may take to become possible. */
const STEP_MS = 5_000;
const LOAD_MS = 15_000;
/** The least that the head gets for a step, however fast the base was. */
const FAIR_MS = 1_500;
/** The least in a second pass: the first one has waited its full time. */
const FAIR_AGAIN_MS = 750;

/**
 * Performs one step on both sides at once. The base gets its full time; once it is done the head gets a multiple of
 * what the base took.
 */
export async function performOnBoth(
  run: Run,
  sessions: Pair<Session>,
  { step, isAgain }: { readonly step: Step; readonly isAgain: boolean },
): Promise<Pair<StepOutcome>> {
  if ('goto' in step) {
    return onBoth(sessions, async (session, side) => {
      const site = run.sites[side] ?? run.sites.head;
      const navigation = await session.goto(addressOf(site, step.goto), run.budget.within(LOAD_MS));
      if (navigation.kind === 'loaded') {
        const path = pathOn(site, navigation.url) ?? navigation.url;
        return navigation.status < 400
          ? { kind: 'done' as const }
          : { kind: 'impossible' as const, why: `${path} answers ${navigation.status}` };
      }
      return { kind: 'impossible' as const, why: `${step.goto} could not be opened: ${navigation.why}` };
    });
  }
  const limitMs = run.budget.within(STEP_MS);
  const enough = new AbortController();
  const startedAt = run.ports.elapsedMs();
  let timer: NodeJS.Timeout | undefined;
  try {
    return await onBoth(sessions, async (session, side) => {
      if (side === 'head') return session.perform(step, limitMs + FAIR_MS, enough.signal);
      const outcome = await session.perform(step, limitMs);
      const took = run.ports.elapsedMs() - startedAt;
      timer = setTimeout(() => enough.abort(), outcome.kind === 'done' ? patience(took, isAgain) : 0);
      return outcome;
    });
  } finally {
    clearTimeout(timer);
  }
}

/** How much longer the head may take, when the base took so many milliseconds. */
function patience(took: number, isAgain: boolean): number {
  if (isAgain) return Math.max(FAIR_AGAIN_MS - took, took);
  return Math.max(FAIR_MS - took, Math.min(took * 4, took * 2 + 2_000));
}
