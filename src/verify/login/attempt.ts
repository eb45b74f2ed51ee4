import { sleep } from '../../lib/sleep.ts';
import type { Session } from '../ports.ts';
import type { LoginSettings } from '../settings.ts';
import type { Site } from '../site.ts';
import type { Credentials } from './find-account.ts';
import { findConsent } from './find-entry.ts';
import type { FailedLogin } from './login-result.ts';
import type { LoginControl, LoginPage, Mailbox } from './ports.ts';

const ANSWER_MS = 6_000;
const POLL_MS = 120;
export const LOAD_MS = 15_000;

export interface LoginContext {
  readonly site: Site;
  readonly settings: LoginSettings;
  readonly credentials: Credentials;
  readonly elapsedMs: () => number;
  /** How long the page may take to show the next field, or that the login worked; 6 seconds when left out. */
  readonly waitMs?: number | undefined;
  /** The wall clock at this moment, for one-time codes. */
  readonly now: () => Date;
  /** Where messages to the account arrive; absent when none can. */
  readonly mailbox?: Mailbox | undefined;
  /** How long a message may take to arrive; 30 seconds when left out. */
  readonly mailWaitMs?: number | undefined;
  /** Whether a page may be loaded from this address; the browser enforces it too. */
  readonly mayVisit: (url: URL) => boolean;
  readonly signal: AbortSignal;
}

/** One side's login while it goes on. */
export interface Attempt {
  readonly session: Session;
  readonly context: LoginContext;
}

/** Looks at the page until `holds`, or for as long as an answer may take. */
export async function waitForPage(
  { session, context }: Attempt,
  holds: (page: LoginPage) => boolean,
  part = 1,
): Promise<LoginPage> {
  const { elapsedMs, signal, waitMs = ANSWER_MS } = context;
  const end = elapsedMs() + waitMs * part;
  for (;;) {
    const page = await session.readLoginPage();
    if ((!page.isPartial && holds(page)) || elapsedMs() >= end) return page;
    await sleep(POLL_MS, signal);
  }
}

/**
 * Presses a control as a person would. What a banner about cookies covers is pressed when the banner has been answered;
 * what something else covers by the page's own `click()`, for whether it can be pressed is not what a login is to find out.
 */
export async function press({ session }: Attempt, control: LoginControl): Promise<boolean> {
  const first = await session.pressControl(control.ref, 'pointer');
  if (first !== 'covered') return first === 'pressed';
  const consent = findConsent(await session.readLoginPage());
  if (consent !== undefined) await session.pressControl(consent.ref, 'pointer');
  const again = sameControl(await session.readLoginPage(), control);
  if (again === undefined) return false;
  const second = await session.pressControl(again.ref, 'pointer');
  if (second !== 'covered') return second === 'pressed';
  return (await session.pressControl(again.ref, 'script')) === 'pressed';
}

/** The control of a newer reading that says the same of itself. */
export function sameControl(page: LoginPage, control: LoginControl): LoginControl | undefined {
  const { kind, type, names, label, href } = control;
  return page.controls.find(
    (one) =>
      one.isVisible &&
      one.kind === kind &&
      one.type === type &&
      one.names === names &&
      one.label === label &&
      one.href === href,
  );
}

/** A login that came to nothing, with a picture of where it ended. */
export async function fail(
  { session }: Attempt,
  failure: Omit<FailedLogin, 'picture'>,
): Promise<FailedLogin> {
  const picture = await session.capture();
  return picture === undefined ? failure : { ...failure, picture };
}
