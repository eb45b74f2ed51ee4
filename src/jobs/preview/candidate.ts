/** Where an address was found, the most trustworthy first: the order in which candidates are preferred. */
export const SOURCES = [
  'command',
  'deployment',
  'check',
  'status',
  'comment',
  'template',
  'undated-comment',
  'description',
] as const;
export type PreviewSource = (typeof SOURCES)[number];

/** An address at which the head commit may be deployed. */
export interface PreviewCandidate {
  readonly kind: 'candidate';
  /** Absolute http(s), normalised. */
  readonly url: string;
  readonly source: PreviewSource;
  /** Name of the hosting service, where the host or the author tells. */
  readonly provider?: string;
  /** What the service deploys, of several in one repository; empty when it is not named. */
  readonly project: string;
  /** The folder that the service builds, where it says so. */
  readonly rootDirectory?: string;
  /** Name of the environment at GitHub. */
  readonly environment?: string;
  /** In ISO 8601. */
  readonly createdAt?: string;
  /** GitHub or the configuration vouches for it, so that the test account may be used there. */
  readonly isKnown: boolean;
  /** How it was found, in words that continue “the preview is”. */
  readonly why: string;
}

/** What looked like a preview and is not taken. */
export interface RejectedPreview {
  readonly kind: 'rejected';
  /** The address, or what it was where it has none. */
  readonly what: string;
  readonly why: string;
  /** It may become a preview by itself, such as a deployment that is being built. */
  readonly isPending?: boolean;
}

export type Considered = PreviewCandidate | RejectedPreview;

export function reject(what: string, why: string): RejectedPreview {
  return { kind: 'rejected', what, why };
}

export function pending(what: string, why: string): RejectedPreview {
  return { kind: 'rejected', what, why, isPending: true };
}
