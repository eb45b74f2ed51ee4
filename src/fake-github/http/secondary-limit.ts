import { ApiError } from './api-error.ts';

/** GitHub's limit on how fast content may be made. Off until a test sets a number. */
export interface SecondaryLimit {
  /** Requests that create or change something, in any 60 seconds; GitHub's own figure is 80. */
  contentPerMinute: number | undefined;
  /** What `retry-after` says. */
  retryAfterSeconds: number;
}

/** Counts writes and throws GitHub's 403 when there were too many. */
export function createLimiter(limit: SecondaryLimit, now: () => Date): (method: string) => void {
  let recent: number[] = [];
  return (method) => {
    if (method === 'GET' || method === 'HEAD') return;
    const time = now().getTime();
    recent = recent.filter((earlier) => earlier > time - 60_000);
    if (limit.contentPerMinute !== undefined && recent.length >= limit.contentPerMinute) {
      throw new ApiError(
        403,
        'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
        { headers: { 'retry-after': String(limit.retryAfterSeconds) } },
      );
    }
    recent.push(time);
  };
}
