import type { Category, Finding, Severity } from '../domain/finding.ts';
import type { Expectation, Step, Target } from '../domain/flow.ts';
import type { PageError } from './model/page-model.ts';
import type { Image } from './pictures/image.ts';
import type { Intent } from './pictures/intent.ts';
import type { SentRequest } from './shrink/sent-request.ts';

/** Pictures that show a difference: the same part of the page on the base, on the head, and what differs. */
export interface Evidence {
  readonly expected?: Image;
  readonly actual: Image;
  readonly diff?: Image;
  readonly annotated?: Image;
}

/**
 * What became of three attempts to show a difference by its steps alone, from fresh contexts: every one showed it, some
 * did, none did; nothing in it can be checked by steps; or the budget ended before all three were done.
 */
export type Verdict = 'confirmed' | 'flaky' | 'rejected' | 'untestable' | 'cut';

/** Something that base and head do not share, before it is known to happen again. */
export interface Difference {
  /** Names the cause: equal in a second run, on other pages and in other windows that show the same. */
  readonly key: string;
  readonly category: Category;
  readonly severity: Severity;
  /** The check that found it, such as `firsthand/number-changed`. */
  readonly source: string;
  readonly title: string;
  readonly body: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly steps: readonly Step[];
  /** Holds on the base after the steps and not on the head; a plain Playwright test can check it. */
  readonly expect?: Expectation;
  /** What the page of the head reports after the steps, and that of the base does not. */
  readonly error?: Pick<PageError, 'kind' | 'message' | 'status'>;
  /** What the page of the base sends by the last step, and how often; that of the head does so another number of times. */
  readonly sends?: SentRequest;
  /** The computed style of the one element of this name on the base; another on the head. */
  readonly style?: { readonly of: Target; readonly property: string; readonly value: string };
  /** What became of the attempt to prove it from the steps alone; absent where the steps were driven plainly anyway. */
  readonly proof?: Verdict;
  readonly url: string;
  readonly environment: string;
  /** Who was logged in; nobody when left out, and the usual account when it names no role. */
  readonly account?: { readonly role?: string };
  /** Draws the pictures; costly, so it is done for what is reported only. */
  readonly evidence?: () => Evidence;
  /** Values such as `$16.00 → −$4.00`; differences that share one have the same cause. */
  readonly values?: readonly string[];
  /** Whether a difference of pictures looks like what somebody meant to do; a finding when left out. */
  readonly intent?: Intent;
  /** Of a difference of pictures alone: what changed of which elements, and the digest of how it looks now. */
  readonly look?: { readonly what: string; readonly picture: string };
  /** What is told with it, as one finding. */
  readonly toldWith?: readonly Difference[];
  /** The same on the base: reported apart. */
  readonly isOnBase?: boolean;
  /** There was no base to compare with. */
  readonly hasNoBase?: boolean;
  /** The part of the picture that nothing in the document explains: it must look the same in a second run. */
  readonly region?: { readonly base: Image; readonly head: Image };
}

export const SEVERITY_ORDER: readonly Finding['severity'][] = ['low', 'medium', 'high', 'critical'];

/** The graver of two. */
export function graver(a: Severity, b: Severity): Severity {
  return SEVERITY_ORDER.indexOf(a) >= SEVERITY_ORDER.indexOf(b) ? a : b;
}
