import { fieldAt, HOLE, isConstant, knownText, type Taint, type Value } from '../value.ts';
import type { Site } from '../weakness.ts';

/** Conditions that rules are written with. */
export type Condition = (site: Site) => boolean;

export const argument = ({ args }: Site, index: number): Value | undefined => args[index];

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

/** There is an object at `index`, all of which is known, without this option. */
export const optionMissing =
  (index: number, path: string): Condition =>
  ({ args }) => {
    const value = args[index];
    if (value === undefined) return false;
    return (
      value.objects.length > 0 &&
      value.objects.every(({ isOpen, elements }) => !isOpen && elements === undefined) &&
      fieldAt(value, path) === undefined
    );
  };

export const hasOption =
  (index: number, path: string): Condition =>
  ({ args }) =>
    args[index] !== undefined && fieldAt(args[index], path) !== undefined;

export const all =
  (...conditions: readonly Condition[]): Condition =>
  (site) =>
    conditions.every((condition) => condition(site));
export const either =
  (...conditions: readonly Condition[]): Condition =>
  (site) =>
    conditions.some((condition) => condition(site));
export const not =
  (condition: Condition): Condition =>
  (site) =>
    !condition(site);
export const always: Condition = () => true;

export function equals(value: Value, to: string | number | boolean | null): boolean {
  if (typeof to === 'string') return knownText(value) === to;
  return value.isLiteral && 'constant' in value && value.constant === to;
}

/** The code around says that a value is for something secret. */
export const isForSecrets: Condition = ({ purpose }) =>
  /token|secret|passw|pwd|nonce|salt|csrf|session_?id|otp|api_?key|auth|credential|crypt|verification|reset|invite|signature|\biv\b|recovery/i.test(
    purpose,
  );

/** The data decides which host an address leads to: nothing known stands in front of it but a scheme. */
export function decidesHost({ lead }: Taint): boolean {
  return /^(?:[a-z][\w+.-]*:)?[/\\]{0,2}(?:[^/\\?#\0]*[@.])?$/i.test(lead) && lead !== '/';
}

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

/** Something is known to stand before the data. */
export const hasText = ({ lead }: Taint): boolean => lead.replaceAll(HOLE, '').trim() !== '';

export const isKnown = (value: Value | undefined): boolean => value !== undefined && isConstant(value);
