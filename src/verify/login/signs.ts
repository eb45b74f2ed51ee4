import { pathOn, type Site } from '../site.ts';
import { findLogOut } from './find-entry.ts';
import { findForm, type LoginForm, NO_FORM } from './find-form.ts';
import type { LoginReason } from './login-result.ts';
import type { LoginPage } from './ports.ts';
import { LOCKED, LOG_IN, WRONG } from './words.ts';

/** What a login is measured by: the page that asked for the account, and by what name. */
export interface Before {
  readonly page: LoginPage;
  readonly site: Site;
  readonly username: string;
}

/** A page that asks for a second proof may let its visitor log out already. */
const SECOND_PROOF =
  /two.?(?:factor|step)|2fa|\bmfa\b|verification code|one.?time|authenticat|security code/i;

/**
 * What a page asks for once the account was given. Fields of the product behind the login are none of it: those of a
 * page with something to log out with, where there was nothing before.
 */
export function askedBehind(page: LoginPage, { page: before, site }: Before): LoginForm {
  const form = findForm(page, { isLoginPage: placeOf(site, page.url) === placeOf(site, before.url) });
  if (findLogOut(page) === undefined || findLogOut(before) !== undefined) return form;
  return form.asks === 'code' && SECOND_PROOF.test(`${page.title} ${page.text}`) ? form : NO_FORM;
}

/** The signs of success that a page shows; the form is gone, or there are none. */
export function signsOf(page: LoginPage, start: Before): readonly string[] {
  const { page: before, site, username } = start;
  if (page.isPartial || askedBehind(page, start).asks !== 'nothing') return [];
  const names = [username, username.split('@')[0] ?? ''].filter((name) => name.length >= 3);
  const isNamed = (text: string): boolean =>
    names.some((name) => text.toLowerCase().includes(name.toLowerCase()));
  const logsOut = findLogOut(page) !== undefined && findLogOut(before) === undefined;
  const isMarked = logsOut || (isNamed(page.text) && !isNamed(before.text) && !WRONG.test(page.text));
  return [
    'the login form is gone',
    ...(placeOf(site, page.url) === placeOf(site, before.url) ? [] : ['the login page was left']),
    ...(page.storageDigest === before.storageDigest ? [] : ['cookies or storage changed']),
    ...(isMarked ? [logsOut ? 'there is something to log out with' : 'the page names the account'] : []),
  ];
}

/** A path, with the route after `#` where there is one. Queries say what went wrong, not where one is. */
export function placeOf(site: Site, address: string): string {
  const path = pathOn(site, address) ?? address;
  const route = URL.canParse(address) ? new URL(address).hash : '';
  return `${path.split(/[?#]/)[0]?.replace(/\/+$/, '')}${/^#!?\//.test(route) ? route.split('?')[0] : ''}`;
}

/** Lines that the page shows and did not show before, those that tell of something wrong first. */
export function newLines(page: LoginPage, before: LoginPage): readonly string[] {
  const known = new Set(linesOf(before.text));
  const lines = linesOf(page.text).filter((line) => !known.has(line) && /\p{L}{2}/u.test(line));
  return [...new Set(lines.sort((one, other) => Number(tellsWrong(other)) - Number(tellsWrong(one))))];
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

function tellsWrong(line: string): boolean {
  return WRONG.test(line) || LOCKED.test(line);
}

/** Whether the page has begun to say that something is wrong. */
export function hasComplaint(page: LoginPage, before: LoginPage): boolean {
  return newLines(page, before).some(tellsWrong);
}

/** Why a page that still asks did not let anyone in. */
export function reasonOf(page: LoginPage, before: LoginPage): LoginReason {
  const lines = newLines(page, before).join('\n');
  if (LOCKED.test(lines)) return 'locked';
  if (
    page.hasCaptcha ||
    /captcha|not a robot|kein roboter|pas un robot|no soy un robot|ロボット/i.test(lines)
  )
    return 'captcha';
  return 'refused';
}

/** Whether a page looks like one that somebody who is not logged in sees. */
export function invitesLogin(page: LoginPage): boolean {
  return (
    findLogOut(page) === undefined &&
    page.controls.some(({ kind, label, isVisible }) => kind !== 'field' && isVisible && LOG_IN.test(label))
  );
}
