/** A line that begins with `/word`, with the text after the word, trimmed. */
export interface CommandLine {
  readonly word: string;
  readonly rest: string;
}

/** GitHub's limit for a comment; what a longer text has beyond it is not read. */
const MAX_BODY_LENGTH = 65_536;
const MAX_WORD_LENGTH = 20;

/** A block whose lines are not commands, and what ends it. */
type Block =
  | { readonly kind: 'fence'; readonly marker: string }
  | { readonly kind: 'html'; readonly end: RegExp };

/**
 * Finds the lines of a Markdown comment that begin with `/word`, outside fenced and indented code, quotes, HTML
 * comments and `<pre>` blocks. Takes time linear in the length of the text.
 */
export function* findCommandLines(body: string): Generator<CommandLine> {
  let block: Block | undefined;
  for (const line of body.slice(0, MAX_BODY_LENGTH).split(/\r\n|\n|\r/u)) {
    if (block !== undefined) {
      if (endsBlock(block, line)) block = undefined;
      continue;
    }
    block = startBlock(line);
    if (block !== undefined) continue;
    // Four spaces or a tab make indented code; `>` makes a quote: neither matches.
    const match = /^ {0,3}\/([a-z][a-z-]*)(?=\s|$)(.*)$/iu.exec(line);
    const [, word = '', rest = ''] = match ?? [];
    if (word !== '' && word.length <= MAX_WORD_LENGTH) yield { word, rest: rest.trim() };
  }
}

function startBlock(line: string): Block | undefined {
  // A fence of backticks has none in the words after it (CommonMark 0.31, section 4.5).
  const marker = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/u.exec(line)?.[1];
  if (marker !== undefined) return { kind: 'fence', marker };
  const comment = line.lastIndexOf('<!--');
  if (comment >= 0 && !line.includes('-->', comment)) return { kind: 'html', end: /-->/u };
  if (/^ {0,3}<pre(?=[\s>]|$)/iu.test(line) && !/<\/pre>/iu.test(line))
    return { kind: 'html', end: /<\/pre>/iu };
  return undefined;
}

function endsBlock(block: Block, line: string): boolean {
  if (block.kind === 'html') return block.end.test(line);
  const marker = /^ {0,3}(`{3,}|~{3,})\s*$/u.exec(line)?.[1];
  return marker !== undefined && marker[0] === block.marker[0] && marker.length >= block.marker.length;
}
