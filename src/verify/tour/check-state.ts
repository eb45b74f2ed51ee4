import type { Step } from '../../domain/flow.ts';
import type { Divergence } from '../compare/divergence.ts';
import { describeErrors, errorKeys } from '../compare/judge-errors.ts';
import type { Moment } from '../compare/transition.ts';
import type { Violation } from '../invariants/invariant.ts';
import { checkInvariants } from '../invariants/invariants.ts';
import type { PageModel } from '../model/page-model.ts';
import type { Run } from '../run.ts';
import type { Walk } from './walk.ts';

/** What the state after a step shows that no product should: on the head alone, and on both sides. */
export interface Checked {
  readonly ofHead: readonly Divergence[];
  /** Equally true of the base: reported apart. */
  readonly ofBoth: readonly Divergence[];
}

/** Checks the invariants on both sides; without a base, the errors of the head count as well. */
export function checkState(
  { run, sessions }: Walk,
  { before, step, after }: { readonly before?: Moment; readonly step: Step; readonly after: Moment },
): Checked {
  const seen = (side: 'base' | 'head'): readonly Violation[] =>
    checkInvariants({ ...(before === undefined ? {} : { before: before[side] }), step, after: after[side] });
  const onHead = seen('head');
  const { head } = run.sites;
  if (sessions.base === undefined) {
    const own = onHead.filter(({ isDeltaOnly }) => isDeltaOnly !== true).map(toDivergence);
    return { ofHead: [...describeErrors(after.head, head, () => true), ...own], ofBoth: [] };
  }
  const keys = new Set(seen('base').map(({ key }) => key));
  const errors = new Set(run.sites.base === undefined ? [] : errorKeys(after.base, run.sites.base));
  return {
    ofHead: onHead.filter(({ key }) => !keys.has(key)).map(toDivergence),
    ofBoth: [
      ...describeErrors(after.head, head, (key) => errors.has(key)),
      ...onHead.filter(({ key, isDeltaOnly }) => keys.has(key) && isDeltaOnly !== true).map(toDivergence),
    ],
  };
}

/** What is wrong with a page of the head that the base does not have; errors that the base shows anywhere are old. */
export function checkAlone({ sites, knowledge }: Run, page: PageModel): readonly Divergence[] {
  const own = checkInvariants({ after: page }).filter(({ isDeltaOnly }) => isDeltaOnly !== true);
  return [
    ...describeErrors(page, sites.head, (key) => !knowledge.base.errors.has(key)),
    ...own.map(toDivergence),
  ];
}

function toDivergence(violation: Violation): Divergence {
  const { invariant, key, what, severity, category, expected, actual, node, expect } = violation;
  return {
    kind: 'invariant',
    key: `${invariant}|${key}|${actual}`,
    cause: `${invariant}|${key}`,
    category,
    severity,
    source: `firsthand/${invariant}`,
    what,
    expected,
    actual,
    ...(expect === undefined ? {} : { expect }),
    ...(node === undefined ? {} : { nodes: { head: node } }),
  };
}
