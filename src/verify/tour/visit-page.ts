import type { Divergence } from '../compare/divergence.ts';
import { type LinkedPath, linkedPaths } from '../linked-paths.ts';
import type { StepOutcome } from '../ports.ts';
import { pathTemplate } from '../site.ts';
import { confirmNew } from './confirm.ts';
import { describePreExisting, describeSuspect } from './describe-suspect.ts';
import { noteFirstLook } from './is-remembered.ts';
import { auditState, lookAtState } from './look-at-state.ts';
import { noteShown } from './note-shown.ts';
import { noteState } from './note-state.ts';
import { isImpossible } from './perform-in-lockstep.ts';
import { stride } from './stride.ts';
import type { Walk } from './walk.ts';

export interface Visit {
  readonly path: string;
  /** The page of the head whose link led here first; undefined when the base links here too, or nothing does. */
  readonly newLinkOn: string | undefined;
  /** Nothing links here: the repository's files say that there is such a page. */
  readonly isGuessed?: boolean;
}

/** Opens a page on both sides and compares what they show. Returns the paths that it links to. */
export async function visitPage(walk: Walk, visit: Visit): Promise<readonly LinkedPath[]> {
  const { run } = walk;
  const { path } = visit;
  const { outcomes, divergences } = await stride(walk, { goto: path }, { isFresh: true });
  noteState(walk);
  await noteShown(walk);
  const links = await linkedPaths(run, walk.sessions);
  const { base, head } = outcomes;
  if (run.budget.isOver() && (isImpossible(base) || isImpossible(head))) {
    run.coverage.notReached.set(path, run.budget.why());
    return [];
  }
  if (head.kind === 'impossible' && base?.kind !== 'done') {
    if (visit.isGuessed === true) {
      run.coverage.notReached.set(path, `no link leads there, and ${head.why}`);
      return [];
    }
    await noteBroken(walk, visit, head);
    return links;
  }
  if (base?.kind === 'impossible') {
    const isAbsent = /answers 4(?:04|10)$/.test(base.why);
    const why = isAbsent
      ? 'new on the head, nothing to compare with'
      : `nothing to compare with: on the base ${base.why}`;
    run.coverage.notReached.set(path, why);
  }
  noteFirstLook(walk);
  await confirmNew(walk, divergences);
  if (isImpossible(base) || isImpossible(head)) return links;
  if (walk.isAlike) await lookAtState(walk);
  await auditState(walk);
  return links;
}

/** A page that does not open on the head, and has not been seen to open on the base. */
async function noteBroken(
  walk: Walk,
  { path, newLinkOn }: Visit,
  head: Extract<StepOutcome, { kind: 'impossible' }>,
): Promise<void> {
  const { run, sessions } = walk;
  // Where the browser may not go is our own limit.
  if (walk.moment.head.blocked.some(({ kind }) => kind === 'navigation')) {
    run.coverage.notReached.set(path, head.why);
    return;
  }
  const isNew = newLinkOn !== undefined;
  const broken: Divergence = {
    kind: 'place',
    key: `page|${path}|${head.why}`,
    cause: `page|${pathTemplate(path)}`,
    category: 'flow',
    severity: 'medium',
    source: 'firsthand/page-broken',
    what: isNew
      ? `${newLinkOn} links to this page, and it does not open: ${head.why}`
      : `the page does not open: ${head.why}`,
    expected: 'the page opens',
    actual: head.why,
  };
  if (sessions.base !== undefined && !isNew) {
    const cause = `${broken.cause}|both`;
    run.ledger.add(describePreExisting(walk, { ...broken, cause }), 'confirmed');
    return;
  }
  const again = await stride(walk, { goto: path }, { isFresh: true });
  if (!isImpossible(again.outcomes.head)) return;
  const difference = await describeSuspect(walk, broken, walk.steps);
  run.ledger.add({ ...difference, ...(isNew ? { body: 'Only the head has this link.' } : {}) }, 'confirmed');
}
