import type { Difference } from './difference.ts';

/** An address that was built with a value that nobody set, as programs and build tools write it. */
const UNSET =
  /\b(?:https?|wss?):\/\/(?:undefined|null|NaN)(?=[/:?#]|$)|\/(?:undefined|null)(?=\/|$)|%(?:[A-Z][A-Z0-9]*_)+[A-Z0-9]+%|\$\{?(?:[A-Z][A-Z0-9]*_)+[A-Z0-9]+\}?|__(?:[A-Z][A-Z0-9]*_)+[A-Z0-9]+__/;
const CORS =
  /access to \S+ at '([^']+)'(?: \(redirected from '[^']+'\))? from origin '([^']+)' has been blocked by cors policy/i;
/** Firefox and WebKit do not say who asks. */
const CORS_ELSEWHERE =
  /disallows reading the remote resource at (\S+?)\.? \(reason|cannot load (\S+) due to access control checks/i;
const CSP =
  /violates the following content security policy directive:? ["“]?([a-z-]+)|blocked the loading of a resource \(([a-z-]+)\)|appears? in (?:neither )?the ([a-z-]+) directive/i;
const MIXED =
  /mixed content: the page at '[^']*' was loaded over https, but requested an insecure[^']*'([^']+)'|blocked loading mixed (?:active|display) content [“"]([^”"]+)/i;
const COOKIE = /cookie [“"']?([\w.-]+)[”"']? (?:has been |was )?(?:rejected|blocked)[^.]*domain/i;
const ADDRESS = /\b(?:https?|wss?):\/\/[^\s'"<>)\]]+/i;
const LOCAL =
  /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)$/;

/**
 * Names what of its surroundings makes the head fail, where the failure says so; undefined when it does not.
 *
 * The words are those of the consoles of Chromium (blink/renderer/core and services/network), Firefox (dom/locales, the
 * files security.properties and csp.properties) and WebKit, and of the addresses asked for.
 */
export function environmentCause({ title, actual = '', error, source }: Difference): string | undefined {
  const said = [error?.message, actual, title].filter((text) => text !== undefined).join('\n');
  const cors = CORS.exec(said);
  if (cors !== null) {
    return `CORS: ${hostOf(cors[1])} does not let pages of ${hostOf(cors[2])} read its answers. Allow the origin of previews there, or let the preview ask a server of its own.`;
  }
  const elsewhere = CORS_ELSEWHERE.exec(said);
  if (elsewhere !== null) {
    return `CORS: ${hostOf(elsewhere[1] ?? elsewhere[2])} does not let pages of this deployment read its answers. Allow the origin of previews there, or let the preview ask a server of its own.`;
  }
  const mixed = MIXED.exec(said);
  if (mixed !== null) {
    return `Mixed content: a page that came over https asks ${hostOf(mixed[1] ?? mixed[2])} without encryption, which browsers refuse. The address has http where this deployment needs https.`;
  }
  const csp = CSP.exec(said);
  if (csp !== null) {
    const address = ADDRESS.exec(said)?.[0];
    return `Content Security Policy: the directive \`${csp[1] ?? csp[2] ?? csp[3]}\` of this deployment refuses ${address === undefined ? 'it' : hostOf(address)}.`;
  }
  const cookie = COOKIE.exec(said);
  if (cookie !== null) {
    return `Cookie domain: the cookie \`${cookie[1]}\` is set for a domain that is not the preview's.`;
  }
  if (UNSET.test(said)) {
    return 'A missing environment value: the address was built with a value that is not set for this deployment.';
  }
  return source === 'firsthand/foreign-environment' ? describeForeign(actual) : undefined;
}

/** The difference as a matter of the environment, where it says by itself that it is one. */
export function withEnvironmentCause(difference: Difference): Difference {
  if (difference.category === 'visual' || difference.category === 'accessibility') return difference;
  if (difference.isOnBase === true) return difference;
  const cause = environmentCause(difference);
  if (cause === undefined) return difference;
  return { ...difference, category: 'environment', body: [difference.body, cause].join('\n\n') };
}

function describeForeign(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) return undefined;
  if (LOCAL.test(url.hostname)) {
    return `A build-time address: ${url.host} is the machine of whoever opens the page, most likely that of the build. The value was put in when the preview was built.`;
  }
  return `Host of a request: the preview asks ${url.host}, which belongs to another deployment; what people do in the preview may change what is there.`;
}

function hostOf(address: string | undefined): string {
  const host = URL.parse(address ?? '')?.host;
  return host === undefined || host === '' ? 'the server' : `\`${host.replaceAll('`', '')}\``;
}
