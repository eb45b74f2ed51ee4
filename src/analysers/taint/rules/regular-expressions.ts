import { knownText } from '../value.ts';
import type { Weakness } from '../weakness.ts';

const MAX_LENGTH = 500;

/**
 * A group that is repeated without end and whose content is, too, or whose alternatives overlap: matching can then
 * take exponential time. Only the plain shapes are found, and only in short patterns.
 */
export function isExponential(source: string): boolean {
  if (source.length > MAX_LENGTH) return false;
  for (const { index } of source.matchAll(/\)(?:[*+]|\{\d+,\})/g)) {
    const inside = groupBefore(source, index);
    if (inside !== undefined && isAmbiguous(inside)) return true;
  }
  return false;
}

/** The content of the group that is closed at `end`. */
function groupBefore(source: string, end: number): string | undefined {
  let depth = 0;
  for (let at = end; at >= 0; at--) {
    if (source[at - 1] === '\\') continue;
    if (source[at] === ')') depth++;
    else if (source[at] === '(' && --depth === 0)
      return source.slice(at + 1, end).replace(/^\?(?::|<\w+>)/, '');
  }
  return undefined;
}

function isAmbiguous(group: string): boolean {
  const flat = group.replace(/\[(?:\\.|[^\]\\])*\]/g, 'C');
  // (x+)+ and (x*)*: nothing but one repeated part, perhaps with parts that may be empty around it.
  if (/^\(?(?:\\?[\w.]|C|\\.)[*+]\)?$/.test(flat)) return true;
  if (
    /^(?:(?:\\?\w|C|\\.|\.)[*?])*(?:\\?\w|C|\\.|\.)[+*](?:(?:\\?\w|C|\\.|\.)[*?])*$/.test(flat) &&
    /[+*]/.test(flat)
  )
    return true;
  // (a|a)*, (a|ab)*: alternatives of which one begins another.
  const parts = group.split('|');
  return (
    parts.length > 1 &&
    !/[()[\]]/.test(group) &&
    parts.some((part, at) => parts.some((other, of) => at !== of && part !== '' && other.startsWith(part)))
  );
}

export const REGULAR_EXPRESSIONS: readonly Weakness[] = [
  {
    id: 'exponential-regex',
    cwe: 1333,
    text: {
      title: 'Matching this pattern can take exponential time',
      body: 'A part that repeats is inside of a part that repeats, so that a text of a few dozen characters that almost fits keeps the program busy for minutes. Write it so that there is one way only to match each text.',
      severity: 'medium',
      confidence: 0.75,
    },
    checks: [
      { regexes: true, when: ({ args }) => args[0]?.text !== undefined && isExponential(args[0].text) },
      {
        calls: ['RegExp'],
        when: ({ args }) =>
          args[0] !== undefined && args[0].regex === undefined && isExponential(knownText(args[0]) ?? ''),
      },
    ],
    bad: [
      'export const isName = (text) => /^([a-z]+)+$/.test(text);',
      'export const isList = (text) => /^(\\d|\\d\\d)*$/.test(text);',
    ],
    good: [
      'export const isName = (text) => /^[a-z]+(?:-[a-z]+)*$/.test(text);',
      'export const isNumber = (text) => /^\\d+(?:\\.\\d+)?$/.test(text);',
    ],
  },
  {
    id: 'regex-from-outside',
    cwe: 1333,
    text: {
      title: 'Data from outside becomes a regular expression',
      body: 'Whoever chooses the pattern can choose one that keeps the program busy for minutes, or that matches everything. Escape the data (`RegExp.escape`), or search for it as plain text.',
      severity: 'medium',
      confidence: 0.75,
    },
    sanitisers: [
      'RegExp.escape',
      '{escape-string-regexp,lodash.escaperegexp,regexp.escape}',
      '{lodash,underscore}.escapeRegExp',
      '~*.{escapeRegExp,escapeRegex,escapeRegexp,regexEscape}',
    ],
    clearedBy: ['url-encoded', 'regex-escaped'],
    sinks: [
      { calls: ['RegExp', '**.RegExp', 'XRegExp', 're2', 'xregexp'], from: 'outside' },
      {
        calls: ['**.{match,search,matchAll}'],
        from: 'outside',
        when: ({ receiver }) => receiver.text !== undefined && receiver.taints.length === 0,
        accepts: () => true,
      },
    ],
    bad: [
      "app.get('/search', (req, res) => {\n  const pattern = new RegExp(req.query.q, 'i');\n  res.json(names.filter((name) => pattern.test(name)));\n});",
    ],
    good: [
      "import escape from 'escape-string-regexp';\napp.get('/search', (req, res) => {\n  const pattern = new RegExp(escape(req.query.q), 'i');\n  res.json(names.filter((name) => pattern.test(name)));\n});",
    ],
  },
];
