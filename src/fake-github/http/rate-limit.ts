/** Requests an hour; the fake counts none, so that no test fails by its length. */
const HOURLY_LIMIT = 5000;

export function rateLimitOf(now: Date) {
  const reset = Math.floor(now.getTime() / 1000) + 3600;
  return { limit: HOURLY_LIMIT, remaining: HOURLY_LIMIT - 1, reset, used: 1 };
}

export function rateLimitHeaders(now: Date): Readonly<Record<string, string>> {
  const { limit, remaining, reset, used } = rateLimitOf(now);
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-used': String(used),
    'x-ratelimit-resource': 'core',
  };
}
