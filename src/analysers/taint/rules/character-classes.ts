import type { Weakness } from '../weakness.ts';

const RANGE = /(?<from>[^\\\]])-(?<to>[^\\\]])/g;
const kindOf = (char: string): string =>
  /[0-9]/.test(char) ? 'digit' : /[a-z]/.test(char) ? 'lower' : /[A-Z]/.test(char) ? 'upper' : 'other';

/** A range that takes in characters which nobody means by it: `A-z` has six signs between the two alphabets. */
function isTooWide(from: string, to: string, inside: string): boolean {
  const [start, end] = [from.charCodeAt(0), to.charCodeAt(0)];
  // Ranges over all that can be printed, or outside of ASCII, are meant.
  if (start <= 0x21 || end >= 0x7e || start >= end) return false;
  const kinds = [kindOf(from), kindOf(to)];
  if (kinds[0] === kinds[1] && kinds[0] !== 'other') return false;
  if (kinds[0] !== 'other' && kinds[1] !== 'other') return true;
  // From sign to sign is meant, unless the class names letters or digits that lie between them once more.
  if (kinds[0] === kinds[1] && !/\\w|\\d|[a-z]-[a-z]|\d-\d/i.test(inside)) return false;
  return ['0', '5', 'A', 'Z', 'a', 'z'].some((char) => char > from && char < to);
}

/** The ranges of the classes of a pattern that are wider than they look. */
export function wideRanges(source: string): readonly string[] {
  return [...source.matchAll(/\[\^?((?:\\.|[^\]\\])*)\]/g)].flatMap(([, inside = '']) =>
    [...inside.replace(/\\(?:[xu][\da-f]{2,4}|.)/gi, '').matchAll(RANGE)].flatMap(({ groups }) => {
      const { from = '', to = '' } = groups ?? {};
      return isTooWide(from, to, inside) ? [`${from}-${to}`] : [];
    }),
  );
}

/** A backslash that the text itself uses up, so that the pattern does not see it. */
const LOST_ESCAPE = /(?<!\\)(?:\\\\)*\\(?:[.$^*+?()[\]{}|/-]|[dDwWsSBb])/;

export const CHARACTER_CLASSES: readonly Weakness[] = [
  {
    id: 'range-too-wide',
    cwe: 20,
    text: {
      title: 'A range in a pattern takes in more than it looks like',
      body: 'Between the two ends lie characters that are not meant: `[A-z]` also has `[`, `\\`, `]`, `^`, `_` and the backtick. Write the ranges one by one, `[A-Za-z]`, and put a `-` that is meant as itself at the end of the class.',
      severity: 'low',
      confidence: 0.8,
    },
    checks: [{ regexes: true, when: ({ args }) => wideRanges(args[0]?.text ?? '').length > 0 }],
    bad: [
      'export const isName = (text: string) => /^[A-z]+$/.test(text);',
      'export const isPath = (text: string) => /^[\\w,-.]+$|^[\\d$-_]+$/.test(text);',
    ],
    good: [
      'export const isName = (text: string) => /^[A-Za-z0-9_-]+$/.test(text);',
      'export const isPrintable = (text: string) => /^[ -~]+$/.test(text);',
    ],
  },
  {
    id: 'escape-lost-in-text',
    cwe: 20,
    text: {
      title: 'A backslash is lost on its way into the pattern',
      body: "In a text, `'\\.'` is just a dot: the pattern then matches any character, and `'\\d'` is the letter d. Write the backslash twice, or write the pattern between slashes.",
      severity: 'medium',
      confidence: 0.8,
    },
    checks: [
      {
        calls: ['RegExp'],
        when: ({ code }) => {
          const text =
            /^new RegExp\(\s*(?<quote>['"])(?<inside>(?:\\.|(?!\k<quote>)[^\\])*)\k<quote>|^RegExp\(\s*(?<mark>['"])(?<other>(?:\\.|(?!\k<mark>)[^\\])*)\k<mark>/.exec(
              code,
            )?.groups;
          return LOST_ESCAPE.test(text?.['inside'] ?? text?.['other'] ?? '');
        },
      },
    ],
    bad: ["export const isOurs = (host: string) => new RegExp('^www\\.example\\.com$').test(host);"],
    good: ["export const isOurs = (host: string) => new RegExp('^www\\\\.example\\\\.com$').test(host);"],
  },
];
