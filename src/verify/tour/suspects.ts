import { SEVERITIES } from '../../domain/finding.ts';
import { describeTarget, type Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { type Difference, graver } from '../difference.ts';
import type { PageModel } from '../model/page-model.ts';
import type { Surroundings } from '../surroundings.ts';

/** Something that base and head do not share and that showed again in a replay, with the steps of the first time. */
export interface Suspect {
  readonly divergence: Divergence;
  readonly steps: readonly Step[];
  /** The abstract state after each step, to cut loops. */
  readonly keys: readonly string[];
  /** What the base showed after each step. */
  readonly pages: readonly PageModel[];
  readonly where: Surroundings;
  /** It showed in a replay; otherwise the time was over before. */
  readonly isSeenAgain: boolean;
  /** What else differed at that moment, in words. */
  readonly also: readonly string[];
  /** It stands in the ledger already, or was found to be nothing. */
  readonly isJudged?: true;
}

/** A state that looks different or has a new barrier, as it was seen once. */
export interface StateSuspect {
  readonly kind: 'picture' | 'audit';
  readonly difference: Difference;
  /** What the base showed after each of its steps. */
  readonly pages: readonly PageModel[];
  readonly where: Surroundings;
  /** The same in other states. */
  readonly others: Difference[];
  /** It stands in the ledger already, or was found to be nothing. */
  readonly isJudged?: true;
}

/** What a run suspects, until it is judged. */
export interface Suspects {
  /** By cause. */
  readonly confirmed: Map<string, Suspect>;
  /** Causes that did not show again, and what follows from a cause that is known. */
  readonly dismissed: Set<string>;
  /** By key of the difference. */
  readonly states: Map<string, StateSuspect>;
  /** Pages that showed the same on both sides when they were first opened: by environment and address on the base. */
  readonly alike: Set<string>;
  /** Those that did not. */
  readonly unlike: Set<string>;
  /** Something that came out differently was sent to the servers. */
  hasSent: boolean;
  /** What was typed anywhere in this run. */
  readonly typed: Set<string>;
  /** How many states of a page were audited for accessibility. */
  readonly audited: Map<string, number>;
}

export function createSuspects(): Suspects {
  return {
    confirmed: new Map(),
    dismissed: new Set(),
    states: new Map(),
    audited: new Map(),
    alike: new Set(),
    unlike: new Set(),
    typed: new Set(),
    hasSent: false,
  };
}

/** Whether nothing new would be learned: a graver form of a known cause still is. */
export function isKnown({ confirmed, dismissed }: Suspects, divergence: Divergence): boolean {
  if (dismissed.has(divergence.cause)) return true;
  const known = confirmed.get(divergence.cause)?.divergence;
  return known !== undefined && graver(known.severity, divergence.severity) === known.severity;
}

/** Shorter texts occur anywhere. */
const MIN_TYPED = 4;

/**
 * Whether one side shows what was typed in an earlier sequence and the other does not, while the two are known to differ:
 * one kept it and the other did not, which the known difference tells already. `steps` are those of this sequence.
 */
export function showsWhatWasTyped(
  { confirmed, typed }: Suspects,
  { expected, actual }: Divergence,
  steps: readonly Step[],
): boolean {
  if (confirmed.size === 0) return false;
  const own = new Set(steps.flatMap((step) => ('fill' in step ? [step.fill.value] : [])));
  return [...typed].some((value) => !own.has(value) && expected.includes(value) !== actual.includes(value));
}

/** An amount or a number of some length, such as `−€21.70`: hardly ever twice the same by chance. */
const AMOUNT = /[-−]?\p{Sc}?\s?\d[\d.,\s]*\d/u;

/** Whether a check found the same wrong amount before, which is only shown in another place now, such as on a receipt. */
export function showsTheSameAmount({ confirmed }: Suspects, { source, actual }: Divergence): boolean {
  const amount = AMOUNT.exec(actual)?.[0].trim();
  if (amount === undefined || amount.length < MIN_TYPED) return false;
  return [...confirmed.values()].some(
    ({ divergence }) => divergence.source === source && divergence.actual.includes(amount),
  );
}

/** Whether one tells of a control that is gone or disabled, and another that this control cannot be used. */
export function isOfTheSameControl({ confirmed }: Suspects, divergence: Divergence): boolean {
  return [...confirmed.values()].some(
    (known) => tellsOfUse(known.divergence, divergence) || tellsOfUse(divergence, known.divergence),
  );
}

function tellsOfUse({ kind, nodes, actual }: Divergence, { source, expected }: Divergence): boolean {
  const isBarrier = kind === 'missing' || (kind === 'state' && /\bdisabled\b/.test(actual));
  if (!isBarrier || nodes?.base === undefined || source !== 'firsthand/step-impossible') return false;
  const { role, name } = nodes.base;
  return name !== '' && expected.includes(describeTarget({ role, name }));
}

/** Notes what a step typed, in whatever sequence. */
export function noteTyped({ typed }: Suspects, step: Step): void {
  if ('fill' in step && step.fill.value.trim().length >= MIN_TYPED) typed.add(step.fill.value);
}

/** Whether `shown` is the suspected divergence once more, and no milder form of it. */
export function isSuspected(suspected: Divergence, shown: Divergence): boolean {
  return suspected.cause === shown.cause && graver(suspected.severity, shown.severity) === shown.severity;
}

/** The same of another item, whose name stands in one of the two texts. */
export function isSuspectedOfOther(suspected: Divergence, shown: Divergence): boolean {
  if (isSuspected(suspected, shown)) return true;
  const isAlike = suspected.kind === shown.kind && suspected.source === shown.source;
  return isAlike && suspected.actual !== '' && suspected.actual === shown.actual;
}

/** Suspects of one sort, after which one more of it says nothing new: most likely they have one cause. */
const MAX_OF_A_SORT = 4;

/** Whether enough of the same check is suspected already, and nothing as grave as this would be missed. */
export function isOneOfMany({ confirmed }: Suspects, divergence: Divergence): boolean {
  const like = [...confirmed.values()].filter((one) => one.divergence.source === divergence.source);
  return (
    like.length >= MAX_OF_A_SORT &&
    like.some((one) => graver(one.divergence.severity, divergence.severity) === one.divergence.severity)
  );
}

/** The gravest first, otherwise in their order. */
export function gravestFirst(divergences: readonly Divergence[]): readonly Divergence[] {
  const rank = ({ severity }: Divergence): number => SEVERITIES.indexOf(severity);
  return [...divergences].sort((a, b) => rank(a) - rank(b));
}
