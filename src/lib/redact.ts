/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Shorter values are not replaced: they would blot out ordinary words. */
export const MIN_SECRET_LENGTH = 4;

/**
 * Returns a function that replaces each of `secrets` in a text with `[redacted]`.
 *
 * Also found: the value URL-encoded, in base64, and inside a JSON string. Values under four characters are left alone.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < MIN_SECRET_LENGTH) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(Buffer.from(secret).toString('base64'));
    forms.add(JSON.stringify(secret).slice(1, -1));
  }
  // Longest first, so that a secret inside another does not leave the rest of the longer one behind.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((result, form) => result.replaceAll(form, REDACTED), text);
}
