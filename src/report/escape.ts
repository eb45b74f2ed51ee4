/** Keeps GitHub from linking a name, a number or an address; drawn as nothing. */
const BREAK = '\u200b';

/** Control, format (bidirectional, zero-width, tag) and other characters that are drawn as nothing. */
const INVISIBLE = /(?![\n\t])\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/gu;

/** Ends on the line on which it began. */
const CODE_SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/;

/** Returns `text` in NFC, well formed, with `\n` line ends and without characters that nobody sees. */
export function stripInvisible(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').replace(INVISIBLE, '');
}

/** Shortens `text` to at most `max` UTF-16 units, never inside a surrogate pair; the cut shows as `…`. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = Math.max(0, max - 1);
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}…`;
}

/** Returns `text` as one clean line of at most `max` characters; not escaped for anything yet. */
export function oneLine(text: string, max: number): string {
  // Far more than is kept, so that a huge text is not normalised whole.
  return clip(
    stripInvisible(text.slice(0, max * 8 + 64))
      .replace(/\s+/g, ' ')
      .trim(),
    max,
  );
}

/**
 * Makes a text from outside one line of inert Markdown: it shows as written and does nothing.
 *
 * No HTML, formatting, mention, reference, link, image, heading, list, formula or command comes of it. Names and
 * addresses get a zero-width space, because GitHub links them after the Markdown is rendered.
 */
export function escapeText(text: string, max = 300): string {
  return inertMarkdown(oneLine(text, max));
}

/** The same for a title, which may hold code spans. */
export function escapeTitle(text: string, max = 200): string {
  return escapeInline(oneLine(text, max));
}

/** A title for a place inside our own HTML; its code spans become `<code>`. */
export function titleHtml(text: string, max = 200): string {
  return oneLine(text, max)
    .split(CODE_SPAN)
    .map((part, index) =>
      // A match gives three parts: what stands before, its ticks, its code.
      index % 3 === 0 ? escapeHtmlLine(part) : index % 3 === 1 ? '' : `<code>${escapeHtmlLine(part)}</code>`,
    )
    .join('');
}

/** The same for a place where Markdown is not read: `<summary>` and attributes. Not between inline tags. */
export function escapeHtml(text: string, max = 300): string {
  return escapeHtmlLine(oneLine(text, max));
}

function escapeHtmlLine(line: string): string {
  return breakLinks(line)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    .replace(/`/g, '&#96;')
    .replace(/\|/g, '&#124;')
    .replace(/^\//, '&#47;');
}

/** An address for an attribute of our own HTML; `undefined` unless it is absolute http(s) without a user name. */
export function safeAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return undefined;
  }
  return url.href.length > 2000 ? undefined : encodeMarkup(url.href);
}

/** One line of code from outside as a code span, where neither HTML nor Markdown nor mentions are read. */
export function codeSpan(text: string, max = 200): string {
  const code = breakMarkers(oneLine(text, max));
  if (code === '') return '';
  const fence = '`'.repeat(longestRun(code, '`') + 1);
  const padding = /^`|`$/.test(code) ? ' ' : '';
  return `${fence}${padding}${code}${padding}${fence}`;
}

/** A fenced block around `code`, with a fence longer than any inside. `info` is ours, such as `suggestion`. */
export function fencedBlock(code: string, info = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code, '`') + 1));
  return `${fence}${info}\n${code}\n${fence}`;
}

/** Whether some line would be read as a command by a bot that does not know of code blocks. */
export function hasCommandLine(text: string): boolean {
  return /^\s*\/[a-z]/im.test(text);
}

/**
 * Renders Markdown that may quote text from outside: paragraphs, lists, bold, code spans and fenced blocks stay,
 * everything else shows as written. Whatever is left open at the end is closed.
 */
export function escapeMarkdown(markdown: string, max = 4000): string {
  const lines = clip(stripInvisible(markdown.slice(0, max * 2)), max).split('\n');
  const blocks: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const open = /^ {0,3}(`{3,}|~{3,})\s*([A-Za-z0-9+-]{0,20})\s*$/.exec(line);
    if (open?.[1] === undefined) {
      blocks.push(escapeLine(line));
      continue;
    }
    const close = new RegExp(`^ {0,3}[${open[1][0]}]{${open[1].length},}\\s*$`);
    const length = lines.slice(index + 1).findIndex((candidate) => close.test(candidate));
    const code = lines.slice(index + 1, length === -1 ? undefined : index + 1 + length);
    blocks.push(fencedBlock(code.map(inertCodeLine).join('\n'), fenceInfo(open[2])));
    index += code.length + (length === -1 ? 0 : 1);
  }
  return blocks.join('\n').trim();
}

/** A block of these would be drawn or offered by GitHub instead of shown. */
function fenceInfo(info: string | undefined): string {
  return /^(suggestion|mermaid|math|geojson|topojson|stl)$/i.test(info ?? '') ? '' : (info ?? '');
}

function inertCodeLine(line: string): string {
  return breakMarkers(hasCommandLine(line) ? `${BREAK}${line}` : line);
}

/** Nothing reads our markers inside code, and nobody should have to know that. */
function breakMarkers(code: string): string {
  return code.replaceAll('<!--', `<${BREAK}!--`);
}

function escapeLine(line: string): string {
  const item = /^( {0,6})([-*]|\d{1,3}\.) +(?=\S)/.exec(line);
  const marker = item === null ? '' : `${item[1] ?? ''}${item[2] ?? ''} `;
  const inert = escapeInline(line.slice(item?.[0].length ?? 0).trim());
  const bold = inert.replace(/\\\*\\\*([^\s*\\](?:[^*\\]*[^\s*\\])?)\\\*\\\*/g, '**$1**');
  return `${marker}${bold}`;
}

function escapeInline(line: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of line.matchAll(new RegExp(CODE_SPAN, 'g'))) {
    parts.push(inertMarkdown(line.slice(end, match.index)), codeSpan(match[2] ?? '', 1000));
    end = match.index + match[0].length;
  }
  parts.push(inertMarkdown(line.slice(end)));
  return parts.join('');
}

function inertMarkdown(text: string): string {
  return breakLinks(text)
    .replace(/[\\`*[\]|~$]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^(\s*)([-+=#/:])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

function breakLinks(text: string): string {
  return text
    .replace(/@(?=[\p{L}\p{N}_-])/gu, `@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${BREAK}`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/\bwww\./gi, `www${BREAK}.`);
}

function encodeMarkup(address: string): string {
  return address
    .replace(/["'<>`|\\\s]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&/g, '&amp;');
}

function longestRun(text: string, char: string): number {
  let longest = 0;
  let run = 0;
  for (const current of text) {
    run = current === char ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
