const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/** The quotes of a string and what stands before them, as offsets into its source. */
export function delimiters(source: string): {
  readonly start: number;
  readonly end: number;
  readonly isRaw: boolean;
} {
  const prefix = /^[a-z]*/i.exec(source)?.[0] ?? '';
  const size = /^(?:"""|''')/.test(source.slice(prefix.length)) ? 3 : 1;
  const start = prefix.length + size;
  return { start, end: Math.max(start, source.length - size), isRaw: /r/i.test(prefix) };
}

/** The text that the source of a string stands for. */
export function stringText(source: string): string {
  const { start, end, isRaw } = delimiters(source);
  const inside = source.slice(start, end);
  return isRaw ? inside : unescape(inside);
}

/** The text with its escapes resolved; those of code points and the like stay, as nothing depends on them. */
export function unescape(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\([\s\S])/g, (whole, char: string) => ESCAPES[char] ?? whole)
    : text;
}

/** A pattern of Python's in JavaScript's syntax. */
export function toRegexSource(source: string): string {
  return source
    .replace(/^\(\?[aiLmsux]+\)/, '')
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '^')
    .replace(/\\[Zz]/g, '$$');
}
