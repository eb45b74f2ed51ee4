import type { Session } from '../ports.ts';
import { pathOn } from '../site.ts';
import { answerCode } from './answer-code.ts';
import { type Attempt, fail, type LoginContext, press, waitForPage } from './attempt.ts';
import { confirmLogin } from './confirm-login.ts';
import { findNotNow, findPasswordChoice } from './find-entry.ts';
import { findForm, type LoginForm } from './find-form.ts';
import { followMail } from './follow-mail.ts';
import type { FailedLogin, LoginResult } from './login-result.ts';
import { openForm } from './open-form.ts';
import type { LoginControl, LoginPage } from './ports.ts';
import { submit, typeInto } from './send-form.ts';
import { askedBehind, type Before, hasComplaint, newLines, reasonOf, signsOf } from './signs.ts';
import { MAIL_SENT } from './words.ts';

/** Pages that a login may lead through: name, password, code, "stay signed in?" and the like, with some to spare. */
const MAX_PAGES = 8;

/** How far an attempt has come. */
interface Progress {
  readonly sent: Set<'name' | 'password' | 'mail' | 'choice' | 'not now'>;
  /** The one-time code that was tried last. */
  code: string | undefined;
  /** The page as it was when something was sent last. */
  last: LoginPage;
}

/**
 * Logs in as a person would: finds the form, gives name and password on one page or on two, then a one-time code, or
 * follows the link of a message, when the page asks.
 *
 * It counts as done when independent signs agree: the form is gone, and the login page was left, cookies or storage have
 * changed, or the page shows something that only an account sees.
 */
export async function logIn(session: Session, context: LoginContext): Promise<LoginResult> {
  const attempt: Attempt = { session, context };
  const opened = await openForm(attempt);
  if (opened.kind !== 'found') return opened;
  const before: Before = {
    page: opened.page,
    site: context.site,
    username: context.credentials.username ?? '',
  };
  const progress: Progress = { sent: new Set(), code: undefined, last: opened.page };
  let page = opened.page;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const moved = await takeStep(attempt, page, { before, progress });
    if (moved.kind === 'failed') return moved.failure;
    if (moved.kind === 'in') {
      const failure = await confirmLogin(attempt, moved, before);
      if (failure !== undefined) return failure;
      const path = opened.isDirect ? pathOn(context.site, opened.page.url) : undefined;
      const why = moved.signs.join(', ');
      return { kind: 'ok', why, storage: await session.storage(), ...(path === undefined ? {} : { path }) };
    }
    page = moved.page;
  }
  return fail(attempt, {
    kind: 'could-not-try',
    reason: 'unknown-form',
    why: `the login led through more than ${MAX_PAGES} pages`,
  });
}

/** What one step of a login led to. */
export type Moved =
  | { readonly kind: 'page'; readonly page: LoginPage }
  | { readonly kind: 'in'; readonly page: LoginPage; readonly signs: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: FailedLogin };

interface StepParts {
  readonly before: Before;
  readonly progress: Progress;
}

/** What a page asks for: until the account was given, every field may be the login's. */
function askedOf(page: LoginPage, { before, progress }: StepParts): LoginForm {
  const isGiven = progress.sent.has('password') || progress.sent.has('mail');
  return isGiven ? askedBehind(page, before) : findForm(page, { isLoginPage: true });
}

async function takeStep(attempt: Attempt, page: LoginPage, parts: StepParts): Promise<Moved> {
  const { progress } = parts;
  const form = askedOf(page, parts);
  const failed = (failure: FailedLogin): Moved => ({ kind: 'failed', failure });
  switch (form.asks) {
    case 'password': {
      if (progress.sent.has('password')) return failed(await refuse(attempt, page, parts));
      return sendFields(attempt, { page, form, parts });
    }
    case 'name': {
      if (!progress.sent.has('name')) return sendFields(attempt, { page, form, parts });
      return (
        (await chooseOtherwise(attempt, page, parts)) ??
        failed(await refuse(attempt, page, parts, 'no password was asked for after the name'))
      );
    }
    case 'code': {
      const choice = await choosePassword(attempt, page, parts);
      if (choice !== undefined) return choice;
      const answered = await answerCode(attempt, form.codes, progress.code);
      if (answered.kind === 'failed') return answered;
      progress.code = answered.code;
      await submit(attempt, form);
      return afterSending(attempt, { page, asked: form, parts });
    }
    case 'nothing':
      return takeUnasked(attempt, page, parts);
    default:
      return form.asks satisfies never;
  }
}

/** Goes on from a page that asks for nothing, after something was sent. */
async function takeUnasked(attempt: Attempt, page: LoginPage, parts: StepParts): Promise<Moved> {
  if (page.isPartial) {
    const why = 'the page stopped answering in the middle of the login';
    return {
      kind: 'failed',
      failure: await fail(attempt, { kind: 'could-not-try', reason: 'not-opened', why }),
    };
  }
  const signs = signsOf(page, parts.before);
  const otherwise = await chooseOtherwise(attempt, page, parts);
  if (otherwise !== undefined) return otherwise;
  if (signs.length >= 2) return { kind: 'in', page, signs };
  const why = signs.length === 0 ? 'nothing changed' : `only one sign of success: ${signs[0]}`;
  return { kind: 'failed', failure: await refuse(attempt, page, parts, why) };
}

