import { sleep } from '../lib/sleep.ts';
import { leafTexts } from './leaf-texts.ts';
import type { LoginField, LoginForm, Observation, Session, StorageState } from './ports.ts';
import type { LoginSettings } from './settings.ts';
import { addressOf, pathOn, type Site } from './site.ts';
import { totp } from './totp.ts';

const LOAD_MS = 15_000;
const ANSWER_MS = 6_000;
const POLL_MS = 150;

/** The test account's values, or why there are none. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly totpKey?: string;
}

/** What came of one side's login. `picture` is what the page showed. */
export type LoginResult =
  | { readonly kind: 'ok'; readonly why: string; readonly storage: StorageState }
  | { readonly kind: 'refused'; readonly why: string; readonly picture?: Uint8Array }
  | { readonly kind: 'could-not-try'; readonly why: string; readonly picture?: Uint8Array };

export interface LoginContext {
  readonly site: Site;
  readonly settings: LoginSettings;
  readonly credentials: Credentials;
  readonly elapsedMs: () => number;
  /** How long the page may take to show the next field, or that the login worked; 6 seconds when left out. */
  readonly waitMs?: number | undefined;
  /** The wall clock at this moment, for one-time codes. */
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/**
 * Logs in as a person would: name and password on one page or on two, then a one-time code when the page asks.
 *
 * It counts as done when two of three signs agree: the password field is gone, the page is no longer the login page,
 * cookies or storage have changed.
 */
export async function logIn(session: Session, context: LoginContext): Promise<LoginResult> {
  const { site, settings, credentials } = context;
  const opened = await session.goto(addressOf(site, settings.path), LOAD_MS);
  if (opened.kind !== 'loaded' || opened.status >= 400) {
    const why = opened.kind === 'loaded' ? `it answers ${opened.status}` : opened.why;
    return couldNotTry(session, `the login page ${settings.path} did not open: ${why}`);
  }
  const before = await session.readLoginForm();
  const page = await session.observe();
  const first = await typeFirstPage(session, before, credentials);
  if (first !== undefined) return couldNotTry(session, first);
  await session.submitLogin();
  if (!before.fields.includes('password')) {
    const next = await waitForForm(session, context, (form) => form.fields.includes('password'));
    if (!next.fields.includes('password'))
      return refused(session, page, 'no password was asked for after the name');
    const typed = await session.typeCredential('password', credentials.password);
    if (typed !== 'typed') return couldNotTry(session, sayUntyped('password', typed));
    await session.submitLogin();
  }
  const second = await answerCode(session, context);
  if (second !== undefined) return second;
  const signs = await waitForSigns(session, context, before);
  if (signs.length < 2) {
    return refused(
      session,
      page,
      signs.length === 0 ? 'nothing changed' : `only one sign of success: ${signs[0]}`,
    );
  }
  return { kind: 'ok', why: signs.join(', '), storage: await session.storage() };
}

async function typeFirstPage(
  session: Session,
  form: LoginForm,
  { username, password }: Credentials,
): Promise<string | undefined> {
  if (!form.fields.includes('username') && !form.fields.includes('password')) {
    return 'the login page has no field for a name or a password';
  }
  const values: [LoginField, string][] = [
    ['username', username],
    ['password', password],
  ];
  for (const [field, value] of values) {
    if (!form.fields.includes(field)) continue;
    const typed = await session.typeCredential(field, value);
    if (typed !== 'typed') return sayUntyped(field, typed);
  }
  return undefined;
}

function sayUntyped(field: LoginField, typed: 'absent' | 'origin-refused'): string {
  return typed === 'origin-refused'
    ? `the page that asks for the ${field} is not on an allowed origin (preview.origins)`
    : `the ${field} field went away before it could be filled`;
}

/** Types the one-time code when the page asks for one; a result ends the login. */
async function answerCode(session: Session, context: LoginContext): Promise<LoginResult | undefined> {
  const key = context.credentials.totpKey;
  const asks = (form: LoginForm): boolean =>
    form.fields.includes('one-time-code') && !form.fields.includes('password');
  const form =
    key === undefined ? await session.readLoginForm() : await waitForForm(session, context, asks, 1 / 3);
  if (!asks(form)) return undefined;
  if (key === undefined) {
    return couldNotTry(session, 'the page asks for a one-time code, and login.totp is not set');
  }
  const code = totp(key, context.now());
  if (code === undefined)
    return couldNotTry(session, 'the secret of login.totp is no base32 key and no otpauth:// address');
  const typed = await session.typeCredential('one-time-code', code);
  if (typed !== 'typed') return couldNotTry(session, sayUntyped('one-time-code', typed));
  await session.submitLogin();
  return undefined;
}

async function waitForForm(
  session: Session,
  { elapsedMs, signal, waitMs = ANSWER_MS }: LoginContext,
  isIt: (form: LoginForm) => boolean,
  part = 1,
): Promise<LoginForm> {
  const end = elapsedMs() + waitMs * part;
  for (;;) {
    const form = await session.readLoginForm();
    if (isIt(form) || elapsedMs() >= end) return form;
    await sleep(POLL_MS, signal);
  }
}

async function waitForSigns(
  session: Session,
  context: LoginContext,
  before: LoginForm,
): Promise<readonly string[]> {
  const signsOf = (form: LoginForm): readonly string[] =>
    [
      form.fields.includes('password') || form.fields.includes('one-time-code')
        ? ''
        : 'the password field is gone',
      samePath(context.site, form.url, before.url) ? '' : 'the login page was left',
      form.storageDigest === before.storageDigest ? '' : 'cookies or storage changed',
    ].filter((sign) => sign !== '');
  const isDone = (form: LoginForm): boolean =>
    signsOf(form).length >= 2 && signsOf(form)[0] === 'the password field is gone';
  const form = await waitForForm(session, context, isDone);
  const signs = signsOf(form);
  // A cookie that every visitor gets, on a page that still asks for the password, is no login.
  return signs[0] === 'the password field is gone' ? signs : signs.slice(0, 1);
}

function samePath(site: Site, first: string, second: string): boolean {
  return (pathOn(site, first) ?? first).split('?')[0] === (pathOn(site, second) ?? second).split('?')[0];
}

async function refused(session: Session, before: Observation, why: string): Promise<LoginResult> {
  const after = await session.observe();
  const known = new Set(leafTexts(before.snapshot));
  const said = leafTexts(after.snapshot).filter((text) => !known.has(text) && /\p{L}{2}/u.test(text));
  const words = said.length === 0 ? why : `the page says “${said.slice(0, 3).join(' ').slice(0, 200)}”`;
  return {
    kind: 'refused',
    why: words,
    ...(after.screenshot === undefined ? {} : { picture: after.screenshot }),
  };
}

async function couldNotTry(session: Session, why: string): Promise<LoginResult> {
  const picture = await session.capture();
  return { kind: 'could-not-try', why, ...(picture === undefined ? {} : { picture }) };
}
