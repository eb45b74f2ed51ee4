import { UserError } from '../../domain/errors.ts';

/** Longer addresses are nobody's preview. */
const MAX_LENGTH = 2048;

/** The address, normalised, if it is absolute http(s) and holds no user name. */
export function readAddress(text: string | undefined): URL | undefined {
  const trimmed = text?.trim() ?? '';
  const url = trimmed.length > MAX_LENGTH ? null : URL.parse(trimmed);
  if (url === null || !/^https?:$/u.test(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  url.hash = '';
  return url;
}

/** The same, for an address that a person gave on purpose: throws `UserError` when it is none. */
export function requireAddress(text: string, what: string): URL {
  const url = readAddress(text);
  if (url !== undefined) return url;
  throw new UserError(`${what} is no http(s) address without a user name: ${text.slice(0, 200)}`);
}

export function isSameOrigin(a: string, b: string): boolean {
  const origin = URL.parse(a)?.origin;
  return origin !== undefined && origin === URL.parse(b)?.origin;
}
