import { z } from 'zod';
import { isSamePicture, type Look, lookSchema } from './look.ts';

/** Who accepted how something looks. */
export const approverSchema = z
  .strictObject({
    by: z.string(),
    pull: z
      .int()
      .optional()
      .describe('The pull request on which it was accepted, when that is an earlier one to the same branch.'),
  })
  .readonly();
export type Approver = z.infer<typeof approverSchema>;

/** One look that a person accepted. No line and no commit takes part, so it survives rebases and squash merges. */
export const approvalSchema = z
  .strictObject({ ...lookSchema.unwrap().shape, ...approverSchema.unwrap().shape })
  .readonly();
export type Approval = z.infer<typeof approvalSchema>;

/**
 * Finds who accepted all of these looks: whoever accepted the last of them. Undefined when one of them was accepted by
 * nobody, be it another picture at a place whose earlier picture was, and when there are none: what has no look is about
 * behaviour, and no approval covers that.
 */
export function findApprover(
  { looks }: { readonly looks?: readonly Look[] | undefined },
  approvals: readonly Approval[],
): Approver | undefined {
  let last = -1;
  for (const look of looks ?? []) {
    const at = approvals.findLastIndex((one) => isSameLook(one, look));
    if (at === -1) return undefined;
    last = Math.max(last, at);
  }
  const approval = approvals[last];
  if (approval === undefined) return undefined;
  return { by: approval.by, ...(approval.pull === undefined ? {} : { pull: approval.pull }) };
}

/** The approvals with those of `more` that say something new, in their order; the oldest go where there are too many. */
export function joinApprovals(
  approvals: readonly Approval[],
  more: readonly Approval[],
): readonly Approval[] {
  const fresh: Approval[] = [];
  for (const one of more) {
    if (![...approvals, ...fresh].some((known) => isSameLook(known, one))) fresh.push(one);
  }
  return fresh.length === 0 ? approvals : [...approvals, ...fresh].slice(-MAX_APPROVALS);
}

/** Of one pull request. */
const MAX_APPROVALS = 2000;

export function isSameLook(one: Look, other: Look): boolean {
  return one.place === other.place && isSamePicture(one.picture, other.picture);
}