/** Another way on: the password instead of a link or a device, the message that was sent, a question to be put off. */
async function chooseOtherwise(
  attempt: Attempt,
  page: LoginPage,
  parts: StepParts,
): Promise<Moved | undefined> {
  const { progress } = parts;
  const choice = await choosePassword(attempt, page, parts);
  if (choice !== undefined) return choice;
  const awaits = !progress.sent.has('mail') && !progress.sent.has('password') && MAIL_SENT.test(page.text);
  if (awaits && attempt.context.mailbox === undefined) {
    const why =
      'the page mails a link or a code, and none can be received: login.mail or FIRSTHAND_SMTP_PORT is not set';
    return {
      kind: 'failed',
      failure: await fail(attempt, { kind: 'could-not-try', reason: 'no-mail', why }),
    };
  }
  if (awaits) {
    progress.sent.add('mail');
    const failure = await followMail(attempt);
    if (failure !== undefined) return { kind: 'failed', failure };
    return afterSending(attempt, { page, asked: undefined, parts });
  }
  const notNow =
    progress.sent.has('password') && !progress.sent.has('not now') ? findNotNow(page) : undefined;
  if (notNow === undefined) return undefined;
  progress.sent.add('not now');
  await press(attempt, notNow);
  return afterSending(attempt, { page, asked: undefined, parts });
}

async function choosePassword(
  attempt: Attempt,
  page: LoginPage,
  parts: StepParts,
): Promise<Moved | undefined> {
  const { progress } = parts;
  if (
    progress.sent.has('password') ||
    progress.sent.has('choice') ||
    attempt.context.credentials.password === undefined
  )
    return undefined;
  const choice = findPasswordChoice(page);
  if (choice === undefined) return undefined;
  progress.sent.add('choice');
  await press(attempt, choice);
  const next = await waitForPage(
    attempt,
    (now) => findForm(now, { isLoginPage: true }).asks === 'password',
    1 / 3,
  );
  return { kind: 'page', page: next };
}

interface Sending {
  readonly page: LoginPage;
  readonly form: LoginForm;
  readonly parts: StepParts;
}

/** Fills the fields that the page shows and sends them. */
async function sendFields(attempt: Attempt, { page, form, parts }: Sending): Promise<Moved> {
  const { credentials } = attempt.context;
  const values: (readonly [LoginControl | undefined, string | undefined, string])[] = [
    [form.username, credentials.username, 'name'],
    [form.password, credentials.password, 'password'],
  ];
  for (const [control, value, what] of values) {
    if (control === undefined) continue;
    if (value === undefined) {
      const why = `the page asks for a ${what}, and login.${what === 'name' ? 'username' : what} is not set`;
      return {
        kind: 'failed',
        failure: await fail(attempt, { kind: 'could-not-try', reason: 'no-secret', why }),
      };
    }
    const failure = await typeInto(attempt, control, { value, what });
    if (failure !== undefined) return { kind: 'failed', failure };
  }
  if (form.codes.length > 0 && credentials.totpKey !== undefined) {
    const answered = await answerCode(attempt, form.codes, undefined);
    if (answered.kind === 'failed') return answered;
  }
  parts.progress.sent.add(form.asks === 'password' ? 'password' : 'name');
  await submit(attempt, form);
  return afterSending(attempt, { page, asked: form, parts });
}

interface Sent {
  readonly page: LoginPage;
  /** What the page asked for when it was sent. */
  readonly asked: LoginForm | undefined;
  readonly parts: StepParts;
}

/** Waits for the page's answer: the next question, the signs of success, or a complaint. */
async function afterSending(attempt: Attempt, { page, asked, parts }: Sent): Promise<Moved> {
  const { before, progress } = parts;
  progress.last = page;
  let complaints = 0;
  const next = await waitForPage(attempt, (now) => {
    const form = askedOf(now, parts);
    if (form.asks === 'nothing')
      return (
        signsOf(now, before).length >= 2 || MAIL_SENT.test(now.text) || findPasswordChoice(now) !== undefined
      );
    if (form.asks !== asked?.asks) return true;
    complaints = hasComplaint(now, page) ? complaints + 1 : 0;
    return complaints > 2;
  });
  const form = askedOf(next, parts);
  const signs = signsOf(next, before);
  const isThrough =
    form.asks === 'nothing' &&
    signs.length >= 2 &&
    findNotNow(next) === undefined &&
    !MAIL_SENT.test(next.text);
  return isThrough ? { kind: 'in', page: next, signs } : { kind: 'page', page: next };
}

async function refuse(
  attempt: Attempt,
  page: LoginPage,
  { progress }: StepParts,
  why = 'the page asks again',
): Promise<FailedLogin> {
  const reason = reasonOf(page, progress.last);
  const said = newLines(page, progress.last).slice(0, 3).join(' ').slice(0, 200);
  const words = said === '' ? why : `the page says “${said}”`;
  if (reason !== 'captcha') return fail(attempt, { kind: 'refused', reason, why: words });
  return fail(attempt, {
    kind: 'could-not-try',
    reason,
    why: `the login asks for a proof that a person is there (captcha); ${words}`,
  });
}
