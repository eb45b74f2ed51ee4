/** What kind of fault a person would call it. */
export const FAMILIES = [
  'missing element',
  'no response',
  'wrong navigation',
  'wrong result',
  'cross-flow state',
  'visual',
  'console/network',
  'environment',
] as const;
export type Family = (typeof FAMILIES)[number];

export const APPS = ['tasks', 'desk', 'ledger', 'market', 'shop', 'board', 'clinic'] as const;
export type AppName = (typeof APPS)[number];

/** Replaces text of one file of the app. `find` must occur exactly once, or with `all` at least once. */
export interface Edit {
  /** Relative to the app's folder (the shop: to `examples/shop/base`). */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly all?: true;
}

interface Change {
  /** Begins with the app's name; never changes, since results are compared by it. */
  readonly id: string;
  readonly app: AppName;
  /** One sentence about what the author did. */
  readonly description: string;
  readonly edits: readonly Edit[];
  /** Files that the change adds, by path. */
  readonly adds?: Readonly<Record<string, string>>;
}

/** A pull request that breaks something. */
export interface Fault extends Change {
  readonly harmless: false;
  readonly family: Family;
  /** What a person would see, and after which steps. */
  readonly sees: string;
  /**
   * For changes that also alter the page on purpose: a regular expression (source) that a finding must match, in its
   * title, body, expected or actual text, to count as this fault.
   */
  readonly countsWhen?: string;
}

/** A pull request after which everything still works; whatever is said about it is a false alarm. */
export interface HarmlessChange extends Change {
  readonly harmless: true;
  /** What kind of change it is, such as `refactoring`. */
  readonly kind: string;
}

export type Variant = Fault | HarmlessChange;
