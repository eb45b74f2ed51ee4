import { type Attempt, fail, press, sameControl, waitForPage } from './attempt.ts';
import { findForm, type LoginForm } from './find-form.ts';
import type { FailedLogin } from './login-result.ts';
import type { LoginControl, LoginPage } from './ports.ts';

/** Types a value into a field, or says why it could not. */
export async function typeInto(
  attempt: Attempt,
  control: LoginControl,
  { value, what }: { readonly value: string; readonly what: string },
): Promise<FailedLogin | undefined> {
  let typed = await attempt.session.typeCredential(control.ref, value);
  if (typed === 'absent') {
    // The page has drawn the field anew: it is the one that says the same of itself.
    const again = sameControl(await attempt.session.readLoginPage(), control);
    if (again !== undefined) typed = await attempt.session.typeCredential(again.ref, value);
  }
  if (typed === 'typed') return undefined;
  return fail(
    attempt,
    typed === 'origin-refused'
      ? {
          kind: 'could-not-try',
          reason: 'origin-refused',
          why: `the page that asks for the ${what} is not on an allowed origin (preview.origins)`,
        }
      : {
          kind: 'could-not-try',
          reason: 'unknown-form',
          why: `the ${what} field went away before it could be filled`,
        },
  );
}

/** Sends a form by its button, else by Enter in its last field. */
export async function submit(attempt: Attempt, form: LoginForm): Promise<void> {
  const read = (page: LoginPage): LoginForm => findForm(page, { isLoginPage: true });
  // Some buttons wake only when the page has looked at what was typed.
  const now = await waitForPage(attempt, (page) => read(page).submit?.isDisabled !== true, 1 / 4);
  const fresh = read(now);
  const button = fresh.asks === form.asks ? fresh.submit : undefined;
  if (button !== undefined && !button.isDisabled && (await press(attempt, button))) return;
  const last = fresh.codes.at(-1) ?? fresh.password ?? fresh.username;
  if (last !== undefined) await attempt.session.pressControl(last.ref, 'enter');
}
