import type { LoginControl, LoginPage } from './ports.ts';
import {
  ACCEPT_COOKIES,
  BESIDE,
  BY_PASSWORD,
  COOKIES,
  ELSEWHERE,
  LOG_IN,
  LOG_OUT,
  NOT_NOW,
  REFUSE_COOKIES,
  SIGN_UP,
} from './words.ts';

/** Menus behind which a login may be. */
const MENU =
  /\bmenu\b|\baccount\b|\bprofile\b|\bmy\b|konto|\bcompte\b|\bcuenta\b|\bconta\b|hamburger|navigation|メニュー|アカウント|マイページ|\buser\b|more/i;
const LOGIN_PATH =
  /(?:^|[/_-])(?:log-?in|sign-?in|logon|anmelden|connexion|acceder|entrar|accedi|inloggen|zaloguj|session\/new)(?:$|[/_?.#-])/i;

/**
 * The controls that may lead to the login form, the likeliest first: those that are named so, links to an address that
 * is, and last the menus that could hold one. None of them sends a form, makes an account or leaves for another site.
 */
export function findEntries(page: LoginPage): readonly LoginControl[] {
  const possible = page.controls.filter(
    (control) =>
      control.kind !== 'field' &&
      control.isVisible &&
      !control.isDisabled &&
      !ELSEWHERE.test(control.label) &&
      !LOG_OUT.test(control.label),
  );
  const named = possible.filter(
    ({ label }) =>
      LOG_IN.test(label) &&
      label.length < 60 &&
      !(SIGN_UP.test(label) && !/\b(?:or|\/|oder|ou|o)\b/i.test(label)) &&
      !isForgotten(label),
  );
  const leading = possible.filter(
    ({ href, label }) =>
      href !== undefined &&
      URL.canParse(href) &&
      LOGIN_PATH.test(new URL(href).pathname) &&
      !SIGN_UP.test(label) &&
      !isForgotten(label),
  );
  const byPassword = possible.filter(
    ({ label }) =>
      BY_PASSWORD.test(label) && label.length < 60 && !BESIDE.test(label) && !SIGN_UP.test(label),
  );
  const menus = possible.filter(
    ({ kind, label, names, form }) =>
      kind === 'button' && form === undefined && label.length < 40 && MENU.test(`${label} ${names}`),
  );
  return [...new Set([...named, ...byPassword, ...leading, ...menus])];
}

function isForgotten(label: string): boolean {
  return /forgot|reset|vergessen|oublié|olvid|esquec|dimentica|vergeten|zapomnia|忘れ|trouble|problem/i.test(
    label,
  );
}

/** A control that chooses the password among several ways to go on. */
export function findPasswordChoice(page: LoginPage): LoginControl | undefined {
  return page.controls.find(
    ({ kind, label, isVisible, isDisabled }) =>
      kind !== 'field' &&
      isVisible &&
      !isDisabled &&
      label.length < 60 &&
      /password|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasł|パスワード/i.test(label) &&
      BY_PASSWORD.test(label) &&
      !isForgotten(label) &&
      !BESIDE.test(label),
  );
}

/** A control that leaves a page between the login and the product, such as "Stay signed in?". */
export function findNotNow(page: LoginPage): LoginControl | undefined {
  return page.controls.find(
    ({ kind, label, isVisible }) => kind !== 'field' && isVisible && NOT_NOW.test(label.trim()),
  );
}

/** A control that ends the session. */
export function findLogOut(page: LoginPage): LoginControl | undefined {
  return page.controls.find(
    ({ kind, label, href, isVisible }) =>
      kind !== 'field' &&
      isVisible &&
      (LOG_OUT.test(label) || (href !== undefined && /log-?out|sign-?out/i.test(href))),
  );
}

/** What makes a banner about cookies go away; the answer that gives the least away comes first. */
export function findConsent(page: LoginPage): LoginControl | undefined {
  if (!COOKIES.test(page.text)) return undefined;
  const buttons = page.controls.filter(
    ({ kind, label, isVisible }) => kind === 'button' && isVisible && label.length < 60,
  );
  return (
    buttons.find(({ label }) => REFUSE_COOKIES.test(label)) ??
    buttons.find(({ label }) => ACCEPT_COOKIES.test(label))
  );
}
