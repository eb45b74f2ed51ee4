import { MAIL_MS } from './answer-code.ts';
import { type Attempt, fail, LOAD_MS, press } from './attempt.ts';
import { findLogOut } from './find-entry.ts';
import { findForm } from './find-form.ts';
import type { FailedLogin } from './login-result.ts';
import type { LoginPage } from './ports.ts';
import { findLink } from './read-mail.ts';
import { BESIDE, ELSEWHERE, GO_ON, LOG_IN } from './words.ts';

/** A page that only asks to confirm has no more buttons than this. */
const MAX_BUTTONS = 3;

/** Opens the link of the message that the page has sent, and confirms where that is asked for. */
export async function followMail(attempt: Attempt): Promise<FailedLogin | undefined> {
  const { session, context } = attempt;
  const mail = await context.mailbox?.next(context.mailWaitMs ?? MAIL_MS, context.signal);
  if (mail === undefined) {
    return fail(attempt, {
      kind: 'could-not-try',
      reason: 'no-mail',
      why: 'the message with the link did not arrive',
    });
  }
  const link = findLink(mail, context.mayVisit);
  if (link === undefined) {
    const why =
      mail.links.length === 0
        ? 'the message holds no link'
        : 'the message links to no address where the browser may go (preview.origins)';
    return fail(attempt, {
      kind: 'could-not-try',
      reason: mail.links.length === 0 ? 'no-mail' : 'origin-refused',
      why,
    });
  }
  const opened = await session.goto(link, LOAD_MS);
  if (opened.kind !== 'loaded') {
    return fail(attempt, {
      kind: 'could-not-try',
      reason: 'not-opened',
      why: `the link of the message did not open: ${opened.why}`,
    });
  }
  const confirm = findConfirm(await session.readLoginPage());
  if (confirm !== undefined) await press(attempt, confirm);
  return undefined;
}

function findConfirm(page: LoginPage): LoginPage['controls'][number] | undefined {
  if (findForm(page, { isLoginPage: true }).asks !== 'nothing' || findLogOut(page) !== undefined)
    return undefined;
  const buttons = page.controls.filter(({ kind, isVisible }) => kind === 'button' && isVisible);
  if (buttons.length > MAX_BUTTONS) return undefined;
  return buttons.find(
    ({ label }) => (LOG_IN.test(label) || GO_ON.test(label)) && !BESIDE.test(label) && !ELSEWHERE.test(label),
  );
}
