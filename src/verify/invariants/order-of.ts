import { readAmounts } from './amounts.ts';
import { fold } from './page-texts.ts';

export type Direction = 'ascending' | 'descending' | 'either';

type Compare = (a: string, b: string) => number;

const EMPTY = /^(?:|[-–—]|n\/?a|none|keine?)$/i;
/** Their order is not that of the words. */
const RELATIVE =
  /\b(?:ago|today|yesterday|tomorrow|just now|in \d|gestern|heute|morgen|vor \d|low|medium|high|critical|urgent|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b/i;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/;
const DATE = /^(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d{2}\b)/;
const UNIT = /^(?:\p{Sc}|%|[A-Z]{3}|\p{L}{1,8}\.?)?$/u;

/**
 * Whether values stand in an order that somebody may have meant: as numbers where all are numbers, else as words, in any
 * of the usual ways. `undefined` when that cannot be said, as for relative dates.
 */
export function isOrdered(values: readonly string[], direction: Direction): boolean | undefined {
  const known = values.map(fold).filter((value) => !EMPTY.test(value));
  if (known.length < 3 || new Set(known).size < 2) return undefined;
  const compares = comparesFor(known);
  if (compares === undefined) return undefined;
  return compares.some(
    (compare) =>
      (direction !== 'descending' && isSorted(known, compare)) ||
      (direction !== 'ascending' && isSorted(known, (a, b) => compare(b, a))),
  );
}

function comparesFor(values: readonly string[]): readonly Compare[] | undefined {
  const numbers = values.map(soleNumber);
  if (numbers.every((value) => value !== undefined)) {
    const read = (text: string): number => soleNumber(text) ?? 0;
    return [(a, b) => read(a) - read(b)];
  }
  if (values.every((value) => ISO_DATE.test(value))) return [byCode((text) => text)];
  if (values.some((value) => RELATIVE.test(value) || DATE.test(value))) return undefined;
  // A few kinds, such as states, may have an order of their own.
  if (new Set(values).size <= Math.min(5, values.length / 2)) return undefined;
  const collator = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true });
  const natural = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  const german = new Intl.Collator('de');
  return [
    collator.compare,
    natural.compare,
    german.compare,
    byCode((text) => text),
    byCode((text) => text.toLowerCase()),
  ];
}

/** The value of a text that is a number, with a sign or a unit at most. */
function soleNumber(text: string): number | undefined {
  const amounts = readAmounts(text);
  const [amount] = amounts;
  if (amounts.length !== 1 || amount === undefined) return undefined;
  return UNIT.test(text.replace(amount.text, '').trim()) ? amount.value : undefined;
}

function byCode(key: (text: string) => string): Compare {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}

function isSorted(values: readonly string[], compare: Compare): boolean {
  return values.every((value, index) => index === 0 || compare(values[index - 1] ?? '', value) <= 0);
}
