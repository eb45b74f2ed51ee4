import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The one-time code of RFC 6238 for a moment.
 *
 * `key` is the base32 text that sites show, or a whole `otpauth://totp/…` address, whose digits, period and algorithm
 * are then obeyed. Returns undefined when it is neither.
 */
export function totp(key: string, at: Date): string | undefined {
  const settings = readKey(key.trim());
  if (settings === undefined) return undefined;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000 / settings.period)));
  const mac = createHmac(settings.algorithm, settings.secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** settings.digits).padStart(settings.digits, '0');
}

interface TotpSettings {
  readonly secret: Buffer;
  readonly digits: number;
  readonly period: number;
  readonly algorithm: string;
}

function readKey(key: string): TotpSettings | undefined {
  if (!key.startsWith('otpauth://')) return withDefaults(key, new URLSearchParams());
  if (!URL.canParse(key)) return undefined;
  const { searchParams } = new URL(key);
  return withDefaults(searchParams.get('secret') ?? '', searchParams);
}

function withDefaults(base32: string, params: URLSearchParams): TotpSettings | undefined {
  const secret = fromBase32(base32);
  const digits = Number(params.get('digits') ?? 6);
  const period = Number(params.get('period') ?? 30);
  const algorithm = (params.get('algorithm') ?? 'SHA1').toLowerCase();
  const isSound =
    digits >= 6 && digits <= 8 && period > 0 && ['sha1', 'sha256', 'sha512'].includes(algorithm);
  return secret === undefined || !isSound ? undefined : { secret, digits, period, algorithm };
}

function fromBase32(text: string): Buffer | undefined {
  const letters = text.toUpperCase().replace(/[\s-]|=+$/g, '');
  if (letters === '') return undefined;
  let bits = '';
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    bits += value.toString(2).padStart(5, '0');
  }
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
