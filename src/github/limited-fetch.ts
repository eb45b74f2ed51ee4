/** How long one exchange with GitHub may take. */
const TIMEOUT_MS = 60_000;
/** GitHub answers with a redirect for a repository that was renamed. */
const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 307, 308]);

/** A `fetch` that talks to the origin of `apiUrl` only, redirects included, and gives up on a silent server. */
export function createLimitedFetch(apiUrl: string): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input);
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      if (url.origin !== origin) throw new Error(`refused to call ${url.origin}: GitHub is at ${origin}`);
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
      const response = await fetch(url, { ...init, redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null) return response;
      await response.body?.cancel();
      url = new URL(location, url);
    }
    throw new Error(`${url.origin} redirected more than ${MAX_REDIRECTS} times`);
  };
}
