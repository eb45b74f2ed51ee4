import type { Finding } from './finding.ts';

/** A finding that a model argued on an earlier head and that is still open, and what became of its code. */
export interface EarlierFinding {
  /** Its location is where its code stands on the head; where the code is gone, where it stood. */
  readonly finding: Finding;
  /** `kept`: its code and the declaration around it; `around`: only what is around it changed; `gone`: its own code did. */
  readonly code: 'kept' | 'around' | 'gone';
}
