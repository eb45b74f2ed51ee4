import type { LoginControl, LoginPage } from './ports.ts';
import {
  BESIDE,
  CODE,
  ELSEWHERE,
  GO_ON,
  LOG_IN,
  MAIL_SENT,
  NOT_A_CODE,
  NOT_A_NAME,
  SIGN_UP,
  USER_NAME,
} from './words.ts';

/** The fields of a page that ask for the account, and what sends them. */
export interface LoginForm {
  /** What is asked for: a password (perhaps with the name), the name alone, a one-time code, or nothing. */
  readonly asks: 'password' | 'name' | 'code' | 'nothing';
  readonly username?: LoginControl;
  readonly password?: LoginControl;
  /** One field, or one for each digit. */
  readonly codes: readonly LoginControl[];
  /** Absent when Enter sends the form. */
  readonly submit?: LoginControl;
  /** The numbers of the elements that hold the form, the innermost first. */
  readonly within: readonly number[];
}

export const NO_FORM: LoginForm = { asks: 'nothing', codes: [], within: [] };

/** Least and most boxes of a code that has one for each digit. */
const DIGITS = { min: 4, max: 8 };

/**
 * Finds the login form among everything that a page shows.
 *
 * A form that makes an account, changes a password, searches or subscribes is none, even when it is the only one.
 * `isLoginPage`: the page was opened as the login page, so that a lone field for a name needs no further sign.
 */
export function findForm(page: LoginPage, { isLoginPage }: { readonly isLoginPage: boolean }): LoginForm {
  const fields = page.controls.filter(isUsable);
  const passwords = fields.filter((field) => field.type === 'password' && !isCode(field));
  const best = passwords
    .map((password) => ({ password, score: scorePassword(page, password) }))
    .reduce<{ password: LoginControl; score: number } | undefined>(
      (found, one) => (one.score >= 0 && (found === undefined || one.score > found.score) ? one : found),
      undefined,
    );
  const codes = findCodes(page, fields);
  if (best !== undefined) {
    const { password } = best;
    const username = findName(page, fields, password);
    const last = codes.filter((code) => isTogether(page, code, password));
    return {
      asks: 'password',
      password,
      ...(username === undefined ? {} : { username }),
      codes: last,
      ...withSubmit(page, [password, ...(username === undefined ? [] : [username]), ...last]),
    };
  }
  if (codes.length > 0) return { asks: 'code', codes, ...withSubmit(page, codes) };
  if (passwords.length > 0) return NO_FORM;
  const name = findLoneName(page, fields, isLoginPage);
  return name === undefined
    ? NO_FORM
    : { asks: 'name', username: name, codes: [], ...withSubmit(page, [name]) };
}

function isUsable(control: LoginControl): boolean {
  return control.kind === 'field' && control.isVisible && !control.isDisabled;
}

/** All that a field says of itself, seen or not. */
function wordsOf({ names, label, near, autocomplete }: LoginControl): string {
  return [label, spaced(names), autocomplete, label === '' ? near : ''].join(' ');
}

/** `loginPassword_2` as `login Password 2`. */
function spaced(names: string): string {
  return names.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_\-.[\]:]+/g, ' ');
}

function isCode(field: LoginControl): boolean {
  if (/one-time-code/.test(field.autocomplete)) return true;
  if (/current-password|new-password|username|email|name|address|postal|cc-/.test(field.autocomplete))
    return false;
  const words = wordsOf(field);
  if (field.type === 'password')
    return (
      /one.?time|\botp\b|totp|\b2fa\b|\bmfa\b|passcode/i.test(words) && !/password|passwor[dt]/i.test(words)
    );
  return field.type !== 'email' && CODE.test(words) && !NOT_A_CODE.test(words);
}

function findCodes(page: LoginPage, fields: readonly LoginControl[]): readonly LoginControl[] {
  const boxes = fields.filter(
    ({ maxLength, type }) =>
      (maxLength === 1 || maxLength === 2) && ['text', 'tel', 'number', 'password'].includes(type),
  );
  const single = boxes.filter(({ maxLength }) => maxLength === 1);
  if (single.length >= DIGITS.min && single.length <= DIGITS.max) return single;
  // Some boxes have no limit of their own: as many fields beside each other as the code has digits, and none with words.
  const bare = fields.filter(
    (field) => field.label === '' || /digit|character|ziffer|chiffre|\b\d\b/i.test(field.label),
  );
  if (
    bare.length >= DIGITS.min &&
    bare.length <= DIGITS.max &&
    bare.length === fields.length &&
    CODE.test(page.text)
  )
    return bare;
  const [first] = fields.filter(isCode).sort((one, other) => Number(one.isFaint) - Number(other.isFaint));
  return first === undefined ? [] : [first];
}

