/** Zero-width, bidirectional, tag and other characters that are drawn as nothing, and controls. */
const INVISIBLE = /(?![\n\t])\p{Cc}|\p{Cf}|\p{Co}|\p{Default_Ignorable_Code_Point}|[\u2028\u2029]/gu;

/** A comment of HTML or Markdown that a page does not draw; one that is never closed hides all that follows it. */
const HIDDEN_COMMENT = /<!--[\s\S]*?(?:-->|$(?![\s\S]))|^\[(?:\/\/|comment)\]:\s*#.*$/gim;

/**
 * Prepares code for a prompt: what a person would not see is written out, such as `⟨U+202E⟩`, so that neither model nor
 * reader is shown another text than the one that runs. A line is cut at `maxLine` characters.
 */
export function visibleCode(text: string, maxLine = 400): string {
  return text
    .split('\n')
    .map((line) => {
      const cut = line.length > maxLine ? `${line.slice(0, maxLine)} ⟨${line.length - maxLine} more⟩` : line;
      return cut.replace(/\r$/, '').replace(INVISIBLE, spellOut);
    })
    .join('\n');
}

/** Prepares prose that people wrote about a change: hidden comments and characters go, and it is cut at `max`. */
export function visibleProse(text: string, max: number): string {
  const plain = text
    .slice(0, max * 4)
    .toWellFormed()
    .normalize('NFKC')
    .replace(/\r\n?/g, '\n')
    .replace(HIDDEN_COMMENT, '')
    .replace(INVISIBLE, '')
    .trim();
  return plain.length > max ? `${plain.slice(0, max)} […]` : plain;
}

function spellOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
