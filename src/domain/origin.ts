/** Scheme, host and port; no user name, path or query. A star stands in the host only. */
const PATTERN = /^(?:(https?):\/\/)?([a-z0-9*._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?\/?$/i;

/**
 * Whether `pattern` names origins: `https://*.example.dev`, `http://localhost:3000` or a bare host, which means https.
 *
 * A `*` stands for any run of characters within one label of the host: it never spans a dot, because a preview's
 * host is one label below a domain that is known, and more would let in whoever can register a deeper name.
 */
export function isOriginPattern(pattern: string): boolean {
  return PATTERN.test(pattern.trim());
}

/** Whether `url` is http(s) and lies on an origin of `pattern`. Without a port the pattern means its scheme's own. */
export function matchesOrigin(url: URL, pattern: string): boolean {
  const parts = PATTERN.exec(pattern.trim());
  if (parts === null) return false;
  const [, givenScheme = 'https', host = '', port] = parts;
  const scheme = givenScheme.toLowerCase();
  const ownPort = scheme === 'https' ? '443' : '80';
  const source = host
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.[\]]/g, String.raw`\$&`));
  return (
    url.protocol === `${scheme}:` &&
    (url.port === '' ? ownPort : url.port) === (port ?? ownPort) &&
    new RegExp(`^${source.join('[^.]*')}$`).test(url.hostname)
  );
}