/** What a password field is for: below zero when it is not for logging in. */
function scorePassword(page: LoginPage, password: LoginControl): number {
  const together = page.controls.filter((control) => isTogether(page, control, password));
  const others = together.filter((one) => isUsable(one) && one.type === 'password' && !isCode(one));
  const buttons = together.filter((one) => one.kind === 'button' && one.isVisible);
  const sends = buttons.filter((one) => !isBeside(one));
  const words = wordsOf(password);
  let score = 1;
  if (password.autocomplete.includes('current-password')) score += 4;
  if (password.autocomplete.includes('new-password')) score -= 4;
  if (others.length > 1) score -= 4;
  if (
    /confirm|repeat|again|new.?password|neues|wiederhol|confirmer|repetir|ripeti|herhaal|powtórz|再入力|確認用/i.test(
      words,
    )
  )
    score -= 4;
  if (sends.some(({ label }) => LOG_IN.test(label) && !SIGN_UP.test(label))) score += 3;
  else if (sends.some(({ label }) => SIGN_UP.test(label))) score -= 4;
  if (password.isFaint) score -= 2;
  // Fields for a name and the like beside the password are those of a new account.
  const asked = together.filter(
    (one) =>
      isUsable(one) &&
      one !== password &&
      /first.?name|last.?name|surname|full.?name|phone|birth|vorname|nachname|prénom/i.test(wordsOf(one)),
  );
  return score - 2 * asked.length;
}

/** Whether two controls belong to one form, or to the same small part of the page where there are no forms. */
function isTogether(page: LoginPage, one: LoginControl, other: LoginControl): boolean {
  if (one.form !== undefined || other.form !== undefined) return one.form === other.form;
  return one.path.includes(scopeOf(page, other));
}

/** The innermost element that holds a field and something that can be pressed to send it. */
function scopeOf(page: LoginPage, field: LoginControl): number {
  const pressable = page.controls.filter(
    (one) =>
      one.kind === 'button' &&
      one.isVisible &&
      one.form === undefined &&
      !isBeside(one) &&
      (LOG_IN.test(one.label) || GO_ON.test(one.label) || SIGN_UP.test(one.label)),
  );
  return (
    field.path.find((element) => pressable.some(({ path }) => path.includes(element))) ??
    field.path.at(-1) ??
    -1
  );
}

function findName(
  page: LoginPage,
  fields: readonly LoginControl[],
  password: LoginControl,
): LoginControl | undefined {
  const before = fields.filter(
    (field) => field !== password && isTogether(page, field, password) && isNameField(field),
  );
  return (
    pickName(before) ??
    before.filter((field) => page.controls.indexOf(field) < page.controls.indexOf(password)).at(-1)
  );
}

function isNameField(field: LoginControl): boolean {
  const isTextual = ['text', 'email', 'tel', 'number', ''].includes(field.type);
  return isTextual && !field.isFaint && !isCode(field) && !NOT_A_NAME.test(wordsOf(field));
}

function pickName(fields: readonly LoginControl[]): LoginControl | undefined {
  return (
    fields.find(({ autocomplete }) => /\b(?:username|email|webauthn)\b/.test(autocomplete)) ??
    fields.find((field) => field.type === 'email') ??
    fields.find((field) => USER_NAME.test(`${wordsOf(field)} ${field.near}`))
  );
}

/** The name of an account asked for alone: the first of two steps, or all that a mailed link needs. */
function findLoneName(
  page: LoginPage,
  fields: readonly LoginControl[],
  isLoginPage: boolean,
): LoginControl | undefined {
  const names = fields.filter(isNameField);
  const isForLogin = (field: LoginControl): boolean => {
    const together = page.controls.filter(
      (control) => control.isVisible && control.kind === 'button' && isTogether(page, control, field),
    );
    const sends = together.filter((one) => !isBeside(one) && !ELSEWHERE.test(one.label));
    const isOther = sends.some(
      ({ label }) =>
        (SIGN_UP.test(label) && !LOG_IN.test(label)) ||
        /subscribe|abonnier|search|suche|save|speicher/i.test(label),
    );
    if (isOther) return false;
    if (sends.some(({ label }) => LOG_IN.test(label) || /magic|link/i.test(label))) return true;
    const says = LOG_IN.test(`${page.title} ${page.text.slice(0, 2_000)}`) || MAIL_SENT.test(page.text);
    return isLoginPage || (says && sends.some(({ label }) => GO_ON.test(label)));
  };
  return (
    pickName(names.filter(isForLogin)) ??
    (isLoginPage && fields.length === 1 ? names.find(isForLogin) : undefined)
  );
}

function isBeside(control: LoginControl): boolean {
  return BESIDE.test(control.label) && !/^(?:log|sign)[\s-]?in\b/i.test(control.label);
}

/** The control that sends the fields, and what holds them. */
function withSubmit(page: LoginPage, fields: readonly LoginControl[]): Pick<LoginForm, 'submit' | 'within'> {
  const [first] = fields;
  if (first === undefined) return { within: [] };
  const last = Math.max(...fields.map((field) => page.controls.indexOf(field)));
  const possible = page.controls.filter(
    (one) =>
      one.kind === 'button' &&
      one.isVisible &&
      !one.isFaint &&
      isTogether(page, one, first) &&
      !isBeside(one) &&
      !ELSEWHERE.test(one.label) &&
      !(SIGN_UP.test(one.label) && !LOG_IN.test(one.label)),
  );
  const after = possible.filter((one) => page.controls.indexOf(one) > last);
  const isNamed = ({ label }: LoginControl): boolean => LOG_IN.test(label) || GO_ON.test(label);
  const sends = ({ type, form }: LoginControl): boolean =>
    form !== undefined && (type === 'submit' || type === 'image');
  const submit =
    after.find((one) => sends(one) && isNamed(one)) ??
    after.find(sends) ??
    after.find(isNamed) ??
    possible.find((one) => sends(one) && isNamed(one)) ??
    possible.find(isNamed);
  return { within: first.path, ...(submit === undefined ? {} : { submit }) };
}
