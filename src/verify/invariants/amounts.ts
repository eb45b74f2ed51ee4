/** A number as a page shows it. */
export interface Amount {
  readonly value: number;
  /** Sign or code, such as `$` or `EUR`; empty when there is none. */
  readonly currency: string;
  readonly isPercent: boolean;
  /** Written with a plus or minus sign. */
  readonly isSigned: boolean;
  readonly text: string;
  readonly index: number;
}

const CURRENCY = '[$€£¥₹₽₩]|\\b(?:USD|EUR|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CAD|AUD|US\\$|kr|zł|Fr\\.)';
const NUMBER = new RegExp(
  `(?<![\\d.,/:#_])(\\()?([-−–+])?\\s?(${CURRENCY})?\\s?([-−–+])?` +
    `(\\d{1,3}(?:[,.’'\\u00a0\\u202f ]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d+)?)` +
    `(?![\\d/:]|[.,-]\\d)\\s?(%|(?:${CURRENCY})(?!\\p{L}|\\s?\\d))?(\\))?`,
  'gu',
);
const ISO_DATE = /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?/g;
/** A dash between two numbers is a range, not a sign: `1–10`, `9 - 5`. */
const RANGE_BEFORE = /[\d%€$£]\s?$/u;

/** The numbers of a text, in English and continental notation. Dates, times, versions and the like are left out. */
export function readAmounts(text: string): readonly Amount[] {
  if (!/\d/.test(text)) return [];
  const plain = text.replace(ISO_DATE, (date) => ' '.repeat(date.length));
  return [...plain.matchAll(NUMBER)].flatMap((match) => {
    const [whole, open, outerSign, before, innerSign, digits = '0', after, close] = match;
    const isRange = outerSign !== undefined && RANGE_BEFORE.test(text.slice(0, match.index));
    const sign = isRange ? undefined : (outerSign ?? innerSign);
    const currency = before ?? (after === '%' ? undefined : after);
    const inBrackets = open !== undefined && close !== undefined && currency !== undefined;
    // The page may run two texts together: `Total$5`. Without a currency it is a name, such as `F-16`.
    if (currency === undefined && /\p{L}/u.test(text.charAt(match.index - 1))) return [];
    const size = toNumber(digits);
    const isNegative = (sign !== undefined && sign !== '+') || inBrackets;
    return [
      {
        value: isNegative ? -size : size,
        currency: currency ?? '',
        isPercent: after === '%',
        isSigned: sign !== undefined,
        text: whole.trim(),
        index: match.index,
      },
    ];
  });
}

/** The one amount of money in a text; absent when there is none, or more than one. */
export function onlyMoney(text: string): Amount | undefined {
  const money = readAmounts(text).filter((one) => one.currency !== '');
  return money.length === 1 ? money[0] : undefined;
}

/** The last separator is a decimal one, unless exactly three digits follow it. */
function toNumber(digits: string): number {
  const fraction = /^(0)[.,](\d+)$/.exec(digits) ?? /^(.*)[.,](\d{1,2}|\d{4,})$/.exec(digits);
  if (fraction === null) return Number(digits.replace(/\D/g, ''));
  return Number(`${(fraction[1] ?? '0').replace(/\D/g, '')}.${fraction[2] ?? '0'}`);
}
