import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../domain/errors.ts';
import { SEVERITIES, type Severity, severitySchema } from '../domain/finding.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** Parses `--name value` options; no free words. Throws `UserError` in one line. */
export function parseOptions<Options extends OptionsConfig>(parameters: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...parameters], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split(/\.\s/)[0] ?? cause.message) : String(cause);
    throw new UserError(`${reason}; --help lists the options`, { cause });
  }
}

/** One of a list of words, or `UserError` that lists them. */
export function oneOf<Word extends string>(option: string, value: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UserError(`${option} takes ${words.join(', ')}; got “${value}”`);
  return word;
}

/** A whole number within bounds, or `UserError`. */
export function wholeNumber(
  option: string,
  value: string,
  bounds: { readonly min: number; readonly max: number },
): number {
  const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < bounds.min || number > bounds.max) {
    throw new UserError(`${option} takes a whole number from ${bounds.min} to ${bounds.max}; got “${value}”`);
  }
  return number;
}

/** The threshold of `--fail-on`; `undefined` when the option was left out, and then findings do not fail the command. */
export function failOn(value: string | undefined): Severity | undefined {
  return value === undefined ? undefined : severitySchema.parse(oneOf('--fail-on', value, SEVERITIES));
}

/** An absolute http(s) address without credentials, or `UserError`, which never repeats them. */
export function webAddress(option: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    throw new UserError(
      `${option} takes an address without a user name or password; put them into preview.headers or a login of the configuration`,
    );
  }
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    const shown = value.replace(/[^/]*@/, '…@');
    throw new UserError(`${option} takes an address that begins with http:// or https://; got “${shown}”`);
  }
  return url.href;
}

/** `host:port` of an address, the default port written out. */
export function hostAndPort(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}
