/** One labelled number, or several in one text, as a page shows it. */
interface NumberText {
  readonly label: string;
  readonly text: string;
  readonly values: readonly number[];
  readonly isMoney: boolean;
}

/** A number that the head shows otherwise than the base. `base` is absent where only the head shows one. */
export interface NumberChange {
  readonly label: string;
  readonly base?: string;
  readonly head: string;
  readonly isMoney: boolean;
  /** Below zero on the head only. */
  readonly isNegative: boolean;
}

const NUMBER =
  /(?<![\w.,])(\()?([-−–])?\s?([$€£¥₹₽]|\b(?:USD|EUR|GBP|CHF)\b)?\s?([-−–])?(\d{1,3}(?:[,.’'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)\s?([€£$₹₽]|\b(?:USD|EUR|GBP|CHF|kr|zł)\b|%)?(\))?/gu;

/** What changes with the day, the build or the record, and says nothing about the product. */
const VOLATILE = [
  /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b/g,
  /\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/g,
  /\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?/gi,
  /\b(?:\d{1,2}\.?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s(?:\d{1,2},?\s?)?(?:\d{4})?/gi,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b/gi,
  /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,}\b/gi,
  /[#№]\s?\w*\d[\w-]*/g,
  /\bv?\d+\.\d+\.\d+[\w.-]*/g,
  /\b\d+\s(?:second|minute|hour|day|week|month|year|sec|min)s?\b/gi,
  /(?:©|\(c\)|copyright)\s*\d{4}(?:\s?[-–]\s?\d{4})?/gi,
  /\b(?:19|20)\d{2}\b/g,
  /\b[a-z]+-\d[\w-]*/gi,
  /\b\d{5,}\b(?![.,]\d)/g,
];

/** Roles whose text only repeats that of the lines below them. */
const CONTAINERS =
  /^(?:row|rowgroup|table|list|listitem|group|article|region|main|form|document|banner|navigation)\b/;

/** Amounts that a person pays or owes; below zero they are wrong wherever they stand. */
const TOTAL = /total|amount|due|balance|price|to pay|charge|sum|subtotal|quantity|qty|stock|items/i;
/** Lines that are below zero by nature. */
const DEDUCTION = /discount|coupon|saving|refund|credit|rebate|voucher|off\b|promo|adjust|change/i;

/**
 * Compares the numbers of two accessibility snapshots by the label that stands with them.
 *
 * Texts whose words differ are not compared: that is a change of copy. Dates, times, versions, ids and durations are
 * left out. Numbers below zero come first, then totals, then other money.
 */
export function compareNumbers(base: string, head: string): readonly NumberChange[] {
  const known = new Map<string, NumberText>();
  for (const [key, entry] of withKeys(readNumbers(base))) known.set(key, entry);
  const changes: NumberChange[] = [];
  for (const [key, entry] of withKeys(readNumbers(head))) {
    const old = known.get(key);
    const goesBelowZero = entry.values.some((value, index) => value < 0 && (old?.values[index] ?? 0) >= 0);
    const isNegative = goesBelowZero && !DEDUCTION.test(entry.label);
    if (old === undefined) {
      if (!isNegative || !entry.isMoney || !TOTAL.test(entry.label)) continue;
      changes.push({ label: entry.label, head: entry.text, isMoney: true, isNegative });
    } else if (String(old.values) !== String(entry.values)) {
      changes.push({
        label: entry.label,
        base: old.text,
        head: entry.text,
        isMoney: entry.isMoney,
        isNegative,
      });
    }
  }
  return changes.sort((a, b) => weight(b) - weight(a));
}

function weight({ isNegative, isMoney, label }: NumberChange): number {
  return (isNegative ? 4 : 0) + (TOTAL.test(label) ? 2 : 0) + (isMoney ? 1 : 0);
}

/** Every text with numbers; its label is its own words, or the text before it when it has none. */
function readNumbers(snapshot: string): NumberText[] {
  const entries: NumberText[] = [];
  let before = '';
  for (const text of leafTexts(snapshot)) {
    const plain = VOLATILE.reduce((result, pattern) => result.replace(pattern, ' '), text);
    const found = [...plain.matchAll(NUMBER)].filter((match) => match[6] !== '%');
    const words = plain
      .replace(NUMBER, ' ')
      .replace(/[\s:()]+/g, ' ')
      .trim();
    if (found.length > 0 && words.length <= 80) {
      entries.push({
        label: words === '' ? before : words,
        text: text.slice(0, 120),
        values: found.map(toValue),
        isMoney: found.some((match) => match[3] !== undefined || match[6] !== undefined),
      });
    }
    if (/\p{L}/u.test(words)) before = words.slice(0, 80);
  }
  return entries;
}

/** Equal labels are told apart by their order. */
function withKeys(entries: readonly NumberText[]): [string, NumberText][] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const key = `${entry.label}|${entry.values.length}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return [`${key}|${nth}`, entry];
  });
}

function toValue(match: RegExpMatchArray): number {
  const [, open, sign, currency, innerSign, digits = '0', after, close] = match;
  const cents = /[.,](\d{1,2})$/.exec(digits);
  const whole = (cents === null ? digits : digits.slice(0, cents.index)).replace(/\D/g, '');
  const value = Number(`${whole}.${cents?.[1] ?? '0'}`);
  const inBrackets = open !== undefined && close !== undefined && (currency ?? after) !== undefined;
  return sign !== undefined || innerSign !== undefined || inBrackets ? -value : value;
}

/** The texts of a snapshot in reading order, without addresses and without what containers repeat. */
export function leafTexts(snapshot: string): readonly string[] {
  const lines = snapshot.split('\n');
  return lines.flatMap((line, index) => {
    const content = line
      .trimStart()
      .replace(/^- /, '')
      .replace(/^'(.*?)'(:?)/, '$1$2');
    if (content.startsWith('/')) return [];
    const hasChildren = content.endsWith(':') && indent(lines[index + 1] ?? '') > indent(line);
    if (hasChildren && CONTAINERS.test(content)) return [];
    const parts = /^([\w-]+)(?: "((?:[^"\\]|\\.)*)")?(?: \[[^\]]*\])*(?::\s*(.*))?$/.exec(content);
    const text = parts === null ? content : `${parts[2] ?? ''} ${unquote(parts[3] ?? '')}`;
    const folded = text.replace(/\\"/g, '"').replace(/\s+/g, ' ').trim();
    return folded === '' ? [] : [folded];
  });
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
