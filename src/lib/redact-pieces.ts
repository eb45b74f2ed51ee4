import { REDACTED } from './redact.ts';

/** A run of this many letters and digits that also stands in a secret counts as a piece of it. */
const PIECE = 8;

/**
 * Returns a function that removes from a text whatever looks like a piece of one of `secrets`: eight letters or digits
 * in a row, whatever stands between them, also of its base64 and hexadecimal forms and written backwards.
 *
 * For texts that somebody may have been told to smuggle a secret into. Secrets under eight letters and digits are left
 * to the plain redaction.
 */
export function createPieceRedactor(secrets: readonly string[]): (text: string) => string {
  const pieces = new Set<string>();
  for (const secret of secrets) for (const form of formsOf(secret)) addPieces(form, pieces);
  if (pieces.size === 0) return (text) => text;
  return (text) => {
    const { letters, places } = lettersOf(text);
    const hit = Array.from({ length: text.length }, () => false);
    for (let at = 0; at + PIECE <= letters.length; at++) {
      if (!pieces.has(letters.slice(at, at + PIECE))) continue;
      hit.fill(true, places[at] ?? 0, (places[at + PIECE - 1] ?? 0) + 1);
    }
    return blot(text, hit);
  };
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  // base64 of what follows one or two other bytes looks different.
  const shifted = [0, 1, 2].map((skip) => Buffer.concat([Buffer.alloc(skip), bytes]).toString('base64'));
  const trimmed = shifted.map((text, skip) => text.slice(skip === 0 ? 0 : skip + 1).replace(/.?=+$/, ''));
  const forms = [secret, bytes.toString('hex'), encodeURIComponent(secret), ...trimmed];
  return [...forms, Array.from(secret).reverse().join('')];
}

function addPieces(form: string, pieces: Set<string>): void {
  const { letters } = lettersOf(form);
  for (let at = 0; at + PIECE <= letters.length; at++) pieces.add(letters.slice(at, at + PIECE));
}

/** Letters and digits only, in lower case, each with its place in the text. */
function lettersOf(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let letters = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (!/[a-z0-9]/i.test(character)) continue;
    letters += character.toLowerCase();
    places.push(at);
  }
  return { letters, places };
}

function blot(text: string, hit: readonly boolean[]): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    if (hit[at] !== true) result += text[at];
    else if (hit[at - 1] !== true) result += REDACTED;
  }
  return result;
}
