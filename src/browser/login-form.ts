import { createHash } from 'node:crypto';
import type { BrowserContext, ElementHandle, Page } from 'playwright';
import type { LoginField, LoginForm } from '../verify/ports.ts';
import { bounded } from './bounded.ts';

const LIMIT_MS = 4_000;
const FIELDS: readonly LoginField[] = ['username', 'password', 'one-time-code'];

/** What the login page shows at this moment, and a digest of the context's cookies and storage. */
export async function readLoginForm(context: BrowserContext, page: Page): Promise<LoginForm> {
  const fields: LoginField[] = [];
  for (const field of FIELDS) if ((await findField(page, field)) !== undefined) fields.push(field);
  const cookies = await bounded(context.cookies(), LIMIT_MS);
  const stored = await bounded(
    page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])),
    LIMIT_MS,
  );
  const digest = createHash('sha256')
    .update(JSON.stringify([cookies?.map(({ name, value, domain }) => [domain, name, value]), stored]))
    .digest('hex');
  return { fields, storageDigest: digest, url: page.url() };
}

/** Types `value` into the field, if the page has it. The caller has checked the page's origin. */
export async function typeIntoField(
  page: Page,
  field: LoginField,
  value: string,
): Promise<'typed' | 'absent'> {
  const handle = await findField(page, field);
  if (handle === undefined) return 'absent';
  const typed = await bounded(
    handle.fill(value, { timeout: LIMIT_MS }).then(() => true),
    LIMIT_MS,
  );
  return typed === true ? 'typed' : 'absent';
}

/** Presses the button that sends the login form; Enter in its last field when there is none. */
export async function pressSubmit(page: Page): Promise<void> {
  const handle = await bounded(page.evaluateHandle(submitButton), LIMIT_MS);
  const button = handle?.asElement();
  if (button) {
    const clicked = await bounded(
      button.click({ timeout: LIMIT_MS, noWaitAfter: true }).then(() => true),
      LIMIT_MS,
    );
    if (clicked === true) return;
  }
  for (const field of [...FIELDS].reverse()) {
    const input = await findField(page, field);
    if (input === undefined) continue;
    await bounded(input.press('Enter', { timeout: LIMIT_MS, noWaitAfter: true }), LIMIT_MS);
    return;
  }
}

async function findField(page: Page, field: LoginField): Promise<ElementHandle<HTMLElement> | undefined> {
  const handle = await bounded(page.evaluateHandle(loginField, field), LIMIT_MS);
  // The page function returns an element or null, which `asElement` tells apart but does not type.
  return (handle?.asElement() as ElementHandle<HTMLElement> | null | undefined) ?? undefined;
}

/** Runs in the page: the visible field of that kind, by autocomplete, type, name and label. */
function loginField(kind: LoginField): HTMLElement | null {
  const shown = (element: HTMLInputElement): boolean =>
    element.getClientRects().length > 0 &&
    !element.disabled &&
    !element.readOnly &&
    getComputedStyle(element).visibility !== 'hidden';
  const inputs = [...document.querySelectorAll('input')].filter(shown);
  const words = (input: HTMLInputElement): string =>
    [
      input.name,
      input.id,
      input.autocomplete,
      input.placeholder,
      input.getAttribute('aria-label') ?? '',
      ...[...(input.labels ?? [])].map((label) => label.textContent ?? ''),
    ].join(' ');
  const textual = inputs.filter((input) => ['text', 'email', 'tel', 'number', ''].includes(input.type));
  const password = inputs.find(
    (input) => input.type === 'password' && !/one-time-code|\b(otp|totp|2fa)\b/i.test(words(input)),
  );
  const code = inputs.find(
    (input) =>
      input !== password &&
      /one-time-code|\botp\b|totp|2fa|one.?time|verification|authenticat|security code|\bcode\b/i.test(
        words(input),
      ) &&
      !/promo|coupon|voucher|zip|postal/i.test(words(input)),
  );
  if (kind === 'password') return password ?? null;
  if (kind === 'one-time-code') return code ?? null;
  const candidates = textual.filter((input) => input !== code && !/search|\bq\b/i.test(words(input)));
  const inSameForm = candidates.filter((input) => password === undefined || input.form === password.form);
  const named = /username|e-?mail|user|login|account|benutzer|utilisateur|usuario/i;
  return (
    inSameForm.find((input) => /\b(username|email)\b/.test(input.autocomplete)) ??
    inSameForm.find((input) => input.type === 'email' || named.test(words(input))) ??
    (password === undefined ? null : (inSameForm.at(-1) ?? null))
  );
}

/** Runs in the page. */
function submitButton(): HTMLElement | null {
  const shown = (element: HTMLElement): boolean =>
    element.getClientRects().length > 0 && !element.matches(':disabled');
  const named = /log ?in|sign ?in|continue|next|submit|verify|confirm|anmelden|weiter|connexion|entrar/i;
  const field =
    [...document.querySelectorAll<HTMLInputElement>('input[type="password"]')].find(shown) ??
    [...document.querySelectorAll('input')].find((input) => shown(input) && input.value !== '');
  const form = field?.form;
  const inForm = [...(form?.querySelectorAll<HTMLElement>('button, input[type="submit"]') ?? [])].filter(
    shown,
  );
  const sends = inForm.filter((button) => !button.matches('[type="button"], [type="reset"]'));
  const outside = [...document.querySelectorAll<HTMLElement>('button, input[type="submit"], [role="button"]')]
    .filter(shown)
    .filter((button) => named.test(button.textContent || button.getAttribute('value') || ''));
  return sends.find((button) => named.test(button.textContent ?? '')) ?? sends[0] ?? outside[0] ?? null;
}
