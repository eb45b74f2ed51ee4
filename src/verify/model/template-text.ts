/** What programs call by a name and a number of their own. */
const NAMED_ID =
  /\b(session|request|trace|correlation|build|revision|commit|token|nonce|visitor|instance|process|pid|node|worker|server)(?:\s?(?:id|no\.?|number))?[:#\s]+(?=[\w-]*\d)[\w-]{4,}/gi;

/** What changes with the clock, the record or the build: the longer pattern stands before its part. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?\b/g, '<date>'],
  [/\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b/g, '<date>'],
  [
    /\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s)?(?:\d{1,2}(?:st|nd|rd|th)?\.?\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{1,6})?\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?\b/gi,
    '<date>',
  ],
  [
    /\b\d{1,2}(?:st|nd|rd|th)?\.?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,?\s\d{4})?\b/gi,
    '<date>',
  ],
  [/\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?/gi, '<time>'],
  [
    /\b(?:just now|(?:an?|\d+)\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)\sago)\b/gi,
    '<ago>',
  ],
  [/\bin\s(?:an?|\d+)\s(?:seconds?|minutes?|hours?)\b/gi, '<ago>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?=\w*\d)(?=\w*[a-z])\w{6,}\b/gi, '<id>'],
  [NAMED_ID, '$1 <id>'],
  [/(?<![.,\d$€£¥])\d{7,}(?![.,]\d)/g, '<id>'],
  [/\d+(?:[.,]\d+)*/g, '#'],
];

/**
 * A text without what changes from run to run: dates, times, ids and every number are folded to placeholders.
 *
 * Two texts with the same template say the same sort of thing. Used for keys and abstract states, not to compare values.
 */
export function templateText(text: string): string {
  return VOLATILE.reduce((result, [pattern, sign]) => result.replace(pattern, sign), foldSpace(text));
}

/** Only what no product means to show twice alike: ids, moments to the second, ages in seconds. Numbers stay. */
export function foldVolatile(text: string): string {
  const folded = foldSpace(text);
  // Nearly every text of a page ends here.
  if (!/\d|just now/i.test(folded)) return folded;
  return folded
    .replace(/\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?\b/g, '<moment>')
    .replace(/\b\d{1,2}:\d{2}:\d{2}(?:\.\d+)?(?:\s?[ap]\.?m\b\.?)?/gi, '<moment>')
    .replace(/\b(?:just now|\d+\s?(?:s|secs?|seconds?)\sago)\b/gi, '<ago>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>')
    .replace(/(?<!#)\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}\b/g, '<id>')
    .replace(NAMED_ID, '$1 <id>')
    .replace(/(?:©|\(c\)|copyright)\s*\d{4}(?:\s?[-–]\s?\d{4})?/gi, '<copyright>')
    .replace(/\bv?\d+\.\d+\.\d{1,3}(?:[-+][\w.]+)?(?![\w.]*\d)/g, '<version>')
    .replace(/\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{16,}\b/g, '<id>')
    .replace(/(?<![.,\d$€£¥])\d{10,}(?![.,]\d)/g, '<id>');
}

/** The length of a list as an abstract state sees it. */
export function foldCount(count: number): '0' | '1' | '2' | 'many' {
  if (count <= 0) return '0';
  return count === 1 ? '1' : count === 2 ? '2' : 'many';
}

/** Runs of white space become one blank; invisible characters go. */
export function foldSpace(text: string): string {
  if (/^[\x21-\x7e]*(?: [\x21-\x7e]+)*$/.test(text)) return text;
  return text
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
