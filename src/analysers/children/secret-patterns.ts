import { VENDOR_TOKENS } from './vendor-tokens.ts';

/** A name that says "secret", and a quoted value. */
const NAMED =
  /(?:secret|token|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?[\w-]{0,20}["']?\s{0,4}(?::\s{0,4}string\s{0,4})?(?::|=>?|:=)\s{0,4}["'`]([\w+/=.~!@#$%^&*-]{16,200})["'`]/gi;
/** The same in files of `NAME=value` lines. */
const NAMED_UNQUOTED =
  /^\s{0,8}(?:export\s{1,4}|-\s{1,4})?[\w.-]{0,60}(?:secret|token|passw(?:or)?d|api[_-]?key|access[_-]?key|private[_-]?key)[\w.-]{0,20}\s{0,4}[:=]\s{0,4}["']?([\w+/=.~!@#$%^&*-]{16,200})["']?\s*$/gim;
const UNQUOTED_FILE = /(?:^|\/)(?:\.env(?:\.[\w-]+)?|[^/]+\.(?:env|ini|properties|ya?ml|toml|conf|cfg))$/i;
/** Files in which made-up values are to be expected. */
export const SAMPLE_FILE =
  /(?:^|\/)(?:tests?|__tests__|specs?|fixtures?|mocks?|examples?\/fixtures)\/|[._-](?:test|spec|example|sample|template)\b/i;
const PLACEHOLDER =
  /example|sample|placeholder|change.?me|your|dummy|fake|test|xxx|redacted|secret|password|todo|insert|replace|process\.env|localhost|\.\.\.|\$\{|(.)\1{4,}|0123456|abcdef/i;
const MIN_ENTROPY_BITS = 3.5;

export interface FoundSecret {
  readonly id: string;
  readonly what: string;
  /** Offset of the secret in the text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

/** Finds secrets in the text of one file. Known forms are found anywhere; named random values outside of tests only. */
export function findSecrets(path: string, text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { id, what, pattern } of VENDOR_TOKENS) {
    for (const match of text.matchAll(pattern)) {
      if (!isMadeUp(match[0])) found.push({ id, what, offset: match.index, length: match[0].length });
    }
  }
  if (SAMPLE_FILE.test(path)) return found;
  for (const pattern of UNQUOTED_FILE.test(path) ? [NAMED, NAMED_UNQUOTED] : [NAMED]) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      if (!looksRandom(value)) continue;
      const offset = match.index + match[0].lastIndexOf(value);
      found.push({ id: 'named-value', what: 'secret value', offset, length: value.length });
    }
  }
  return found;
}

/** A sample in a manual: it says so, or repeats one character where a key is drawn at random. */
function isMadeUp(value: string): boolean {
  return /EXAMPLE|example|x{6,}|X{6,}|(.)\1{9,}|0123456789|1234567890/.test(value);
}

/** Whether a value looks drawn at random, rather than written: words, addresses and names of variables do not. */
function looksRandom(value: string): boolean {
  if (PLACEHOLDER.test(value) || !/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  if (/^[a-z]+(?:[._/-][a-z0-9]+)+$/i.test(value) && !/\d[a-z]+\d/i.test(value)) return false;
  return entropy(value) >= MIN_ENTROPY_BITS;
}

/** Shannon entropy of the characters, in bits each. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
