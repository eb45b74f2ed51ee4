import { describeStep } from '../../domain/flow.ts';
import { isSecretFill, type LoginStep } from '../settings.ts';
import { addressOf, pathOn } from '../site.ts';
import { type Attempt, fail, LOAD_MS, waitForPage } from './attempt.ts';
import type { FailedLogin, LoginResult } from './login-result.ts';
import type { LoginControl, LoginPage } from './ports.ts';
import { signsOf } from './signs.ts';
import { totp } from './totp.ts';

const STEP_MS = 5_000;

/** Logs in by the steps of the configuration, and counts it as done by the same signs as any other login. */
export async function logInBySteps(attempt: Attempt, steps: readonly LoginStep[]): Promise<LoginResult> {
  const { session, context } = attempt;
  const { site, settings } = context;
  const path = settings.path ?? pathOn(site, site.start.href) ?? '/';
  const opened = await session.goto(addressOf(site, path), LOAD_MS);
  if (opened.kind !== 'loaded') {
    return fail(attempt, {
      kind: 'could-not-try',
      reason: 'not-opened',
      why: `${path} did not open: ${opened.why}`,
    });
  }
  const page = await session.readLoginPage();
  for (const [index, step] of steps.entries()) {
    const failure = await takeStep(attempt, step);
    if (failure === undefined) continue;
    return fail(attempt, { ...failure, why: `step ${index + 1} of login.steps: ${failure.why}` });
  }
  const username = context.credentials.username ?? '';
  const now = await waitForPage(attempt, (one) => signsOf(one, { page, site, username }).length >= 2);
  const signs = signsOf(now, { page, site, username });
  if (signs.length < 2) {
    const why = `login.steps led to no login: ${signs.length === 0 ? 'nothing changed' : `only one sign of success: ${signs[0]}`}`;
    return fail(attempt, { kind: 'refused', reason: 'not-logged-in', why });
  }
  return { kind: 'ok', why: signs.join(', '), storage: await session.storage(), path };
}

type Failure = Omit<FailedLogin, 'picture'>;

async function takeStep(attempt: Attempt, step: LoginStep): Promise<Failure | undefined> {
  const { session, context } = attempt;
  if ('goto' in step) {
    const opened = await session.goto(addressOf(context.site, step.goto), LOAD_MS);
    return opened.kind === 'loaded'
      ? undefined
      : { kind: 'could-not-try', reason: 'not-opened', why: `${step.goto} did not open: ${opened.why}` };
  }
  if (isSecretFill(step)) return fillSecret(attempt, step.fill.field, step.fill.value);
  const outcome = await session.perform(step, STEP_MS);
  if (outcome.kind === 'done') return undefined;
  return {
    kind: 'could-not-try',
    reason: 'not-logged-in',
    why: `could not ${describeStep(step)}: ${outcome.why}`,
  };
}

/** Fills a secret into the field that is named so, on allowed origins only. */
async function fillSecret(
  attempt: Attempt,
  field: string,
  value: { readonly secret: string } | { readonly totp: string },
): Promise<Failure | undefined> {
  const { context, session } = attempt;
  const name = 'secret' in value ? value.secret : value.totp;
  const stored = context.credentials.values?.get(name) ?? '';
  const text = 'secret' in value ? stored : totp(stored, context.now());
  if (text === undefined) {
    return {
      kind: 'could-not-try',
      reason: 'no-secret',
      why: `the secret ${name} is no base32 key and no otpauth:// address`,
    };
  }
  const page = await waitForPage(attempt, (one) => findField(one, field) !== undefined);
  const control = findField(page, field);
  const typed = control === undefined ? 'absent' : await session.typeCredential(control.ref, text);
  if (typed === 'typed') return undefined;
  return typed === 'absent'
    ? { kind: 'could-not-try', reason: 'unknown-form', why: `there is no field “${field}”` }
    : {
        kind: 'could-not-try',
        reason: 'origin-refused',
        why: `the field “${field}” is not on an allowed origin (preview.origins)`,
      };
}

/** The field with this label, placeholder, name or id; one that says no more than that comes first. */
function findField({ controls }: LoginPage, wanted: string): LoginControl | undefined {
  const name = wanted.trim().toLowerCase();
  const fields = controls.filter(
    ({ kind, isVisible, isDisabled }) => kind === 'field' && isVisible && !isDisabled,
  );
  const is = (text: string): boolean => text.toLowerCase().replace(/[\s:*]+$/, '') === name;
  return (
    fields.find(({ label, near }) => is(label) || is(near)) ??
    fields.find(({ names }) => names.toLowerCase().split(' ').includes(name)) ??
    fields.find(({ label, near }) => `${label} ${near}`.toLowerCase().includes(name))
  );
}
