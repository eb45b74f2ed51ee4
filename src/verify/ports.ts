import type { Step } from '../domain/flow.ts';
import type { LoginPage, MailSink, Pressing } from './login/ports.ts';
import type { PageError, PageModel } from './model/page-model.ts';
import type { ScriptWatch } from './ran/ports.ts';
import type { VerifyProgress } from './request.ts';

/** Keeps the pictures and tests that a run produces. */
export interface ArtifactStore {
  /** Keeps `bytes` under `name` (a relative path of letters, digits, `-`, `_`, `.` and `/`). Overwrites. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Looks up the value of a secret that the configuration names. */
export interface SecretSource {
  /** The value, or `undefined` when none is stored under that name. */
  find(name: string): Promise<string | undefined>;
}

/** Everything that `verifyPreview` needs from outside. */
export interface VerifyPorts {
  readonly browser: BrowserLauncher;
  readonly artifacts: ArtifactStore;
  readonly secrets: SecretSource;
  /** Receives what products mail to test accounts; absent when nothing can be received. */
  readonly mail?: MailSink;
  /** Told when something changed; must not throw. */
  readonly onProgress: (progress: VerifyProgress) => void;
  /** Milliseconds since the run began, from a clock that never goes back. */
  readonly elapsedMs: () => number;
}

/** Where a browser may go; enforced below the page, at connect time. */
export interface BrowserPolicy {
  /** Whether a page (not a subresource) may be loaded from this address. */
  readonly mayVisit: (url: URL) => boolean;
  /** `host:port` of private or loopback addresses that the operator named; every other private address is refused. */
  readonly privateHosts: readonly string[];
}

/** Starts browsers. */
export interface BrowserLauncher {
  /**
   * Starts a browser, or connects to a remote one; several may share a process. What was opened in it ends on `close` and
   * when `signal` is aborted.
   * Throws `UserError` when there is none to start, `TransientError` when it did not come up.
   */
  open(policy: BrowserPolicy, signal: AbortSignal): Promise<Browser>;
  /** As `open`, in another engine; says why where it cannot be had. Left out: there is none. */
  openOther?(
    engine: OtherEngine,
    policy: BrowserPolicy,
    signal: AbortSignal,
  ): Promise<
    { readonly kind: 'open'; readonly browser: Browser } | { readonly kind: 'missing'; readonly why: string }
  >;
  /** The other engines that are installed on this machine, to be tried unasked. */
  otherEngines?(): Promise<readonly OtherEngine[]>;
}

/** An engine beside Chromium, which is the default. */
export type OtherEngine = 'firefox' | 'webkit';

/** What cannot be done in an engine as in Chromium. */
export interface EngineLimits {
  /** Why sessions with this network are not opened; undefined when they are. */
  whyNotOpened(options: Pick<SessionOptions, 'network'>): string | undefined;
  /** Those of the headers that it can keep to the site's own origin; no others may be asked for. */
  keptHeaders(headers: SessionOptions['headers']): SessionOptions['headers'];
  /** What its sessions leave out, to be named in the report. */
  notTried(options: {
    readonly viewport: Viewport;
    readonly isLoggedIn: boolean;
  }): readonly { readonly what: string; readonly why: string }[];
}

/** One running browser. Sessions of one browser share nothing but the process. */
export interface Browser {
  /** Such as `Chromium 156.0.8078.79`, and whether it runs without its sandbox. */
  readonly name: string;
  /** Left out: nothing is limited. */
  readonly limits?: EngineLimits;
  /** How often it ended by itself and another one took its place: its sessions went on there. */
  replaced(): number;
  /**
   * Opens a fresh context with one empty page. Throws `TransientError` when there is no browser to open it in; it, and
   * every method of a session, throws `BrowserLostError` when the browser ended too often.
   */
  openSession(options: SessionOptions): Promise<Session>;
  /** Ends every session, and the browser when nobody else uses it. Safe to call twice. */
  close(): Promise<void>;
}

/** A window of the browser, in CSS pixels. */
export interface Viewport {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly deviceScaleFactor: number;
  readonly isMobile: boolean;
  readonly hasTouch: boolean;
}

/** The settings of one context. Base and head always get the same ones but for the address. */
export interface SessionOptions {
  /** Address of the deployment; `headers` go to its origin only. */
  readonly site: URL;
  readonly viewport: Viewport;
  readonly colorScheme: 'light' | 'dark';
  readonly locale: string;
  readonly timezone: string;
  /** Whether the system asks pages for less motion; it does when left out, so that pictures stand still. */
  readonly reducedMotion?: boolean;
  /** `offline`: pages load, and then have no network. `online` when left out. */
  readonly network?: 'online' | 'offline' | 'slow';
  readonly headers: Readonly<Record<string, string>>;
  /** CSS selectors of regions that are blanked in pictures. */
  readonly masks: readonly string[];
  /** Texts that are blanked in pictures wherever the page shows them. */
  readonly secrets: readonly string[];
  /** What a login left behind. */
  readonly storage?: StorageState;
  /** Whether the session watches which functions run. */
  readonly watchesScripts?: boolean;
  /**
   * `fixed`: the page's clock begins at `at` (milliseconds since 1970) and only runs while the page settles, and its
   * random numbers come from `seed`. `real` or left out: the machine's own.
   */
  readonly clock?:
    | { readonly kind: 'real' }
    | { readonly kind: 'fixed'; readonly at: number; readonly seed: number };
}

/** Cookies and storage of a context, to be given to another one. Opaque outside the adapter. */
export interface StorageState {
  readonly kind: 'storage-state';
}

/** What became of an attempt to load a page. */
export type Navigation =
  | { readonly kind: 'loaded'; readonly status: number; readonly url: string }
  | { readonly kind: 'blocked'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** What became of a step. `why` says what stood in the way, such as `covered by dialog “Cookies”`. */
export type StepOutcome = { readonly kind: 'done' } | { readonly kind: 'impossible'; readonly why: string };

/** What the page showed after a step. Errors and the like are those since the observation before. */
export interface Observation {
  readonly url: string;
  readonly title: string;
  /** Accessibility tree in Playwright's text form. */
  readonly snapshot: string;
  readonly errors: readonly PageError[];
  readonly dialogs: readonly { readonly kind: string; readonly message: string }[];
  /** Addresses of windows that the page opened; they were closed. */
  readonly popups: readonly string[];
  /** What our own policy refused; never the app's fault. A `navigation` is where a page or a window was to go. */
  readonly blocked: readonly {
    readonly url: string;
    readonly why: string;
    readonly kind: 'navigation' | 'request';
  }[];
  /** PNG of the whole page up to a height limit; absent when the page could not be captured. */
  readonly screenshot?: Uint8Array;
  /** The page did not answer within the limit; the other fields are what was known. */
  readonly isHung: boolean;
}

/** One element of the page, in document order, to explain what changed in a picture. */
export interface ElementBox {
  /** Identity that survives between two builds: tag path with ids and the ordinal among equals. */
  readonly key: string;
  readonly tag: string;
  readonly role: string;
  /** Accessible name or own text, at most 80 characters. */
  readonly name: string;
  /** The element's own text, folded, at most 200 characters. */
  readonly text: string;
  readonly isInteractive: boolean;
  /** In pixels of the screenshot. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Computed values of the properties that are compared. */
  readonly styles: Readonly<Record<string, string>>;
  /** The class attribute as written, at most 200 characters. */
  readonly classes?: string;
  /** Place of the nearest ancestor in the same list; absent for the outermost. */
  readonly parent?: number;
  /** By how much the content is larger than the box, where it is, in pixels of the screenshot. */
  readonly overflow?: { readonly x: number; readonly y: number };
  /** Of a control: what lies over its middle wherever the page is scrolled to, such as `div “Cookies”`. */
  readonly coveredBy?: string;
  /** An image that did not load. */
  readonly isBroken?: boolean;
}

/** What became of typing a credential; nothing was typed unless it is `typed`. */
export type CredentialTyping = 'typed' | 'absent' | 'origin-refused';

/** One element that keeps somebody from using the page, as an audit found it. */
export interface AccessibilityViolation {
  /** Name of the rule in axe, such as `color-contrast`. */
  readonly rule: string;
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical';
  /** What the rule asks for, in a sentence. */
  readonly help: string;
  /** Role of the element, or its tag where it has none. */
  readonly role: string;
  /** Accessible name or text, at most 80 characters. */
  readonly name: string;
  /** CSS path of the element. */
  readonly selector: string;
  /** What is wrong with this element, such as the contrast that it has and needs. */
  readonly why: string;
}

/** One page in its own context. No method throws because of what a page does; all are bounded in time. */
export interface Session extends ScriptWatch {
  /** Loads `url` and waits until the page has settled. */
  goto(url: string, limitMs: number): Promise<Navigation>;
  /**
   * Performs one step other than `goto` as soon as it is possible, or says why it was not within `limitMs`, and waits
   * until the page has settled. Aborting `stop` ends the waiting as soon as the page waits for no answer either.
   */
  perform(step: Exclude<Step, { goto: string }>, limitMs: number, stop?: AbortSignal): Promise<StepOutcome>;
  /** Observes the settled page, and starts a new account of errors, dialogs and requests. */
  observe(): Promise<Observation>;
  /**
   * Reads the settled page as a model, without a picture, and starts a new account of errors, requests and the like.
   * Cheap: meant to be called after every action.
   */
  read(): Promise<PageModel>;
  /**
   * Performs one step quickly, on the element that the last `read` saw under the step's target, and waits until the page
   * has settled. For targets with a role or a name; any other goes the way of `perform`. `impossible` at once, with the
   * reason, when the target is not there, is disabled, is covered, or (for keys) the focus is not where it was read.
   */
  act(step: Step, limitMs: number): Promise<StepOutcome>;
  /** Forgets everything that the pages stored, puts back what the login left, and loads `url`. One tab remains. */
  reset(url: string, limitMs: number): Promise<Navigation>;
  /** Lets `ms` of the page's clock pass and waits until the page has settled. */
  pass(ms: number): Promise<void>;
  /**
   * Audits the main document for accessibility, out of the page's reach, within three seconds. Nothing that the page
   * could notice. `undefined` when the page is too large to be audited, hangs or did not answer in time.
   */
  audit(): Promise<readonly AccessibilityViolation[] | undefined>;
  /** A picture of the page as it is, taken as in `observe`. */
  capture(): Promise<Uint8Array | undefined>;
  /** The visible elements in document order, at most some thousands. */
  describeElements(): Promise<readonly ElementBox[]>;
  /** Links of the page: absolute addresses with their accessible names, in document order, each address once; at most 501. */
  listLinks(): Promise<readonly { readonly url: string; readonly name: string }[]>;
  /** Reads what matters to a login, frames of the same site and open shadow roots included. Values are not read. */
  readLoginPage(): Promise<LoginPage>;
  /**
   * Types a credential into a field of the last login page read. `origin-refused` when `policy.mayVisit` does not hold
   * at that moment for the very document that holds the field: nothing was typed then. `absent` when it is gone.
   */
  typeCredential(ref: string, value: string): Promise<CredentialTyping>;
  /** Presses a control of the last login page read and waits until the page has settled. `covered`: nothing was done. */
  pressControl(ref: string, how: Pressing): Promise<'pressed' | 'absent' | 'covered'>;
  storage(): Promise<StorageState>;
  /**
   * Reads a storage state in Playwright's JSON. Only what belongs to origins where `mayUse` holds is taken, as the
   * site's own; `undefined` when that is nothing, or when it is no such JSON.
   */
  readStoredState(json: string, mayUse: (origin: URL) => boolean): StorageState | undefined;
  /** Puts cookies and storage in the place of those that were, for the next `goto` and every `reset` from now on. */
  useStorage(storage: StorageState): Promise<void>;
  close(): Promise<void>;
}
