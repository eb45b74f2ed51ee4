/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Shorter values are not replaced: they would blot out ordinary words. */
export const MIN_SECRET_LENGTH = 4;

/**
 * Returns a function that replaces each of `secrets` in a text with `[redacted]`.
 *
 * Also found: the value URL-encoded, in base64 (alone or behind something else, as in `user:password`), in hexadecimal,
 * and inside HTML or a JSON string. Values under four characters are left alone.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < MIN_SECRET_LENGTH) continue;
    forms.add(secret);
    for (const form of formsOf(secret)) if (form.length >= MIN_SECRET_LENGTH) forms.add(form);
  }
  // Longest first, so that a secret inside another does not leave the rest of the longer one behind.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((result, form) => result.replaceAll(form, REDACTED), text);
}

/** Shorter runs of base64 or of digits stand in ordinary texts. */
const MIN_ENCODED_LENGTH = 8;

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const url = encodeURIComponent(secret);
  // What stands before a value in base64 decides which of three forms it takes; its ends are shared with its neighbours.
  const shifted = [0, 1, 2].map((skip) => {
    const text = Buffer.concat([Buffer.alloc(skip), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const isWhole = (skip + bytes.length) % 3 === 0;
    return text.slice(skip === 0 ? 0 : skip + 1, isWhole ? undefined : -1);
  });
  const encoded = [
    ...shifted,
    ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
  ];
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    bytes.toString('base64'),
    JSON.stringify(secret).slice(1, -1),
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
    html,
    html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    ...encoded.filter((form) => form.length >= MIN_ENCODED_LENGTH),
  ];
}
