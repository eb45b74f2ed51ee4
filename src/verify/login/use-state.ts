import { addressOf, pathOn } from '../site.ts';
import { type Attempt, fail, LOAD_MS } from './attempt.ts';
import { findLogOut } from './find-entry.ts';
import { findForm } from './find-form.ts';
import type { LoginResult } from './login-result.ts';
import type { LoginPage } from './ports.ts';
import { invitesLogin, placeOf } from './signs.ts';

/** Takes a stored state instead of logging in, and makes sure that it is still good: nobody asks for the account. */
export async function useStoredState(attempt: Attempt, json: string): Promise<LoginResult> {
  const { session, context } = attempt;
  const { site, settings } = context;
  const storage = session.readStoredState(json, context.mayVisit);
  if (storage === undefined) {
    const why =
      "the secret of login.state is no storage state in Playwright's JSON, or holds nothing for an allowed origin";
    return fail(attempt, { kind: 'could-not-try', reason: 'no-secret', why });
  }
  const address = addressOf(site, settings.path ?? pathOn(site, site.start.href) ?? '/');
  await session.goto(address, LOAD_MS);
  const before = await session.readLoginPage();
  await session.useStorage(storage);
  const opened = await session.goto(address, LOAD_MS);
  if (opened.kind !== 'loaded') {
    return fail(attempt, {
      kind: 'could-not-try',
      reason: 'not-opened',
      why: `${address} did not open: ${opened.why}`,
    });
  }
  const page = await session.readLoginPage();
  const sign = signOf(page, before, attempt);
  if (sign === undefined) {
    const why = 'the stored state of login.state is no longer good: the page still asks to log in';
    return fail(attempt, { kind: 'refused', reason: 'not-logged-in', why });
  }
  return { kind: 'ok', why: `the stored state was taken, and ${sign}`, storage: await session.storage() };
}

function signOf(page: LoginPage, before: LoginPage, { context }: Attempt): string | undefined {
  if (findLogOut(page) !== undefined) return 'there is something to log out with';
  const asked = (one: LoginPage): boolean =>
    findForm(one, { isLoginPage: context.settings.path !== undefined }).asks !== 'nothing';
  if (asked(page)) return undefined;
  if (placeOf(context.site, page.url) !== placeOf(context.site, before.url))
    return 'the page leads elsewhere';
  if (asked(before)) return 'the login form is gone';
  return invitesLogin(page) ? undefined : 'no page asks to log in';
}
