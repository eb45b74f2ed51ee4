/** Control, zero-width, bidirectional and tag characters: they can hide or reorder what a person reads. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\u{E0000}-\u{E007F}]+/gu;

/**
 * Text from outside as a Markdown code span: nothing in it is a link, a mention, HTML or an instruction to a renderer.
 *
 * White space is folded, invisible characters are left out, and it is cut at `maxLength` characters. The fence is
 * longer than any run of backticks inside: https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string, maxLength = 200): string {
  const plain = text.replace(/\s+/g, ' ').replace(INVISIBLE, '').trim();
  const cut = plain.length > maxLength ? `${plain.slice(0, maxLength - 1)}…` : plain;
  if (cut === '') return '(empty)';
  const longest = Math.max(0, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest > 0 ? ' ' : '';
  return `${fence}${space}${cut}${space}${fence}`;
}
