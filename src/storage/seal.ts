import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { invariant } from '../lib/invariant.ts';

// AES-256-GCM, NIST SP 800-38D: a fresh 96-bit nonce for each message, a 128-bit tag.
const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of what is sealed, so that another way of sealing can follow. */
const FORMAT = 1;

/** Encrypts `text` for `context` (whose secret it is): format byte, nonce, tag, ciphertext. */
export function seal(key: Uint8Array, context: string, text: string): Uint8Array {
  invariant(key.length === KEY_BYTES, 'the encryption key has 32 bytes');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ciphertext]);
}

/** Decrypts what `seal` made; `undefined` with another key or context, or when a bit was changed. */
export function unseal(key: Uint8Array, context: string, sealed: Uint8Array): string | undefined {
  invariant(key.length === KEY_BYTES, 'the encryption key has 32 bytes');
  if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) return undefined;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(tag);
  try {
    const ciphertext = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    // `final` throws when the tag does not fit, which is the answer.
    return undefined;
  }
}
