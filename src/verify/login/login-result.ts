import type { LOGIN_REASONS } from '../../domain/report.ts';
import type { StorageState } from '../ports.ts';

/**
 * Why a login did not come about, for whoever reads the report by program.
 *
 * `refused`: name or password were not taken. `locked`: the account is locked out for now. `captcha`: a proof that a
 * person is there is asked for. `unknown-form`: no form was found, or none that is understood. `origin-refused`: the
 * fields are where no credential is typed. `code-needed`, `code-refused`: the one-time code. `no-mail`: the message with
 * the link or the code did not come. `not-logged-in`: the stored state or the configured steps led to no login.
 * `not-opened`: no page could be opened. `no-secret`: a secret has no value, or none that can be used. `withheld`: the
 * account may not be used for this pull request.
 */
export type LoginReason = (typeof LOGIN_REASONS)[number];

/** What came of one side's login. `path` is where the form was, `picture` what the page showed in the end. */
export type LoginResult =
  | { readonly kind: 'ok'; readonly why: string; readonly storage: StorageState; readonly path?: string }
  | FailedLogin;

export interface FailedLogin {
  readonly kind: 'refused' | 'could-not-try';
  readonly reason: LoginReason;
  readonly why: string;
  readonly picture?: Uint8Array;
}
