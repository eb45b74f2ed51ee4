import type { Step } from '../../domain/flow.ts';
import { compareStates } from '../compare/compare-states.ts';
import type { Divergence } from '../compare/divergence.ts';
import type { Moment } from '../compare/transition.ts';
import { abstractState } from '../model/abstract-state.ts';
import { EMPTY_PAGE, type PageModel } from '../model/page-model.ts';
import { onBoth, type Pair } from '../pair.ts';
import type { Session, StepOutcome } from '../ports.ts';
import { noteRan } from '../ran/note-ran.ts';
import { type Run, withSessions } from '../run.ts';
import { pathOn, type Site } from '../site.ts';
import type { Surroundings } from '../surroundings.ts';
import { checkAlone, checkState } from './check-state.ts';
import { describeImpossible } from './describe-impossible.ts';
import { describePreExisting } from './describe-suspect.ts';
import { effectOf, isMutation, isSending } from './effect.ts';
import { isRemembered } from './is-remembered.ts';
import { joinModels } from './join-models.ts';
import { isImpossible, performInLockstep } from './perform-in-lockstep.ts';
import { noteTyped } from './suspects.ts';
import type { Stride, StrideOptions, Walk } from './walk.ts';
import { withViolations } from './with-violations.ts';

/** Page time that a difference must outlast: the slower side may only be late. */
const GRACE_MS = 2_500;

/** Opens a pair of windows, does `work` and closes them. */
export async function withWalk<Result>(
  run: Run,
  where: Surroundings,
  work: (walk: Walk) => Promise<Result>,
): Promise<Result> {
  return withSessions(run, where, (sessions) =>
    work({
      run,
      where,
      sessions,
      steps: [],
      keys: [],
      pages: [],
      moment: { base: EMPTY_PAGE, head: EMPTY_PAGE },
      hasMutated: false,
      hasSent: false,
      isAlike: false,
    }),
  );
}

/** Does one step on both sides at the same time, reads both, and compares what it did. */
export async function stride(walk: Walk, step: Step, options: StrideOptions = {}): Promise<Stride> {
  const before = walk.moment.base;
  const taken = await takeStep(walk, step, options);
  await noteRan(walk);
  const isMutating = isMutation(effectOf(before, walk.moment.base));
  walk.hasMutated = options.isFresh !== true && (walk.hasMutated || isMutating);
  const { base, head } = walk.moment;
  walk.hasSent = options.isFresh !== true && (walk.hasSent || isSending(base) || isSending(head));
  walk.isAlike = taken.divergences.length === 0 && !isImpossible(taken.outcomes.base ?? taken.outcomes.head);
  return isRemembered(walk) ? { ...taken, divergences: [] } : taken;
}

async function takeStep(walk: Walk, step: Step, options: StrideOptions): Promise<Stride> {
  const { run } = walk;
  const before = options.isFresh === true || 'goto' in step ? undefined : walk.moment;
  const outcomes = await performInLockstep(walk, step, options);
  const after = await readBoth(walk.sessions);
  walk.moment = after;
  noteTyped(run.suspects, step);
  const isPossible = !isImpossible(outcomes.base ?? outcomes.head);
  if (isPossible || options.isFresh === true) {
    walk.steps = options.isFresh === true ? [step] : [...walk.steps, step];
    walk.keys = [...(options.isFresh === true ? [] : walk.keys), abstractState(after.base)];
    walk.pages = [...(options.isFresh === true ? [] : walk.pages), after.base];
  }
  // A step that the end of the time has cut short tells nothing.
  if (run.budget.isOver() && (!isPossible || isImpossible(outcomes.head)))
    return { outcomes, divergences: [] };
  if (!isPossible) return { outcomes, divergences: 'goto' in step ? onlyOnHead(walk, outcomes) : [] };
  if (outcomes.base !== undefined && isImpossible(outcomes.head)) {
    return { outcomes, divergences: [describeImpossible(step, outcomes.head, after)] };
  }
  const { sites } = run;
  const refusal = refusalOf(after.head, sites.head);
  const onBase = sites.base === undefined ? undefined : refusalOf(after.base, sites.base);
  // A page that the base does not have: there is nothing to compare with.
  if (onBase !== undefined && refusal === undefined)
    return { outcomes: { ...outcomes, base: onBase }, divergences: [] };
  if (sites.base !== undefined && onBase === undefined && refusal !== undefined) {
    const broken = describeImpossible({ goto: refusal.path }, refusal, after);
    return { outcomes, divergences: [{ ...broken, error: refusal.error }] };
  }
  const transition = { step, after, ...(before === undefined ? {} : { before }) };
  const divergences = await compareSettled(walk, transition);
  const { ofHead, ofBoth } = checkState(walk, { ...transition, after: walk.moment });
  for (const one of ofBoth) run.ledger.add(describePreExisting(walk, one), 'confirmed');
  return { outcomes, divergences: withViolations(divergences, ofHead) };
}

type Refused = NonNullable<Divergence['error']>;

/** Why the page that an action led to does not open; undefined when it does. */
function refusalOf(
  { requests, url }: PageModel,
  site: Site,
):
  | (StepOutcome & { readonly kind: 'impossible'; readonly path: string; readonly error: Refused })
  | undefined {
  const own = requests.findLast((one) => one.resource === 'document' && one.url === url);
  if (own?.status === undefined || own.status < 400) return undefined;
  const path = pathOn(site, url) ?? url;
  const error = { kind: 'request', message: `${own.method} ${own.url}`, status: own.status } as const;
  return { kind: 'impossible', path, why: `${path} answers ${own.status}`, error };
}

/** What is wrong with a page that only the head has: there is nothing to compare it with. */
function onlyOnHead({ run, moment }: Walk, { head }: Pair<StepOutcome>): readonly Divergence[] {
  return isImpossible(head) ? [] : checkAlone(run, moment.head);
}

async function readBoth(sessions: Pair<Session>): Promise<Moment> {
  const { base, head } = await onBoth(sessions, (session) => session.read());
  return { base: base ?? head, head };
}

/** Compares; what differs must still differ after a moment of page time. */
async function compareSettled(
  walk: Walk,
  transition: { readonly before?: Moment; readonly step: Step; readonly after: Moment },
): Promise<readonly Divergence[]> {
  const { knowledge, sites } = walk.run;
  if (compareStates(transition, knowledge, sites).length === 0) return [];
  await onBoth(walk.sessions, (session) => session.pass(GRACE_MS));
  const later = await readBoth(walk.sessions);
  walk.moment = {
    base: joinModels(transition.after.base, later.base),
    head: joinModels(transition.after.head, later.head),
  };
  return compareStates({ ...transition, after: walk.moment }, knowledge, sites);
}
