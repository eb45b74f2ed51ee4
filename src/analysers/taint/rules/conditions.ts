import { fieldAt, knownText, type Taint, type Value } from '../value.ts';
import type { Site } from '../weakness.ts';

/** Conditions that rules are written with. */
export type Condition = (site: Site) => boolean;

/** An argument is a text that matches. */
export const textMatches =
  (index: number, pattern: RegExp): Condition =>
  ({ args }) => {
    const text = args[index] === undefined ? undefined : knownText(args[index]);
    return text !== undefined && pattern.test(text);
  };

/** An argument is written out in the code. */
export const isLiteralAt =
  (index: number): Condition =>
  ({ args }) =>
    args[index] !== undefined && knownText(args[index]) !== undefined && knownText(args[index]) !== '';

/** An option of the object at `index` is exactly this. */
export const optionIs =
  (index: number, path: string, ...values: readonly (string | number | boolean | null)[]): Condition =>
  ({ args }) => {
    const option = args[index] === undefined ? undefined : fieldAt(args[index], path);
    return option !== undefined && values.some((value) => equals(option, value));
  };

export const all =
  (...conditions: readonly Condition[]): Condition =>
  (site) =>
    conditions.every((condition) => condition(site));
export const either =
  (...conditions: readonly Condition[]): Condition =>
  (site) =>
    conditions.some((condition) => condition(site));

export function equals(value: Value, to: string | number | boolean | null): boolean {
  if (typeof to === 'string') return knownText(value) === to;
  return value.isLiteral && 'constant' in value && value.constant === to;
}

/** The code around says that a value is for something secret. */
export const isForSecrets: Condition = ({ purpose }) =>
  /token|secret|passw|pwd|nonce|salt|csrf|session_?id|otp|api_?key|auth|credential|crypt|verification|reset|invite|signature|\biv\b|recovery/i.test(
    purpose,
  );

/** Reached only where the program runs in a test or on a developer's machine, as a condition around says. */
export const isOnlyForDevelopers: Condition = ({ conditions }) =>
  conditions.some((one) => /test_?env|is_?test|\bTEST\b|is_?dev|development|!.*is_?prod|NODE_ENV/i.test(one));

/** The data decides which host an address leads to: nothing known stands in front of it but a scheme. */
export function decidesHost({ lead }: Taint): boolean {
  return /^(?:[a-z][\w+.-]*:)?[/\\]{0,2}(?:[^/\\?#\0]*[@.])?$/i.test(lead) && lead !== '/';
}

/** A caller of the function chose the data: nothing says that anyone outside did. */
export const isOfCaller = ({ origin, key }: Taint): boolean =>
  origin === 'parameter' &&
  /^\d+:/.test(key) &&
  !/input|user_?(?:data|supplied)|untrusted|payload/i.test(key);

/** An address that begins with the one of the page, or with a part of it that cannot lead elsewhere. */
export const isOwnAddress = ({ isWhole, keepsStart, key, lead }: Taint): boolean =>
  (isWhole || keepsStart === true) &&
  lead === '' &&
  /(?:^|\.)(?:location(?:\.(?:href|pathname|search|hash|toString\(\)))?|URL|documentURI|baseURI)$/.test(key);

/** The data stands at the very beginning. */
export const isAtStart = ({ lead }: Taint): boolean => lead === '';

/** The text around looks like an SQL statement. */
export function isInSql({ lead }: Taint, { text = '' }: Value): boolean {
  return /\b(?:select|insert\s+into|update|delete\s+from|drop|alter|create|merge|replace\s+into|call|exec|where|from|values|order\s+by|truncate|union)\b/i.test(
    `${lead} ${text}`,
  );
}

/** The text around looks like HTML. */
export function isInHtml({ lead }: Taint, { text = '' }: Value): boolean {
  return /<\/?[a-z!][^<>]*>?|&nbsp;/i.test(`${lead}${text}`);
}
