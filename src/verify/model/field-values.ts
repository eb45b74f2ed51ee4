import type { PageNode } from './page-model.ts';

/** One value to type, and the class of values that it stands for. */
export interface FieldValue {
  /** Such as `plain`, `empty` or `negative`. */
  readonly name: string;
  readonly value: string;
  /** Worth sending by Enter at once. */
  readonly sendsWell: boolean;
  /** Hardly anyone would type it. */
  readonly isOdd: boolean;
}

type Meaning =
  | 'email'
  | 'number'
  | 'date'
  | 'time'
  | 'month'
  | 'phone'
  | 'url'
  | 'search'
  | 'code'
  | 'name'
  | 'color'
  | 'text';

const value = (name: string, text: string, sendsWell = false): FieldValue => ({
  name,
  value: text,
  sendsWell,
  isOdd: true,
});

const LONG = 'A rather long text that someone pasted from somewhere else '.repeat(5).trim();

const TEXTS: readonly FieldValue[] = [
  value('plain', 'Water the plants', true),
  value('other', 'Call Zoë', true),
  value('empty', '', true),
  value('blank', '   ', true),
  value('spaced', '  Buy milk  ', true),
  value('markup', '<b>5</b> & "six"', true),
  value('long', LONG, true),
  value('unicode', 'naïve 漢字 🙂', true),
];

/** Realistic values first, then those at which programs break. */
const VALUES: Readonly<Record<Meaning, readonly FieldValue[]>> = {
  text: TEXTS,
  name: [
    value('plain', 'Ada Lovelace', true),
    value('apostrophe', "Zoë O'Neill-Müller", true),
    value('empty', '', true),
    value('blank', '   ', true),
    value('long', LONG),
  ],
  email: [
    value('plain', 'ada@example.com', true),
    value('wrong', 'not an address', true),
    value('empty', '', true),
    value('capitals', 'Ada.L+test@Example.COM', true),
  ],
  number: [
    value('two', '2', true),
    value('five', '5', true),
    value('zero', '0', true),
    value('negative', '-1', true),
    value('decimal', '1.5', true),
    value('large', '99999', true),
    value('empty', '', true),
  ],
  date: [
    value('future', '2031-03-14', true),
    value('past', '1999-12-31', true),
    value('leap', '2032-02-29', true),
    value('empty', '', true),
  ],
  time: [value('plain', '09:30', true), value('late', '23:59'), value('empty', '')],
  month: [value('future', '2031-03', true), value('past', '1999-12')],
  phone: [value('plain', '+1 555 0100', true), value('wrong', 'abc', true), value('empty', '')],
  url: [value('plain', 'https://example.com/', true), value('wrong', 'example', true), value('empty', '')],
  search: [
    value('nothing', 'zzzz', true),
    value('letter', 'a', true),
    value('empty', '', true),
    value('markup', '<b>'),
  ],
  code: [value('wrong', 'NOPE', true), value('empty', '', true)],
  color: [value('plain', '#336699'), value('black', '#000000')],
};

/** How many words of the product are tried in one field. */
const MAX_WORDS = 3;

/**
 * What could be typed into a field, by what the field seems to mean: words that the page shows to search for, codes that
 * the product names, then values of its meaning. Values that its `maxlength` forbids are left out.
 */
export function fieldValues(
  node: PageNode,
  vocabulary: readonly string[],
  shown: readonly string[] = [],
): readonly FieldValue[] {
  const meaning = guessMeaning(node);
  const words = (
    meaning === 'code'
      ? vocabulary.filter(isCode)
      : meaning === 'search'
        ? [...shown, ...vocabulary.filter((word) => !isCode(word))]
        : []
  )
    .slice(0, MAX_WORDS)
    // Which words a page has to search for changes all the time.
    .map((word, index) => ({
      ...value(`word ${meaning === 'search' ? index : word}`, word, true),
      isOdd: false,
    }));
  const max = node.field?.maxLength ?? Number.POSITIVE_INFINITY;
  const bounds = meaning === 'number' ? numberBounds(node) : [];
  const possible = (one: FieldValue): boolean =>
    one.value.length <= max && (one.value !== node.text || one.value === '');
  // What a field holds already is no news: the next one is as usual then.
  const [usual, ...others] = VALUES[meaning].filter(possible);
  const first = usual === undefined ? [] : [{ ...usual, isOdd: false }];
  return [...words.filter(possible), ...first, ...others, ...bounds.filter(possible)];
}

/** What is chosen in a list of the browser. */
export function chosenOption({ text, children }: PageNode): string | undefined {
  return text === '' ? children.find(({ states }) => states.selected === true)?.name : text;
}

/** The words of a product that look like codes for a coupon or an invitation, such as `SAVE20`. */
export function isCode(word: string): boolean {
  return /^(?=.*[A-Z])[A-Z0-9][A-Z0-9-]{3,19}$/.test(word) && /\d|^[A-Z]{5,}$/.test(word);
}

function numberBounds({ field }: PageNode): readonly FieldValue[] {
  const max = Number(field?.max ?? Number.NaN);
  const min = Number(field?.min ?? Number.NaN);
  return [
    ...(Number.isFinite(max)
      ? [value('maximum', String(max), true), value('above', String(max + 1), true)]
      : []),
    ...(Number.isFinite(min) ? [value('below', String(min - 1), true)] : []),
  ];
}

const BY_TYPE: Readonly<Record<string, Meaning>> = {
  email: 'email',
  number: 'number',
  range: 'number',
  date: 'date',
  time: 'time',
  month: 'month',
  tel: 'phone',
  url: 'url',
  search: 'search',
  color: 'color',
};

const BY_WORDS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/coupon|promo|voucher|discount|gift|invit|referral|\bcode\b/i, 'code'],
  [/e-?mail/i, 'email'],
  [/search|filter|find|query|suche/i, 'search'],
  [
    /quantity|qty|amount|price|cost|budget|\bage\b|number of|count|guests|seats|hours|minutes|percent|rate|total/i,
    'number',
  ],
  [/phone|mobile|\btel\b/i, 'phone'],
  [/website|url|link/i, 'url'],
  [/\bdate\b|\bday\b|birthday|deadline|yyyy/i, 'date'],
  [/first.?name|last.?name|full.?name|your name|contact name|customer/i, 'name'],
];

function guessMeaning({ role, name, placeholder, field }: PageNode): Meaning {
  const byType = BY_TYPE[field?.type ?? ''];
  if (byType !== undefined) return byType;
  if (role === 'spinbutton' || role === 'slider') return 'number';
  if (role === 'searchbox') return 'search';
  const words = `${name} ${placeholder ?? ''} ${field?.hint ?? ''}`;
  return BY_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'text';
}
