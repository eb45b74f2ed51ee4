import { createVerify } from 'node:crypto';
import { ApiError } from '../http/api-error.ts';
import type { FakeApp } from '../state.ts';

const MAX_LIFETIME_SECONDS = 600;
/** How far the client's clock may be ahead. */
const CLOCK_DRIFT_SECONDS = 60;

/**
 * Checks a JSON web token with which an app speaks for itself: RS256 by the app's key, issued by it, not for more than
 * ten minutes. Throws a 401 with GitHub's words.
 */
export function verifyAppJwt(app: FakeApp, jwt: string, now: Date): void {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const { alg } = decodePart(header);
  const verifier = createVerify('RSA-SHA256').update(`${header}.${payload}`);
  if (alg !== 'RS256' || !verifier.verify(app.publicKey, Buffer.from(signature, 'base64url'))) {
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  const { iss, iat, exp } = decodePart(payload);
  const seconds = Math.floor(now.getTime() / 1000);
  if (String(iss) !== String(app.id) && iss !== app.clientId) {
    throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer or a client id of this App");
  }
  if (typeof iat !== 'number' || iat > seconds + CLOCK_DRIFT_SECONDS) {
    throw new ApiError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (typeof exp !== 'number' || exp <= seconds) {
    throw new ApiError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time",
    );
  }
  if (exp > seconds + MAX_LIFETIME_SECONDS + CLOCK_DRIFT_SECONDS) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
}

function decodePart(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
}
