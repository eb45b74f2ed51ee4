import { addressOf, pathOn } from '../site.ts';
import { type Attempt, fail, LOAD_MS, press, waitForPage } from './attempt.ts';
import { findEntries } from './find-entry.ts';
import { findForm } from './find-form.ts';
import type { FailedLogin } from './login-result.ts';
import type { LoginControl, LoginPage } from './ports.ts';

/** Where login pages usually are, when nothing on the start page leads to one. */
const USUAL_PATHS = ['/login', '/signin', '/users/sign_in', '/admin/login/', '/wp-login.php'];
/** A menu, the login in it, and a choice among ways in. */
const MAX_HOPS = 3;
/** Of the controls of one page that may lead to the form. */
const MAX_TRIED = 3;

export type OpenedForm =
  | {
      readonly kind: 'found';
      readonly page: LoginPage;
      /** Opening the page's address shows the form: it is behind no dialog or menu. */
      readonly isDirect: boolean;
    }
  | FailedLogin;

/**
 * Opens the page with the login form: at the configured path, else from the start page by what is named so, else at the
 * usual paths when none is configured.
 */
export async function openForm(attempt: Attempt): Promise<OpenedForm> {
  const { site, settings } = attempt.context;
  const start = pathOn(site, site.start.href) ?? '/';
  const given = settings.path;
  const paths = given === undefined ? [start, ...USUAL_PATHS] : [...new Set([given, start])];
  const looked: string[] = [];
  let refused: string | undefined;
  for (const path of paths) {
    const opened = await attempt.session.goto(addressOf(site, path), LOAD_MS);
    if (opened.kind === 'blocked') {
      refused ??= `${path} leads where the browser may not go: ${opened.why}`;
      continue;
    }
    const failure =
      opened.kind === 'failed'
        ? opened.why
        : opened.status >= 400
          ? `it answers ${opened.status}`
          : undefined;
    if (opened.kind === 'failed') {
      looked.push(`${path} did not open: ${opened.why}`);
      continue;
    }
    const isLoginPage = path !== start || given === start;
    const found = await search(attempt, { isLoginPage, waits: failure === undefined ? 1 / 4 : 0 });
    if (found !== undefined) return { kind: 'found', ...found };
    looked.push(
      failure === undefined
        ? `${path} has no field for a name or a password`
        : `${path} did not open: ${failure}`,
    );
  }
  if (refused !== undefined)
    return fail(attempt, { kind: 'could-not-try', reason: 'origin-refused', why: refused });
  const hasOpened = looked.some((one) => one.includes('has no field'));
  const why = hasOpened
    ? `no login form was found: ${looked.slice(0, 3).join('; ')}`
    : `the login page did not open: ${looked.slice(0, 3).join('; ')}`;
  return fail(attempt, { kind: 'could-not-try', reason: hasOpened ? 'unknown-form' : 'not-opened', why });
}

/** Looks for the form on the page that is open, and behind what leads there. */
async function search(
  attempt: Attempt,
  { isLoginPage, waits }: { readonly isLoginPage: boolean; readonly waits: number },
): Promise<{ readonly page: LoginPage; readonly isDirect: boolean } | undefined> {
  let isIt = isLoginPage;
  const holds = (page: LoginPage): boolean => findForm(page, { isLoginPage: isIt }).asks !== 'nothing';
  let page = await waitForPage(attempt, (now) => holds(now) || findEntries(now).length > 0, waits);
  const first = page.url;
  const tried = new Set<string>();
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    if (holds(page)) return { page, isDirect: hop === 0 || page.url !== first };
    const next = await follow(attempt, page, tried);
    if (next === undefined) return undefined;
    isIt = true;
    page = next;
  }
  return holds(page) ? { page, isDirect: page.url !== first } : undefined;
}

/** Presses what may lead to the form until something changes. */
async function follow(attempt: Attempt, page: LoginPage, tried: Set<string>): Promise<LoginPage | undefined> {
  const keyOf = ({ kind, label, names, href }: LoginControl): string => [kind, label, names, href].join('|');
  const entries = findEntries(page).filter((entry) => !tried.has(keyOf(entry)));
  for (const entry of entries.slice(0, MAX_TRIED)) {
    tried.add(keyOf(entry));
    if (!(await press(attempt, entry))) continue;
    const known = new Set(page.controls.filter(({ isVisible }) => isVisible).map(keyOf));
    const isNew = (now: LoginPage): boolean =>
      findForm(now, { isLoginPage: true }).asks !== 'nothing' ||
      now.url !== page.url ||
      now.controls.some((control) => control.isVisible && !known.has(keyOf(control)));
    const next = await waitForPage(attempt, isNew, 1 / 4);
    if (isNew(next)) return next;
  }
  return undefined;
}
