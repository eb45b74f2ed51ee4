import type { Step } from '../../domain/flow.ts';
import type { Random } from '../../lib/random.ts';
import { compareStates } from '../compare/compare-states.ts';
import type { Divergence } from '../compare/divergence.ts';
import { type Knowledge, learn } from '../compare/knowledge.ts';
import type { Moment } from '../compare/transition.ts';
import { abstractState } from '../model/abstract-state.ts';
import { onBoth, type Pair } from '../pair.ts';
import type { Session, StepOutcome } from '../ports.ts';
import type { Run, Surroundings } from '../run.ts';
import { addressOf } from '../site.ts';
import { describeImpossible } from './describe-impossible.ts';
import { translateStep } from './translate-step.ts';

const STEP_MS = 4_000;
const LOAD_MS = 15_000;
/** Page time that a difference must outlast: the slower side may only be late. */
const GRACE_MS = 2_500;

/** A pair of windows that are driven in lockstep. */
export interface Walk {
  readonly run: Run;
  readonly where: Surroundings;
  readonly sessions: Pair<Session>;
  readonly knowledge: Knowledge;
  readonly random: Random;
  /** What was done since the last fresh start, the opening of the first page included. */
  steps: readonly Step[];
  /** The abstract state after each of them. */
  keys: readonly string[];
  moment: Moment;
  /** Causes of the divergences of the last step. */
  parted: readonly string[];
}

/** What became of one step in lockstep. */
export interface Stride {
  /** `done`: on both sides, or on the base alone (then there is a divergence); `impossible`: not on the base. */
  readonly kind: 'done' | 'impossible';
  readonly divergences: readonly Divergence[];
}

/** Reads both sides; without a base the head stands on both sides, and nothing differs. */
export async function readBoth(sessions: Pair<Session>): Promise<Moment> {
  const { base, head } = await onBoth(sessions, (session) => session.read());
  return { base: base ?? head, head };
}

/** Opens `path` afresh on both sides: nothing is stored but what the login left. */
export async function startAfresh(walk: Walk, path: string): Promise<Stride> {
  const step: Step = { goto: path };
  const opened = await onBoth(walk.sessions, (session, side) =>
    session.reset(
      addressOf(walk.run.sites[side] ?? walk.run.sites.head, path),
      walk.run.budget.within(LOAD_MS),
    ),
  );
  const moment = await readBoth(walk.sessions);
  walk.moment = moment;
  walk.steps = [step];
  walk.keys = [abstractState(moment.base)];
  if (opened.base !== undefined && opened.base.kind !== 'loaded')
    return { kind: 'impossible', divergences: [] };
  if (opened.head.kind !== 'loaded') {
    const outcome: StepOutcome = { kind: 'impossible', why: opened.head.why };
    return { kind: 'done', divergences: [describeImpossible(step, outcome)] };
  }
  return { kind: 'done', divergences: await compareSettled(walk, { step, after: moment }) };
}

/** Does one step on both sides at the same time and compares what it did. */
export async function stride(walk: Walk, step: Step): Promise<Stride> {
  const before = walk.moment;
  const outcomes = await onBoth(walk.sessions, (session, side) => perform(walk, session, { step, side }));
  if (outcomes.base?.kind === 'impossible') {
    // The head may have moved on alone: both are read, so that what comes next is compared with what is there.
    if (outcomes.head.kind === 'done') walk.moment = await readBoth(walk.sessions);
    return { kind: 'impossible', divergences: [] };
  }
  if (outcomes.base === undefined && outcomes.head.kind === 'impossible') {
    return { kind: 'impossible', divergences: [] };
  }
  walk.steps = [...walk.steps, step];
  walk.moment = await readBoth(walk.sessions);
  walk.keys = [...walk.keys, abstractState(walk.moment.base)];
  if (outcomes.head.kind === 'impossible') {
    return { kind: 'done', divergences: [describeImpossible(step, outcomes.head)] };
  }
  return { kind: 'done', divergences: await compareSettled(walk, { before, step, after: walk.moment }) };
}

async function perform(
  { run, knowledge }: Walk,
  session: Session,
  { step, side }: { readonly step: Step; readonly side: 'base' | 'head' },
): Promise<StepOutcome> {
  if (!('goto' in step)) {
    return session.act(side === 'head' ? translateStep(knowledge, step) : step, run.budget.within(STEP_MS));
  }
  const address = addressOf(run.sites[side] ?? run.sites.head, step.goto);
  const navigation = await session.goto(address, run.budget.within(LOAD_MS));
  return navigation.kind === 'loaded' ? { kind: 'done' } : { kind: 'impossible', why: navigation.why };
}

/** Compares; what differs must still differ after a moment of page time. */
async function compareSettled(
  walk: Walk,
  transition: { readonly before?: Moment; readonly step: Step; readonly after: Moment },
): Promise<readonly Divergence[]> {
  if (walk.sessions.base === undefined) return [];
  const first = compareStates(transition, walk.knowledge, walk.run.sites);
  if (first.length === 0) {
    learn(walk.knowledge, transition.after);
    return [];
  }
  await onBoth(walk.sessions, (session) => session.pass(GRACE_MS));
  const later = await readBoth(walk.sessions);
  // Errors and requests belong to the first reading, what is shown to the second.
  const after: Moment = {
    base: joined(transition.after.base, later.base),
    head: joined(transition.after.head, later.head),
  };
  walk.moment = after;
  return compareStates({ ...transition, after }, walk.knowledge, walk.run.sites);
}

type Model = Moment['head'];

function joined(first: Model, second: Model): Model {
  return {
    ...second,
    errors: [...first.errors, ...second.errors],
    requests: [...first.requests, ...second.requests],
    dialogs: [...first.dialogs, ...second.dialogs],
    popups: [...first.popups, ...second.popups],
    downloads: [...first.downloads, ...second.downloads],
    blocked: [...first.blocked, ...second.blocked],
    busyMs: Math.max(first.busyMs, second.busyMs),
  };
}
