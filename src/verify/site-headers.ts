import type { VerifyPorts } from './ports.ts';
import type { VerifyRequest } from './request.ts';
import type { SecretRef } from './settings.ts';

/** What is sent to the preview's and the base's own origins with every request. */
export interface SiteHeaders {
  readonly headers: Readonly<Record<string, string>>;
  /** Values that no picture and no report may show. */
  readonly secretHeaders: readonly string[];
  readonly unsent: readonly UnsentHeader[];
}

export interface UnsentHeader {
  readonly name: string;
  readonly why: string;
}

const VERCEL_BYPASS = 'x-vercel-protection-bypass';
const VERCEL_COOKIE = 'x-vercel-set-bypass-cookie';

/**
 * Reads the configured headers and basic authentication. What has no stored secret is left out, and the preview then answers as
 * it does to a stranger.
 *
 * With Vercel's bypass goes the wish for its cookie: WebSockets and other requests to which a browser lets no header be added
 * carry that. Source: vercel.com/docs/deployment-protection/methods-to-bypass-deployment-protection/protection-bypass-automation.
 */
export async function readSiteHeaders(
  { settings, credentials }: VerifyRequest,
  { secrets }: Pick<VerifyPorts, 'secrets'>,
): Promise<SiteHeaders> {
  const headers: Record<string, string> = {};
  const secretHeaders: string[] = [];
  const unsent: UnsentHeader[] = [];
  const find = async (name: string, { secret }: SecretRef): Promise<string | undefined> => {
    const isWithheld = credentials.kind === 'withheld';
    const value = isWithheld ? undefined : await secrets.find(secret);
    if (isWithheld) unsent.push({ name, why: `its secret ${secret} is withheld: ${credentials.why}` });
    else if (value === undefined) unsent.push({ name, why: `no value is stored for the secret ${secret}` });
    return value;
  };
  for (const [name, value] of Object.entries(settings.preview.headers)) {
    if (typeof value === 'string') {
      headers[name] = value;
      continue;
    }
    const secret = await find(name, value);
    if (secret === undefined) continue;
    headers[name] = secret;
    secretHeaders.push(secret);
  }
  const { basicAuth } = settings.preview;
  if (basicAuth !== undefined) {
    const username = await find('authorization', basicAuth.username);
    const password = username === undefined ? undefined : await find('authorization', basicAuth.password);
    if (username !== undefined && password !== undefined) {
      const encoded = toBase64(`${username}:${password}`);
      headers['authorization'] = `Basic ${encoded}`;
      secretHeaders.push(password, encoded);
    }
  }
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  if (names.has(VERCEL_BYPASS) && !names.has(VERCEL_COOKIE)) headers[VERCEL_COOKIE] = 'true';
  return { headers, secretHeaders, unsent };
}

/** What is told of a header that was left out. */
export function tellUnsent({ name, why }: UnsentHeader): string {
  return `the header ${name} was not sent: ${why}`;
}

/** RFC 7617 leaves the encoding open; servers and browsers take UTF-8. */
function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
