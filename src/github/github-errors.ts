import { RequestError } from 'octokit';
import { TransientError, UserError } from '../domain/errors.ts';
import { type Operation, REQUIRED_PERMISSIONS } from './required-permissions.ts';

/** GitHub's advice for a secondary limit that names no time: at least a minute. */
const SECONDARY_LIMIT_MS = 60_000;

/**
 * Turns what a call to GitHub threw into the kind of error that says who can act, by status and headers only.
 *
 * `operation` is absent for the calls that the app makes as itself. `on` names the repository or pull request.
 */
export function toGitHubError(error: unknown, operation: Operation | undefined, on: string): Error {
  const what = `${operation ?? 'logging in as the app'} on ${on}`;
  if (!(error instanceof RequestError)) return new Error(`${what} failed`, { cause: error });
  const retryAfterMs = readRetryAfter(error);
  const { status } = error;
  if (retryAfterMs !== undefined || status === 429) {
    const wait = retryAfterMs ?? SECONDARY_LIMIT_MS;
    return new TransientError(`GitHub's rate limit stopped ${what}`, { cause: error, retryAfterMs: wait });
  }
  if (status >= 500) return new TransientError(`GitHub answered ${status} to ${what}`, { cause: error });
  const aboutApp = explainAppError(error);
  if (aboutApp !== undefined) return new UserError(aboutApp, { cause: error });
  if (status === 403 && operation !== undefined) {
    const { permission, level } = REQUIRED_PERMISSIONS[operation];
    return new UserError(
      `GitHub refused ${what}: the app needs the permission “${permission}: ${level}”. Grant it in the app's settings ` +
        '(Permissions & events), then accept it in the settings of the installation.',
      { cause: error },
    );
  }
  if (status === 404) {
    return new UserError(
      `GitHub answered 404 to ${what}: it does not exist, or the app is not installed there.`,
      {
        cause: error,
      },
    );
  }
  return new Error(`GitHub answered ${status} to ${what}: ${error.message.slice(0, 500)}`, { cause: error });
}

/**
 * Reads why a question to the GraphQL interface was refused; an error to throw when it was not refused but failed.
 *
 * Its refusals come with status 200 and a list of errors. A server without that interface answers 404.
 */
export function readGraphqlRefusal(
  error: unknown,
  what: string,
): Error | { readonly status: number; readonly reason: string } {
  if (error instanceof Error && error.name === 'GraphqlResponseError') {
    const errors: unknown = 'errors' in error ? error.errors : undefined;
    const isLimit = /"RATE_LIMIT(?:ED)?"/u.test(JSON.stringify(errors) ?? '');
    if (isLimit) {
      return new TransientError(`GitHub's rate limit stopped ${what}`, {
        cause: error,
        retryAfterMs: SECONDARY_LIMIT_MS,
      });
    }
    return { status: 200, reason: error.message.slice(0, 1000) };
  }
  const known = toGitHubError(error, undefined, what);
  if (known instanceof TransientError || !(error instanceof RequestError)) return known;
  return { status: error.status, reason: describeRefusal(error) };
}

/** GitHub's own words for a refusal, with the fields it names. */
export function describeRefusal(error: RequestError): string {
  const data: unknown = error.response?.data;
  const errors = typeof data === 'object' && data !== null && 'errors' in data ? data.errors : undefined;
  return `${error.message}${errors === undefined ? '' : ` ${JSON.stringify(errors)}`}`.slice(0, 1000);
}

/** Explains a refusal of the app's own credentials: GET /app, or the exchange for an installation token. */
function explainAppError(error: RequestError): string | undefined {
  if (error.status === 401) {
    return (
      'GitHub does not accept the credentials of the app (401): compare APP_ID with the private key ' +
      "in the app's settings, and the clock of this machine with the true time."
    );
  }
  if (!new URL(error.request.url).pathname.endsWith('/access_tokens')) return undefined;
  if (error.status === 404) return 'GitHub does not know this installation (404): the app was uninstalled.';
  if (error.status === 403) return 'GitHub refuses this installation a token (403): it is suspended.';
  if (error.status === 422) {
    return (
      'GitHub refuses a token for this repository (422): the installation does not cover it, ' +
      'or lacks the permission “contents: read”.'
    );
  }
  return undefined;
}

/** How long GitHub asks to wait, in milliseconds; absent when the refusal is no rate limit. */
function readRetryAfter(error: RequestError): number | undefined {
  if (error.status !== 403 && error.status !== 429) return undefined;
  const headers = error.response?.headers;
  const retryAfter = Number(headers?.['retry-after']);
  if (Number.isFinite(retryAfter) && retryAfter >= 0) return retryAfter * 1000;
  if (headers?.['x-ratelimit-remaining'] === '0') {
    const reset = Number(headers['x-ratelimit-reset']) * 1000;
    // One second more, because the header is in whole seconds.
    return Number.isFinite(reset) ? Math.max(0, reset - Date.now()) + 1000 : SECONDARY_LIMIT_MS;
  }
  return isSecondaryLimit(error.response?.data) ? SECONDARY_LIMIT_MS : undefined;
}

/** GitHub's older secondary limits carry no header; their documentation address tells them from a missing permission. */
function isSecondaryLimit(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'documentation_url' in data &&
    /#(?:about-)?(?:secondary|abuse)-rate-limits$/u.test(String(data.documentation_url))
  );
}
