import type { Affected } from '../domain/affected.ts';
import type { ChangedLine } from '../domain/diff.ts';
import type { VerifySettings } from './settings.ts';

/** What to try. Addresses are absolute http(s) URLs. */
export interface VerifyRequest {
  readonly head: string;
  /** The base deployment; absent when there is none: then only the head's own errors are reported, as such. */
  readonly base?: string;
  /** How the base was chosen and how old it is, for the report. */
  readonly baseReason?: string;
  readonly settings: VerifySettings;
  /** Paths that the diff touches, to choose flows by; absent when unknown (then every flow runs). */
  readonly changedPaths?: readonly string[];
  /** Lines that the diff adds or removes, to name those that made something look different; absent when unknown. */
  readonly changedLines?: readonly ChangedLine[];
  /** What of the product the diff may affect, to look there first and to tell what was seen of it; absent when unknown. */
  readonly affected?: Affected;
  /** What else is worth trying: words of places where something may be wrong. They only weigh what is tried first. */
  readonly hints?: readonly { readonly words: readonly string[] }[];
  /** Names of the flows to drive, instead of those that apply. An unknown name is a `UserError`. */
  readonly flows?: readonly string[];
  /** Whether the test account may be used, and if not, why (a fork without `/verify`). */
  readonly credentials: { readonly kind: 'allowed' } | { readonly kind: 'withheld'; readonly why: string };
  /**
   * Whether exploration may press and send what it finds, on both deployments; if not, why (a base that people use).
   * Allowed when left out. Configured flows are driven in any case.
   */
  readonly exploration?: { readonly kind: 'allowed' } | { readonly kind: 'withheld'; readonly why: string };
  /** One of several previews of a commit: a flow that the base cannot do either is for another one, and no shortfall of this. */
  readonly isOneOfSeveral?: boolean;
  /** `host:port` of addresses that the operator named and that may therefore be private or loopback. */
  readonly privateHosts: readonly string[];
  /** Stands in the report. The order of this version's choices is fixed, so it changes nothing yet. */
  readonly seed: number;
  readonly startedAt: Date;
  /** Of Firsthand, for the report. */
  readonly version: string;
  /** How long to wait for a deployment that does not answer yet, in milliseconds; 20 seconds when left out. */
  readonly readyWaitMs?: number;
  /** How long a login may take to answer, in milliseconds; 6 seconds when left out. */
  readonly loginWaitMs?: number;
}

/** How far a verification has come; sent when something changed. */
export interface VerifyProgress {
  readonly phase: 'opening' | 'logging-in' | 'driving' | 'comparing' | 'exploring' | 'shrinking' | 'done';
  /** What is being done, in a few words, such as `Checkout with a coupon: step 3 of 7`. */
  readonly doing: string;
  readonly actions: number;
  readonly findings: number;
}
