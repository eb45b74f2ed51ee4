import { addressOf, pathOn } from '../site.ts';
import { type Attempt, fail, LOAD_MS } from './attempt.ts';
import { findLogOut } from './find-entry.ts';
import { findForm } from './find-form.ts';
import type { FailedLogin } from './login-result.ts';
import type { LoginPage } from './ports.ts';
import { type Before, newLines, reasonOf } from './signs.ts';
import { LOCKED, WRONG } from './words.ts';

/**
 * Asks the login page itself, where a page that seems to be behind the login also says that something is wrong.
 *
 * Somebody who is in is led away from it. Left alone where nothing is in doubt, because some products end the session of
 * whoever opens the login page.
 */
export async function confirmLogin(
  attempt: Attempt,
  { page }: { readonly page: LoginPage },
  before: Before,
): Promise<FailedLogin | undefined> {
  const said = newLines(page, before.page);
  const wrong = said.find((line) => WRONG.test(line) || LOCKED.test(line));
  if (wrong === undefined || findLogOut(page) !== undefined) return undefined;
  const { session, context } = attempt;
  const path = pathOn(context.site, before.page.url);
  const opened = await session.goto(
    path === undefined ? before.page.url : addressOf(context.site, path),
    LOAD_MS,
  );
  const now = await session.readLoginPage();
  const isAsked = opened.kind !== 'loaded' || findForm(now, { isLoginPage: true }).asks !== 'nothing';
  if (!isAsked || findLogOut(now) !== undefined) return undefined;
  return fail(attempt, {
    kind: 'refused',
    reason: reasonOf(page, before.page),
    why: `the page says “${wrong.slice(0, 200)}”`,
  });
}
