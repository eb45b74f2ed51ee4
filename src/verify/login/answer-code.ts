import { type Attempt, fail } from './attempt.ts';
import { findForm } from './find-form.ts';
import type { FailedLogin } from './login-result.ts';
import type { LoginControl } from './ports.ts';
import { findCode } from './read-mail.ts';
import { totp } from './totp.ts';

/** How long a message may take to arrive. */
export const MAIL_MS = 30_000;

/** What came of a question for a one-time code; with a code, it stands in its fields and is not sent yet. */
export type Answered =
  | { readonly kind: 'typed'; readonly code: string }
  | { readonly kind: 'failed'; readonly failure: FailedLogin };

/** Types the account's one-time code: computed from its key, or read from a message. `last` is what was tried before. */
export async function answerCode(
  attempt: Attempt,
  codes: readonly LoginControl[],
  last: string | undefined,
): Promise<Answered> {
  const failed = async (failure: Omit<FailedLogin, 'picture'>): Promise<Answered> => ({
    kind: 'failed',
    failure: await fail(attempt, failure),
  });
  const { credentials, mailbox, now } = attempt.context;
  if (credentials.totpKey === undefined && mailbox === undefined) {
    const why = 'the page asks for a one-time code, and neither login.totp nor login.mail is set';
    return failed({ kind: 'could-not-try', reason: 'code-needed', why });
  }
  const code = credentials.totpKey === undefined ? await readCode(attempt) : totp(credentials.totpKey, now());
  if (code === undefined) {
    return failed(
      credentials.totpKey === undefined
        ? { kind: 'could-not-try', reason: 'no-mail', why: 'no message with a code arrived' }
        : {
            kind: 'could-not-try',
            reason: 'no-secret',
            why: 'the secret of login.totp is no base32 key and no otpauth:// address',
          },
    );
  }
  if (code === last)
    return failed({ kind: 'refused', reason: 'code-refused', why: 'the one-time code was not taken' });
  const typed = await typeCode(attempt, codes, code);
  if (typed === 'typed') return { kind: 'typed', code };
  return failed(
    typed === 'origin-refused'
      ? {
          kind: 'could-not-try',
          reason: 'origin-refused',
          why: 'the page that asks for the one-time code is not on an allowed origin (preview.origins)',
        }
      : {
          kind: 'could-not-try',
          reason: 'unknown-form',
          why: 'the field for the one-time code went away before it could be filled',
        },
  );
}

async function readCode({ context }: Attempt): Promise<string | undefined> {
  const mail = await context.mailbox?.next(context.mailWaitMs ?? MAIL_MS, context.signal);
  return mail === undefined ? undefined : findCode(mail);
}

async function typeCode(
  { session }: Attempt,
  codes: readonly LoginControl[],
  code: string,
): Promise<'typed' | 'absent' | 'origin-refused'> {
  const [single] = codes;
  if (single === undefined) return 'absent';
  if (codes.length === 1) return session.typeCredential(single.ref, code);
  let boxes = codes;
  for (const [index, digit] of Array.from(code).slice(0, codes.length).entries()) {
    let typed = await session.typeCredential(boxes[index]?.ref ?? '', digit);
    if (typed === 'absent') {
      // Boxes are often drawn anew with every digit; after the last one the page may have gone on by itself.
      boxes = findForm(await session.readLoginPage(), { isLoginPage: true }).codes;
      if (boxes.length !== codes.length) return index === codes.length - 1 ? 'typed' : 'absent';
      typed = await session.typeCredential(boxes[index]?.ref ?? '', digit);
    }
    if (typed !== 'typed') return typed;
  }
  return 'typed';
}
