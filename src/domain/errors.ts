/** A problem that the owner of the repository or of the server can fix; its message is shown as it stands. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** A problem that may pass (an outage, a rate limit, a crashed browser): the job runs again. */
export class TransientError extends Error {
  override readonly name: string = 'TransientError';
  /** How long to wait before the next attempt, in milliseconds, when the other side said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The browser ended so often that it is not started again in this run; the message says how often. */
export class BrowserLostError extends TransientError {
  override readonly name = 'BrowserLostError';
}
