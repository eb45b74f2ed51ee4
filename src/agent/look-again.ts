import { omit } from '../lib/omit.ts';
import { type Candidate, type Rejected, reject } from './candidates.ts';
import type { Desk } from './desk.ts';
import { isToldAgain } from './merge.ts';
import { plainText } from './plain-text.ts';
import type { Plan } from './plan-reading.ts';
import type { ModelFinding } from './reading.ts';
import type { EarlierClaim } from './task.ts';
import { type Checked, verifyCause } from './verify-cause.ts';

/** What became of a claim that was told on an earlier head. */
export interface LookedAgain {
  readonly result: ModelFinding | Rejected;
  readonly cause: { readonly candidate: Candidate };
  /** Absent where nobody had to look. */
  readonly checked?: Checked;
}

/**
 * Looks again at a claim of an earlier head whose code still stands. With nothing around it changed, or found anew, it is
 * told as it was; else the verifier looks at it, and only what it can refute is told no more: silence is no proof that it
 * is fixed.
 */
export async function lookAgain(
  claim: EarlierClaim,
  { found, plan: { files, passages } }: { readonly found: readonly ModelFinding[]; readonly plan: Plan },
  desk: Desk,
  signal: AbortSignal,
): Promise<LookedAgain> {
  const cause = { candidate: toCandidate(claim, files.get(claim.location.path)?.head ?? ''), others: [] };
  if (claim.code === 'kept' || found.some((finding) => isToldAgain(finding, claim))) {
    return { result: toFinding(claim), cause };
  }
  const checked = await verifyCause(cause, { files, passages }, desk, signal);
  if (checked.kind !== 'decided' || checked.verdict.verdict !== 'refuted') {
    return { result: toFinding(claim), cause, checked };
  }
  const why = `told before, and the verifier refuted it: ${plainText(checked.verdict.reason, 300)}`;
  return { result: reject({ ...claim, ...claim.location }, claim.category, why), cause, checked };
}

/** For the report: only where somebody looked. */
export function checkedOnly<Looked extends LookedAgain>({
  checked,
  ...rest
}: Looked): readonly (Omit<Looked, 'checked'> & { readonly checked: Checked })[] {
  return checked === undefined ? [] : [{ ...rest, checked }];
}

function toCandidate(claim: EarlierClaim, head: string): Candidate {
  const { category, severity, confidence, title, body, location, model } = claim;
  const lines = head.split('\n').slice(location.startLine - 1, location.endLine);
  return {
    category,
    kind: 'other',
    title,
    trigger: 'as told before',
    mechanism: body,
    consequence: 'as told before',
    severity,
    confidence,
    location,
    code: lines.join('\n'),
    evidence: [],
    model,
  };
}

function toFinding(claim: EarlierClaim): ModelFinding {
  return { ...omit(claim, 'code'), kind: 'other' };
}
