/** How long one exchange with GitHub may take. */
const TIMEOUT_MS = 60_000;

/** A `fetch` that talks to the origin of `apiUrl` only and gives up on a silent server after a minute. */
export function createLimitedFetch(apiUrl: string): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin) throw new Error(`refused to call ${url.origin}: GitHub is at ${origin}`);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    return await fetch(input, { ...init, signal });
  };
}
