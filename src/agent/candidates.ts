import type { Location, ReviewCategory, Severity } from '../domain/finding.ts';
import type { Quote, RawClaim } from './claim-schema.ts';

/** A model's claim that has passed the checks which need no model: it stands at lines that exist and are in the diff. */
export interface Candidate {
  readonly category: ReviewCategory;
  readonly kind: string;
  readonly title: string;
  readonly trigger: string;
  readonly mechanism: string;
  readonly consequence: string;
  readonly severity: Severity;
  readonly confidence: number;
  readonly location: Location;
  /** The quoted lines, as they stand in the file. */
  readonly code: string;
  /** Only quotes that match. */
  readonly evidence: readonly Quote[];
  /** The written rule that is broken, for style. */
  readonly rule?: { readonly path: string; readonly text: string };
  /** Replaces the location's lines; differs from them, not tried yet. */
  readonly replacement?: string;
  /** Who found it. */
  readonly model: string;
}

/** A claim that is not reported, and why. */
export interface Rejected {
  readonly category: ReviewCategory;
  readonly title: string;
  readonly path: string;
  readonly line: number;
  readonly severity: Severity;
  readonly reason: string;
}

export function reject(
  claim: Pick<RawClaim, 'title' | 'path' | 'startLine' | 'severity'>,
  category: ReviewCategory,
  reason: string,
): Rejected {
  const { title, path, startLine, severity } = claim;
  return { category, title, path, line: startLine, severity, reason };
}
